package dev.hyptrace.cli.option;

import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.recorder.migration.RamFile;
import dev.hyptrace.recorder.migration.RamSink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the RAM of a migration stream goes. */
public final class RamOption implements Closeable {
    @Option(
            names = "--ram",
            paramLabel = "FILE",
            description =
                    "With a migration stream of QEMU: write the machine's RAM to this file. run --load puts it back.")
    private Path file;

    private RamFile ram;

    /** Whether it was asked for. */
    public boolean isGiven() {
        return file != null;
    }

    /**
     * Creates the file, if it was asked for.
     *
     * @param replace whether one that is there may be replaced
     * @throws CommandException when it is there and may not
     */
    public RamSink open(boolean replace) throws IOException {
        if (file == null) {
            return RamSink.NONE;
        }
        if (!replace && Files.exists(file)) {
            throw new CommandException(file + ": exists already; --force replaces it");
        }
        ram = new RamFile(file, replace);
        return ram;
    }

    /** What is in the file, for people; empty when there is none. */
    public Optional<String> summary() {
        return ram == null
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "%s: %s, %,d bytes of RAM", file, ram.name(), ram.size()));
    }

    @Override
    public void close() throws IOException {
        if (ram != null) {
            ram.close();
        }
    }
}
