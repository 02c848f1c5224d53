package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.diff.abi.report.AbiList;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code hyptrace abi list}. */
@Command(name = "list", description = "Names the ABI descriptions that are part of hyptrace.")
final class AbiListCommand implements Callable<Integer> {
    private final Console console;

    AbiListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        AbiList.write(AbiLibrary.all(), console.out());
        return ExitStatus.SAME;
    }
}
