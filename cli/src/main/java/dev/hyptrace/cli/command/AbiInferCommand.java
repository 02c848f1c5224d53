package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.diff.abi.check.AnsweredCalls;
import dev.hyptrace.diff.abi.check.Attribution;
import dev.hyptrace.diff.abi.check.CallCheck.Level;
import dev.hyptrace.diff.abi.check.Claim;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.report.InferenceText;
import dev.hyptrace.diff.abi.report.ProbeText;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import dev.hyptrace.diff.abi.text.AbiWriter;
import dev.hyptrace.replayer.probe.ProbeReport;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.model.Hypercall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Map<Abi, List<Hypercall>> inferred = file.toString().endsWith(".htr") ? recorded() : probed();
        if (party != null) {
            List<Abi> all = List.copyOf(inferred.keySet());
            if (party < 1 || party > all.size()) {
                throw new CommandException("--party " + party + ": expected 1 to " + all.size());
            }
            console.out().append(AbiWriter.write(all.get(party - 1)));
            return ExitStatus.SAME;
        }
        for (Map.Entry<Abi, List<Hypercall>> entry : inferred.entrySet()) {
            console.out().append(entry.getKey().title()).append('\n');
            new InferenceText(console.out(), AbiLibrary.all()).write(entry.getValue(), entry.getKey());
            console.out().append('\n');
        }
        return ExitStatus.SAME;
    }

    private Map<Abi, List<Hypercall>> probed() throws IOException {
        Map<Abi, List<Hypercall>> inferred = new LinkedHashMap<>();
        for (ProbeReport report : probes.probe(file, console)) {
            ProbeText.infer(report, AbiLibrary.all()).ifPresent(abi -> inferred.put(abi, ProbeText.calls(report)));
        }
        return inferred;
    }

    private Map<Abi, List<Hypercall>> recorded() throws IOException {
        Map<Abi, List<Hypercall>> inferred = new LinkedHashMap<>();
        try (HtrTrace trace = Traces.open(file)) {
            AnsweredCalls answered = AnsweredCalls.of(trace);
            List<Attribution> parties =
                    new ArrayList<>(Attribution.of(answered.calls(), AbiLibrary.all(), Level.EXACT));
            for (Attribution each : parties) {
                String base = each.base().isPresent() ? Claim.hex(each.base().getAsLong()) : "not recorded";
                Optional<Abi> abi = InferenceText.infer(
                        "party-" + (inferred.size() + 1),
                        "Party " + (inferred.size() + 1) + ", vectors at " + base + " of " + file.getFileName(),
                        each.calls(),
                        AbiLibrary.all());
                abi.ifPresent(found -> inferred.put(found, each.calls()));
            }
            Damages.tell(console, trace);
        }
        if (inferred.isEmpty()) {
            throw new CommandException(file + ": holds no hypercall with r0, so that nothing can be inferred");
        }
        return inferred;
    }
}
