package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.diff.abi.report.ProbeText;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace abi probe}. */
@Command(
        name = "probe",
        description = {
            "Runs an image on the built-in machine until something sits behind HVBAR (a zImage's stub, its moved copy, the"
                    + " kernel's own, ...), and tries a matrix of calls on each: functions, addresses, modes, immediates,"
                    + " instruction sets. Each call starts from the same state, and leaves no trace in the run.",
            "Prints what each occupant is, and a fingerprint of its behaviour that is the same wherever it lies."
        })
final class AbiProbeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "IMAGE", description = "A Linux zImage, a 32-bit ARM ELF executable or raw A32 code.")
    private Path image;

    @Mixin
    private ProbeOptions probes;

    @Option(names = "--cases", description = "List what each case did.")
    private boolean cases;

    private final Console console;

    AbiProbeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        new ProbeText(console.out(), AbiLibrary.all()).write(probes.probe(image, console), cases);
        return ExitStatus.SAME;
    }
}
