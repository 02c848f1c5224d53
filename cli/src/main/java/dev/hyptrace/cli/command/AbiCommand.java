package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hyptrace abi}: has a subcommand for each thing to do with the written ABI. */
@Command(
        name = "abi",
        description = {
            "The written ABI of what answers hypercalls: hyp stubs of Linux, KVM, the zImage, Xen, PSCI and others.",
            "",
            "To find your way: `abi list` names the descriptions, `abi doc NAME` prints the document of one, `abi show NAME`"
                    + " the description itself.",
            "`abi check FILE.htr` says which of them explain a recording, and whether caller and stub speak the same one;"
                    + " `abi compare A B` says what a caller of one may not assume of another, and takes recordings too.",
            "`abi probe IMAGE` finds out by trying what an image leaves behind the Hyp vectors; `abi infer` writes down what was"
                    + " seen as a description."
        },
        synopsisSubcommandLabel = "COMMAND")
final class AbiCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private final Console console;

    AbiCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.err());
        return ExitStatus.TROUBLE;
    }
}
