package dev.hyptrace.traces;

import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.util.List;

/** Takes steps many at a time, from those who make millions of them in a second, besides other events. */
public interface StepSink extends EventSink {
    /**
     * Empty rows for steps of a processor: new ones, or some that the sink was given and has no more need of.
     *
     * @param registers as {@link StepRows#StepRows} takes them
     */
    default StepRows rows(int cpu, List<Register> registers) {
        return new StepRows(cpu, registers);
    }

    /** Takes all steps of the rows, in their order, after every event before; the rows is the sink's then. */
    void accept(StepRows steps) throws IOException;
}
