package dev.hyptrace.cli.command;

import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import dev.hyptrace.diff.abi.text.AbiReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Descriptions that a command line names. */
final class Abis {
    private Abis() {}

    /**
     * The description of this name in the library, or in this file.
     *
     * @throws CommandException when there is neither
     */
    static Abi named(String name) throws IOException {
        Optional<Abi> known = AbiLibrary.named(name);
        if (known.isPresent()) {
            return known.get();
        }
        Path file = Path.of(name);
        if (Files.exists(file)) {
            return AbiReader.read(file);
        }
        throw new CommandException(name + ": there is no such ABI and no such file; hyptrace abi list names the ABIs");
    }
}
