package dev.hyptrace.diff.abi.report;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.infer.Inferred;
import dev.hyptrace.replayer.probe.Occupant;
import dev.hyptrace.replayer.probe.ProbeReport;
import dev.hyptrace.replayer.probe.ProbeResult;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Hypercall;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What probing an image found: each occupant of the Hyp vectors, and what it is. */
public final class ProbeText {
    private final Appendable out;
    private final List<Abi> library;

    public ProbeText(Appendable out, List<Abi> library) {
        this.out = out;
        this.library = library;
    }

    /**
     * Writes all reports.
     *
     * @param cases whether to list what each case did
     */
    public void write(List<ProbeReport> reports, boolean cases) throws IOException {
        for (ProbeReport report : reports) {
            occupant(report);
            Optional<Inferred> inferred = infer(report, library);
            if (inferred.isPresent()) {
                new InferenceText(out).write(inferred.get());
            }
            if (cases) {
                out.append(report.canonicalText());
            }
            out.append('\n');
        }
    }

    /** The calls of a report. */
    private static List<Hypercall> calls(ProbeReport report) {
        return report.results().stream().map(ProbeResult::hypercall).toList();
    }

    /** What an occupant does, as a description. */
    public static Optional<Inferred> infer(ProbeReport report, List<Abi> library) {
        Occupant occupant = report.occupant();
        return Inferred.of("occupant-" + occupant.number(), title(occupant), calls(report), library);
    }

    private static String title(Occupant occupant) {
        return "Occupant " + occupant.number() + " of the Hyp vectors, HVBAR " + Hex.word(occupant.hvbar());
    }

    private void occupant(ProbeReport report) throws IOException {
        Occupant occupant = report.occupant();
        out.append(String.format(
                Locale.ROOT,
                "%s, written at %s in %s mode after %,d instructions; %d cases tried after %,d%n",
                title(occupant),
                Hex.word(occupant.installation().address()),
                occupant.installation().mode().suffix(),
                occupant.installation().instructions(),
                report.results().size(),
                occupant.checkpoint().instructions()));
        out.append("  fingerprint ").append(report.fingerprint()).append('\n');
    }
}
