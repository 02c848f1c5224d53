package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.diff.abi.text.AbiWriter;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hyptrace abi show}. */
@Command(
        name = "show",
        description = "Prints an ABI description in protobuf's text format: a start for one of your own. abi doc prints"
                + " it for people.")
final class AbiShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ABI", description = "A name that abi list prints, or a file.")
    private String abi;

    private final Console console;

    AbiShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        console.out().append(AbiWriter.write(Abis.named(abi)));
        return ExitStatus.SAME;
    }
}
