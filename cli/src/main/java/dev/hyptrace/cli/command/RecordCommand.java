package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hyptrace record}: has a subcommand for each kind of target. */
@Command(
        name = "record",
        description = "Records the hypercalls of a running target.",
        synopsisSubcommandLabel = "TARGET")
final class RecordCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private final Console console;

    RecordCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.err());
        return ExitStatus.TROUBLE;
    }
}
