package dev.hyptrace.cli.outcome;

import dev.hyptrace.cli.console.BrokenPipeException;
import dev.hyptrace.cli.console.Console;
import dev.hyptrace.traces.TraceFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the user reads when something goes wrong: one sentence, and a stack trace only with {@value #DEBUG} set. */
public final class Trouble implements IExecutionExceptionHandler, IParameterExceptionHandler {
    /** The variable of the environment that asks for stack traces. */
    static final String DEBUG = "HYPTRACE_DEBUG";

    private final Console console;

    public Trouble(Console console) {
        this.console = console;
    }

    /** Says what went wrong and answers the exit status. */
    public int report(Throwable thrown) {
        console.say("hyptrace: " + sentence(thrown));
        if (console.isSet(DEBUG)) {
            thrown.printStackTrace(console.err());
        }
        return ExitStatus.TROUBLE;
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult result) {
        return thrown instanceof BrokenPipeException ? ExitStatus.SAME : report(thrown);
    }

    @Override
    public int handleParseException(ParameterException thrown, String[] arguments) {
        String name = thrown.getCommandLine().getCommandSpec().qualifiedName(" ");
        console.say(name + ": " + decapitalized(thrown.getMessage().replaceFirst("^Error: ", "")));
        if (thrown instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            UnmatchedArgumentException.printSuggestions(unmatched, console.err());
        }
        console.say("Try '" + name + " --help'.");
        return ExitStatus.TROUBLE;
    }

    private static String sentence(Throwable thrown) {
        if (thrown instanceof CommandException || thrown instanceof TraceFormatException) {
            return thrown.getMessage();
        }
        if (thrown instanceof UncheckedIOException unchecked) {
            return sentence(unchecked.getCause());
        }
        if (thrown instanceof FileSystemException failed) {
            return failed.getFile() + ": " + reason(failed);
        }
        if (thrown instanceof IOException && thrown.getMessage() != null) {
            return thrown.getMessage();
        }
        if (thrown instanceof OutOfMemoryError) {
            return "out of memory: HYPTRACE_OPTS=-Xmx2g gives more";
        }
        return "internal error: " + thrown + " (" + DEBUG + "=1 shows where; please report it)";
    }

    private static String reason(FileSystemException failed) {
        if (failed instanceof NoSuchFileException) {
            return "no such file or directory";
        } else if (failed instanceof AccessDeniedException) {
            return "permission denied";
        } else if (failed instanceof FileAlreadyExistsException) {
            return "exists already";
        } else if (failed instanceof NotDirectoryException) {
            return "not a directory";
        } else if (failed instanceof DirectoryNotEmptyException) {
            return "directory not empty";
        }
        return failed.getReason() == null ? "cannot be used" : failed.getReason();
    }

    private static String decapitalized(String sentence) {
        return sentence.isEmpty() ? sentence : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
