package dev.hyptrace.traces.hypercall;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes an event stream as a test reads best, and hands out what became of it. */
final class Recorded {
    static final int SVC = 0x6000_01d3;
    static final int USR = 0x6000_0010;
    static final int HYP = 0x6000_01da;
    static final int MON = 0x6000_01d6;

    private final List<Hypercall> ended = new ArrayList<>();
    private final HypercallAssembler assembler = new HypercallAssembler(ended::add);
    private int cpu;
    private int r0;

    Recorded cpu(int number) {
        cpu = number;
        return this;
    }

    /** The R0 of the states that follow, to tell them apart. */
    Recorded r0(int value) {
        r0 = value;
        return this;
    }

    static State state(int cpsr, int pc, int r0) {
        return State.builder()
                .known(Register.R0, r0)
                .known(Register.PC, pc)
                .known(Register.CPSR, cpsr)
                .build();
    }

    State state(int cpsr, int pc) {
        return state(cpsr, pc, r0);
    }

    Recorded step(int cpsr, int address, int a32) {
        return step(address, Instruction.a32(a32), state(cpsr, address));
    }

    Recorded step(int address, Instruction instruction, State before) {
        return event(new Event.Step(cpu, address, instruction, before));
    }

    Recorded entry(Mode from, State atVector) {
        return entry(ExceptionKind.HYPERVISOR_CALL, Optional.of(from), Optional.of(Mode.HYP), atVector);
    }

    Recorded entry(ExceptionKind kind, Optional<Mode> from, Optional<Mode> to, State atVector) {
        return event(new Event.ExceptionEntry(cpu, kind, from, to, atVector));
    }

    Recorded back(Mode to, int pc) {
        return back(Mode.HYP, to, State.builder().known(Register.PC, pc).build());
    }

    Recorded back(Mode from, Mode to, State after) {
        return event(new Event.ExceptionReturn(cpu, Optional.of(from), Optional.of(to), after));
    }

    Recorded gap() {
        return event(new Event.Gap(cpu, "filtered out"));
    }

    Recorded event(Event event) {
        assembler.accept(event);
        return this;
    }

    /** What ended so far. */
    List<Hypercall> soFar() {
        return List.copyOf(ended);
    }

    List<Hypercall> end() {
        assembler.finish();
        return List.copyOf(ended);
    }

    /** The only one. */
    Hypercall only() {
        List<Hypercall> calls = end();
        if (calls.size() != 1) {
            throw new AssertionError("expected one hypercall, found " + calls);
        }
        return calls.get(0);
    }
}
