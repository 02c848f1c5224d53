package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.recorder.tracking.Chain;
import dev.hyptrace.recorder.tracking.Code;
import dev.hyptrace.recorder.tracking.Entry;
import dev.hyptrace.recorder.tracking.Status;
import dev.hyptrace.recorder.tracking.TrackedState;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.MemoryAccess;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Joins the lines of one processor to events: a step is complete when the next instruction line comes. */
final class Processor {
    /** An instruction that accesses more is none: LDM and VLDM access at most 32 words. */
    private static final int MAX_ACCESSES = 256;

    private final int cpu;
    private final Output out;
    private final TrackedState state = new TrackedState();
    private final Status status = new Status(state);
    private final Chain chain = new Chain();
    private final List<MemoryAccess> accesses = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean open;
    private State before;
    private Mode mode;
    private boolean secure;
    private ExceptionKind announced;

    Processor(int cpu, Output out) {
        this.cpu = cpu;
        this.out = out;
    }

    /** An instruction line. */
    void step(InstructionLine line) {
        flush();
        Mode from = mode;
        mode = line.mode() != null ? line.mode() : status.mode(from);
        Code code = line.code();
        int address = line.address();
        ExceptionKind kind = announced != null ? announced : chain.exception(address, from, mode);
        boolean returned = kind == null && chain.returned();
        boolean gap = kind == null && !chain.leadsTo(address);
        if (gap) {
            out.gap(cpu, Hex.word(address) + " does not follow from " + Hex.word(chain.address()));
            state.forgetAllUnwritten();
        } else if (kind != null) {
            new Entry(state, kind, mode, chain, before).apply(address, secureAt(line));
        } else if (returned) {
            state.forgetUnlessWritten(Register.CPSR);
        }
        status.settle(chain, code.set(), mode, gap || kind != null || returned);
        begin(line, address, code);
        tell(kind, returned && !gap, from);
    }

    private void begin(InstructionLine line, int address, Code code) {
        secure = secureAt(line);
        state.write(Register.PC, Integer.toUnsignedLong(address));
        before = state.snapshot();
        state.startStep();
        chain.start(address, code, line.isExecuted());
        announced = null;
        open = true;
    }

    /** Monitor mode is Secure whatever it says, but sees the banks that SCR.NS selects. */
    private boolean secureAt(InstructionLine line) {
        return mode == Mode.MON && state.has(Register.SCR) ? (state.bits(Register.SCR) & 1) == 0 : line.isSecure();
    }

    private void tell(ExceptionKind kind, boolean returned, Mode from) {
        if (kind != null) {
            Optional<Mode> left = kind == ExceptionKind.RESET ? Optional.empty() : Optional.ofNullable(from);
            out.entry(new Event.ExceptionEntry(cpu, kind, left, Optional.ofNullable(mode), before));
        } else if (returned) {
            out.exceptionReturn(
                    new Event.ExceptionReturn(cpu, Optional.ofNullable(from), Optional.ofNullable(mode), before));
        }
    }

    /** A register line; false when it takes the mode to know the register, and no line has told it. */
    boolean write(RegisterName name, RegisterValue value, int half) {
        return RegisterWrites.apply(state, name, mode != null ? mode : status.mode(null), secure, value, half);
    }

    /** A memory line; false when there is no step that it can be of. */
    boolean access(List<MemoryAccess> more) {
        if (!open || accesses.size() + more.size() > MAX_ACCESSES) {
            return false;
        }
        accesses.addAll(more);
        return true;
    }

    /** A line says that an exception was taken. */
    void exception(ExceptionKind kind) {
        flush();
        tellUnfollowed();
        announced = kind;
    }

    /** An instruction line that cannot be read: nothing is known behind it. */
    void lost() {
        gap("an instruction line that is damaged");
    }

    /** Something is missing here. */
    void gap(String reason) {
        flush();
        tellUnfollowed();
        out.gap(cpu, reason);
        state.startStep();
        state.forgetAllUnwritten();
        chain.unlink();
        mode = null;
    }

    void note(String text) {
        if (!out.takeNote()) {
            return;
        }
        if (open) {
            notes.add(text);
        } else {
            out.add(new Event.Note(cpu, text));
        }
    }

    /** The trace ends. */
    void end() {
        flush();
        tellUnfollowed();
        state.forget(Register.PC);
        State last = state.snapshot();
        if (!last.isEmpty()) {
            out.add(new Event.Snapshot(cpu, "after the last instruction", last));
        }
    }

    /** An exception with no instruction after it. */
    private void tellUnfollowed() {
        if (announced != null) {
            out.entry(new Event.ExceptionEntry(
                    cpu, announced, Optional.ofNullable(mode), Optional.empty(), State.unknown()));
            announced = null;
        }
    }

    private void flush() {
        if (open) {
            out.step(new Event.Step(cpu, chain.address(), chain.code().instruction(), before, accesses));
            accesses.clear();
            open = false;
        }
        if (!notes.isEmpty()) {
            notes.forEach(text -> out.add(new Event.Note(cpu, text)));
            notes.clear();
        }
    }
}
