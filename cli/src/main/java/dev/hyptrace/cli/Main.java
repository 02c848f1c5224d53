package dev.hyptrace.cli;

import dev.hyptrace.cli.command.HyptraceCommand;
import dev.hyptrace.cli.console.BrokenPipeException;
import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.cli.outcome.Trouble;
import java.io.IOException;

/**
 * The program: builds the parser ({@link HyptraceCommand}), lets it run one command, and sees to it that whatever happens ends
 * in an exit status and at most one sentence ({@link Trouble}).
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(Console.ofProcess(), arguments));
    }

    /** Runs one command line and answers its exit status. */
    public static int run(Console console, String... arguments) {
        try {
            int status = HyptraceCommand.commandLine(console).execute(arguments);
            return flushed(console, status);
        } catch (Throwable e) {
            // An exception that nobody caught would end Java with 1, which here means a divergence.
            return new Trouble(console).report(e);
        }
    }

    private static int flushed(Console console, int status) throws IOException {
        try {
            console.flush();
            return status;
        } catch (BrokenPipeException e) {
            // The answer is known, and nobody wants to read the rest of it.
            return status;
        } catch (IOException e) {
            if (status == ExitStatus.TROUBLE) {
                return status;
            }
            throw e;
        }
    }
}
