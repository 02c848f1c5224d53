package dev.hyptrace.cli.option;

import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.traces.container.TraceWriter;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The recording, or the text, that a command writes. */
public abstract class OutputFile {
    @Option(names = "--force", description = "Replace the output file if it exists.")
    private boolean force;

    /** The options of a command that must write a file. */
    public static final class Required extends OutputFile {
        @Option(
                names = {"-o", "--output"},
                required = true,
                paramLabel = "OUT.htr",
                description = "The recording to write.")
        private Path path;

        @Override
        public Optional<Path> path() {
            return Optional.of(path);
        }
    }

    /** The options of a command that can write a file. */
    public static final class OnRequest extends OutputFile {
        @Option(
                names = {"-o", "--output"},
                paramLabel = "OUT.htr",
                description = "Write the result as a recording.")
        private Path path;

        @Override
        public Optional<Path> path() {
            return Optional.ofNullable(path);
        }
    }

    /** The options of a command that can write its answer to a file. */
    public static final class OfText extends OutputFile {
        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "Write to this file instead of standard output.")
        private Path path;

        @Override
        public Optional<Path> path() {
            return Optional.ofNullable(path);
        }
    }

    /** Whether a file that is there may be replaced. */
    public boolean mayReplace() {
        return force;
    }

    /** The file, if one is to be written. */
    public abstract Optional<Path> path();

    /**
     * Finds out before the work begins whether the file can be written.
     *
     * @param inputs what the command reads, which it never replaces
     * @throws CommandException when it cannot
     */
    public void check(List<Path> inputs) throws IOException {
        if (path().isEmpty()) {
            return;
        }
        Path file = path().get();
        if (Files.isDirectory(file)) {
            throw new CommandException(file + ": is a directory, expected the name of a file to write");
        }
        if (!Files.exists(file)) {
            checkFolder(file);
            return;
        }
        for (Path input : inputs) {
            if (Files.exists(input) && Files.isSameFile(file, input)) {
                throw new CommandException(file + ": is read by this command and not replaced");
            }
        }
        if (!force) {
            throw new CommandException(file + ": exists already; --force replaces it");
        }
    }

    private static void checkFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new CommandException(file + ": there is no folder " + file.getParent());
        }
    }

    /** Creates the file. */
    public RecordingOutput create(TraceHeader header) throws IOException {
        return create(header, options(), false);
    }

    /** As {@link #create}, for events that come at the pace of a target. */
    public RecordingOutput createLive(TraceHeader header) throws IOException {
        return create(header, options(), true);
    }

    /** As {@link #create}, for millions of steps in a second: the file is a little longer. */
    public RecordingOutput createFast(TraceHeader header) throws IOException {
        return create(header, options().fast(), false);
    }

    private RecordingOutput create(TraceHeader header, TraceWriter.Options options, boolean live) throws IOException {
        return RecordingOutput.create(path().orElseThrow(), header, options, live);
    }

    private TraceWriter.Options options() {
        TraceWriter.Options standard = TraceWriter.Options.standard();
        return force ? standard.overwriting() : standard;
    }
}
