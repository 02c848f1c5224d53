package dev.hyptrace.replayer.probe;

import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.State;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of a case.
 *
 * @param probeCase the case
 * @param hypercall the call with the states at the HVC, at the vector and where it went; numbered as the case is, from 1
 * @param ending how it ended
 * @param words the ending in words, with addresses in terms of what was put in
 * @param exceptions those taken in Hyp mode before it ended, at most as many as are worth telling
 * @param end all registers at the end, whatever it was
 * @param changes what the handler changed
 */
public record ProbeResult(
        ProbeCase probeCase,
        Hypercall hypercall,
        Ending ending,
        String words,
        List<ExceptionKind> exceptions,
        State end,
        List<Change> changes) {
    public ProbeResult {
        exceptions = List.copyOf(exceptions);
        changes = List.copyOf(changes);
    }

    /** The result in words, without the case. */
    public String outcome() {
        String taken =
                exceptions.stream().map(kind -> ", takes " + kind.manualName()).collect(Collectors.joining());
        String changed = changes.stream().map(change -> " " + change).collect(Collectors.joining());
        return words + taken + (changed.isEmpty() ? "" : ";" + changed);
    }

    /** Identity and result in one line. */
    public String line() {
        return probeCase.identity() + " -> " + outcome();
    }
}
