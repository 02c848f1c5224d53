package dev.hyptrace.recorder.live;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A processor that stands still.
 *
 * @param cpu its number from 0
 * @param state what was read of it: PC and CPSR at least
 * @param instruction the instruction at PC, where its memory can be read
 */
record Stop(int cpu, State state, Optional<Instruction> instruction) {
    private static final int SCR_NS = 1;

    int pc() {
        return (int) state.require(Register.PC);
    }

    long cpsr() {
        return state.require(Register.CPSR);
    }

    InstructionSet set() {
        return InstructionSet.ofStatus(cpsr());
    }

    boolean in(Mode mode) {
        return state.mode().filter(mode::equals).isPresent();
    }

    /** Whether it can write HVBAR or MVBAR: in Hyp and Monitor mode, and in Secure state unless in User mode. */
    boolean mayMoveVectors() {
        boolean secure = state.has(Register.SCR) && (state.require(Register.SCR) & SCR_NS) == 0;
        return in(Mode.HYP) || in(Mode.MON) || secure && !in(Mode.USR);
    }

    boolean isHvc() {
        return instruction.filter(Instruction::isHvc).isPresent();
    }

    /** A register as an address, where it was read. */
    OptionalInt address(Register register) {
        return state.has(register) ? OptionalInt.of((int) state.require(register)) : OptionalInt.empty();
    }

    /** Whether it stands at a place of the vector table whose base this register holds. */
    boolean isAtEntry(Register base) {
        return state.has(base) && Vectors.isEntry(pc(), state.require(base));
    }

    /** The address of the next instruction, if this one does not branch. */
    int following() {
        return pc() + instruction.map(Instruction::size).orElse(4);
    }

    Stop with(State other) {
        return new Stop(cpu, other, instruction);
    }
}
