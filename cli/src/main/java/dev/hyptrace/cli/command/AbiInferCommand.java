package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.diff.abi.check.AnsweredCalls;
import dev.hyptrace.diff.abi.check.AnsweredTogether;
import dev.hyptrace.diff.abi.check.Claim;
import dev.hyptrace.diff.abi.infer.Inferred;
import dev.hyptrace.diff.abi.report.InferenceText;
import dev.hyptrace.diff.abi.report.ProbeText;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import dev.hyptrace.diff.abi.text.AbiWriter;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace abi infer}. */
@Command(
        name = "infer",
        description = {
            "Makes an ABI description of what was seen: of each party that answers hypercalls in a recording, or of each"
                    + " occupant of the Hyp vectors of an image, which is probed. Says which known description it equals, or how"
                    + " it differs from the nearest.",
            "With --party, prints that party's description, to be kept in a file and given to abi check or compare."
        })
final class AbiInferCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A recording (.htr), or an image to probe.")
    private Path file;

    @Mixin
    private ProbeOptions probes;

    @Option(
            names = "--party",
            paramLabel = "N",
            description = "Print the description of the party with this number, from 1, in protobuf's text format.")
    private Integer party;

    private final Console console;

    AbiInferCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<Inferred> inferred = file.toString().endsWith(".htr") ? recorded() : probed();
        if (party != null) {
            if (party < 1 || party > inferred.size()) {
                throw new CommandException("--party " + party + ": expected 1 to " + inferred.size());
            }
            console.out().append(AbiWriter.write(inferred.get(party - 1).abi()));
            return ExitStatus.SAME;
        }
        for (Inferred each : inferred) {
            console.out().append(each.abi().title()).append('\n');
            new InferenceText(console.out()).write(each);
            console.out().append('\n');
        }
        return ExitStatus.SAME;
    }

    private List<Inferred> probed() throws IOException {
        return probes.probe(file, console).stream()
                .flatMap(report -> ProbeText.infer(report, AbiLibrary.all()).stream())
                .toList();
    }

    private List<Inferred> recorded() throws IOException {
        List<Inferred> inferred = new ArrayList<>();
        try (HtrTrace trace = Traces.open(file);
                Watch watch = new Watch(console)) {
            for (AnsweredTogether each :
                    AnsweredTogether.of(AnsweredCalls.of(watch.trace(trace)).calls())) {
                int number = inferred.size() + 1;
                Inferred.of(
                                "party-" + number,
                                "Party " + number + " of " + file.getFileName() + ", " + describe(each),
                                each.calls(),
                                AbiLibrary.all())
                        .ifPresent(inferred::add);
            }
            Damages.tell(console, trace);
            watch.tell();
        }
        if (inferred.isEmpty()) {
            throw new CommandException(file + ": holds no hypercall with r0, so that nothing can be inferred");
        }
        return inferred;
    }

    private static String describe(AnsweredTogether party) {
        String vectors = party.base().isPresent()
                ? "vectors at " + Claim.hex(party.base().getAsLong())
                : "vectors not recorded";
        return vectors + (party.guests() ? ", calls of guests" : "");
    }
}
