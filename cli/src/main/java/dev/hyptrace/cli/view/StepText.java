package dev.hyptrace.cli.view;

import dev.hyptrace.cli.console.Printable;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.MemoryAccess;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One step: the registers before it and, as the next event has them, after it. */
public final class StepText {
    private final long index;
    private final Event.Step step;
    private final Optional<Event> next;

    /**
     * @param index the step's place among those of its recording, from 0
     * @param next the next event of the same processor, if there is one
     */
    public StepText(long index, Event.Step step, Optional<Event> next) {
        this.index = index;
        this.step = step;
        this.next = next;
    }

    public void write(Writer out) throws IOException {
        String place = " on processor " + step.cpu()
                + step.before().mode().map(mode -> " in " + mode.suffix()).orElse("");
        out.write("step " + index + place + "\n");
        out.write(Hex.word(step.address()) + "  " + instruction() + "\n");
        out.write("then " + then() + "\n\n");
        states(out);
        for (MemoryAccess access : step.accesses()) {
            out.write(access + "\n");
        }
    }

    private String instruction() {
        if (step.instruction().isEmpty()) {
            return "(the instruction is not recorded)";
        }
        Instruction instruction = step.instruction().get();
        return instruction + "  " + new InstructionText().of(instruction, step.address());
    }

    private void states(Writer out) throws IOException {
        State before = step.before();
        State after = next.flatMap(StepText::state).orElse(State.unknown());
        Set<Register> registers = new TreeSet<>(before.registers());
        registers.addAll(after.registers());
        Columns columns = new Columns();
        columns.row("", "before", next.flatMap(StepText::state).isPresent() ? "after" : "");
        for (Register register : registers) {
            boolean changed =
                    before.has(register) && after.has(register) && before.require(register) != after.require(register);
            columns.row(
                    register.manualName(),
                    Cells.of(before, register),
                    Cells.of(after, register) + (changed ? "  changed" : ""));
        }
        columns.write(0, out);
    }

    private static Optional<State> state(Event event) {
        if (event instanceof Event.Step following) {
            return Optional.of(following.before());
        } else if (event instanceof Event.ExceptionEntry entry) {
            return Optional.of(entry.atVector());
        } else if (event instanceof Event.ExceptionReturn left) {
            return Optional.of(left.after());
        }
        return event instanceof Event.Snapshot snapshot ? Optional.of(snapshot.state()) : Optional.empty();
    }

    private String then() {
        if (next.isEmpty()) {
            return "the recording ends";
        }
        Event event = next.get();
        if (event instanceof Event.Step following) {
            return "the instruction at " + Hex.word(following.address());
        } else if (event instanceof Event.ExceptionEntry entry) {
            return entry.kind().manualName() + modes(entry.from(), entry.to());
        } else if (event instanceof Event.ExceptionReturn left) {
            return "exception return" + modes(left.from(), left.to());
        } else if (event instanceof Event.Snapshot snapshot) {
            return "a snapshot: " + Printable.line(snapshot.reason());
        } else if (event instanceof Event.Gap gap) {
            return "a gap: " + Printable.line(gap.reason());
        }
        return "a note: " + Printable.line(((Event.Note) event).text());
    }

    private static String modes(Optional<Mode> from, Optional<Mode> to) {
        return " from " + from.map(Mode::suffix).orElse("an unknown mode") + " to "
                + to.map(Mode::suffix).orElse("an unknown mode");
    }
}
