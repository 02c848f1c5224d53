package dev.hyptrace.recorder.ftrace;

import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A virtual processor: the thread that enters a guest, and whether the guest is running.
 *
 * <p>An exit waits, with the notes after it, for the event that says what it was; it is complete at the next entry, exit or
 * gap.
 */
final class GuestProcessor {
    /** Between an exit and what is said about it KVM writes a handful of events. */
    private static final int MAX_HELD = 64;

    private enum Place {
        UNKNOWN,
        GUEST,
        HOST
    }

    private final int cpu;
    private final TextOutput out;
    private final List<Event> held = new ArrayList<>();
    private Place place = Place.UNKNOWN;
    private GuestExit exit;

    GuestProcessor(int cpu, TextOutput out) {
        this.cpu = cpu;
        this.out = out;
    }

    int cpu() {
        return cpu;
    }

    /** {@code kvm_entry}. */
    void entry(int pc) {
        release();
        if (place == Place.GUEST) {
            gap("kvm_entry follows kvm_entry, expected the kvm_exit between them");
        }
        place = Place.GUEST;
        State after = State.builder().known(Register.PC, pc).build();
        out.add(new Event.ExceptionReturn(cpu, Optional.of(Mode.HYP), Optional.empty(), after));
    }

    /** {@code kvm_exit}. */
    void exit(GuestExit next) {
        release();
        if (place == Place.HOST) {
            gap("kvm_exit follows an exit, expected the kvm_entry between them");
        }
        place = Place.HOST;
        exit = next;
    }

    /** An event that says what the exit at this PC was; it is an exit by itself when the trace has no {@code kvm_exit}. */
    void detail(int pc, Consumer<GuestExit> detail) {
        if (exit == null || !exit.canBe(pc)) {
            exit(new GuestExit("", -1, pc));
        }
        detail.accept(exit);
    }

    /** The exit was a trap of an instruction, by an event without a PC. */
    void trapped() {
        if (exit != null) {
            exit.trappedUnlessExplained();
        }
    }

    /** An event of this thread that has no place in the model. */
    void note(String line) {
        if (exit == null) {
            out.note(cpu, line);
            return;
        }
        Event.Note note = held.size() < MAX_HELD ? out.noteFor(cpu, line) : null;
        if (note != null) {
            held.add(note);
        }
    }

    /** Nothing after this follows from what was before. */
    void gap(String reason) {
        release();
        place = Place.UNKNOWN;
        out.add(new Event.Gap(cpu, reason));
        out.count("gaps");
    }

    /** Hands over the exit that waits. */
    void release() {
        if (exit != null) {
            out.add(exit.event(cpu));
            exit = null;
        }
        held.forEach(out::add);
        held.clear();
    }
}
