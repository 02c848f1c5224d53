package dev.hyptrace.diff;

import dev.hyptrace.diff.address.Symbols;
import dev.hyptrace.diff.fold.StepHistory;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Side;
import dev.hyptrace.diff.result.Writer;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.State;
import java.util.Optional;

/** Where one processor of a recording is: what it executed last, and at which point of a hypercall it stands. */
final class ProcessorTrack {
    private final StepHistory history = new StepHistory();
    private Event.Step last;
    private long lastIndex;
    /** The point of the event before, when the next step shows the state there once more. */
    private Point shown = Point.STEP;
    /** Whether the step before was an HVC that nothing has answered yet. */
    private boolean called;

    private boolean inHandler;
    private int hypercall;

    StepHistory history() {
        return history;
    }

    /** Which point of a hypercall an event is, {@link Point#STEP} when it is none. */
    Point point(Event event) {
        if (event instanceof Event.Step step) {
            if (step.instruction().filter(Instruction::isHvc).isPresent()) {
                return Point.CALL;
            }
            return called && isHyp(step.before()) ? Point.VECTOR : shown;
        }
        if (event instanceof Event.ExceptionEntry entry) {
            return entry.kind() == ExceptionKind.HYPERVISOR_CALL ? Point.VECTOR : Point.STEP;
        }
        return event instanceof Event.ExceptionReturn exceptionReturn && inHandler && !isHyp(exceptionReturn.after())
                ? Point.RETURN
                : Point.STEP;
    }

    /**
     * The number of the hypercall that an event belongs to, or of the last one before it; 0 before the first.
     *
     * @param begun how many hypercalls the recording shows to have begun, this event included: a call counts from the event
     *     after its exception entry on
     */
    int hypercall(Point point, Event event, int begun) {
        if (point == Point.CALL) {
            return begun + 1;
        }
        if (point == Point.VECTOR) {
            hypercall = event instanceof Event.ExceptionEntry ? begun + 1 : begun;
        }
        return hypercall;
    }

    /** The event happened. */
    void accept(Event event, long stepIndex) {
        Point point = point(event);
        if (event instanceof Event.Step step) {
            last = step;
            lastIndex = stepIndex;
            called = point == Point.CALL;
            shown = Point.STEP;
            inHandler |= point == Point.VECTOR;
        } else {
            called = false;
            shown = point;
            inHandler = point == Point.VECTOR || inHandler && point != Point.RETURN;
        }
        if (event instanceof Event.Gap) {
            last = null;
            inHandler = false;
        }
    }

    /** Where the last instruction is. */
    Optional<Integer> writerAddress() {
        return Optional.ofNullable(last).map(Event.Step::address);
    }

    /** The last instruction. */
    Optional<Instruction> writer() {
        return Optional.ofNullable(last).flatMap(Event.Step::instruction);
    }

    /** The last instruction, which wrote what differs at the event at hand. */
    Optional<Writer> lastWriter(Symbols symbols) {
        return Optional.ofNullable(last)
                .map(step -> new Writer(
                        Side.LEFT, lastIndex, step.address(), step.instruction(), symbols.at(step.address())));
    }

    private static boolean isHyp(State state) {
        return state.mode().filter(mode -> mode == Mode.HYP).isPresent();
    }
}
