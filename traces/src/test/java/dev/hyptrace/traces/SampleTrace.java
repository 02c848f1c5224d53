package dev.hyptrace.traces;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.util.List;
import java.util.Optional;

/** A small trace that the sealed outputs show. */
public final class SampleTrace {
    private static final int SVC = 0x6000_01d3;
    private static final int HYP = 0x6000_01da;
    private static final int ERET = 0xe160_006e;

    private SampleTrace() {}

    static State state(int cpsr, int pc, int r0) {
        return State.builder()
                .known(Register.R0, r0)
                .known(Register.PC, pc)
                .known(Register.CPSR, cpsr)
                .build();
    }

    public static Event step(int cpu, int cpsr, int pc, int encoding) {
        return new Event.Step(cpu, pc, Instruction.a32(encoding), state(cpsr, pc, pc >>> 4));
    }

    private static Event entry(int cpu, State atVector) {
        return new Event.ExceptionEntry(
                cpu, ExceptionKind.HYPERVISOR_CALL, Optional.empty(), Optional.of(Mode.HYP), atVector);
    }

    private static Event back(int cpu, int pc) {
        State after = State.builder().known(Register.PC, pc).build();
        return new Event.ExceptionReturn(cpu, Optional.of(Mode.HYP), Optional.of(Mode.SVC), after);
    }

    /** One call for each way to end, and one whose HVC was not recorded. */
    public static Trace everyOutcome() {
        State hsr = State.builder().known(Register.HSR, 0x4a00_1234).build();
        int hvc = Instruction.hvc(InstructionSet.A32, 0x1234).encoding();
        List<Event> events = List.of(
                step(0, SVC, 0x8000, hvc),
                entry(0, hsr),
                step(0, HYP, 0x9014, ERET),
                back(0, 0x8004),
                step(0, SVC, 0x8004, hvc),
                entry(0, hsr),
                step(0, HYP, 0x9014, ERET),
                back(0, 0xc000),
                step(1, SVC, 0xa000, hvc),
                entry(1, hsr),
                step(1, HYP, 0x9014, 0xe12f_ff11),
                step(1, HYP, 0x4020_8000, ERET),
                back(1, 0x4020_8004),
                entry(0, hsr),
                back(0, 0x5000),
                new Event.Step(
                        2,
                        0x6002,
                        Instruction.t32(0xf7e0_8056),
                        state(SVC | 0x20, 0x6002, 1).toBuilder()
                                .known(Register.TTBR0, 0x1_2345_6789L)
                                .build()),
                entry(2, hsr),
                step(2, HYP, 0x9014, 0xe320_f000));
        return new InMemoryTrace("test", TraceHeader.of("sample"), events);
    }
}
