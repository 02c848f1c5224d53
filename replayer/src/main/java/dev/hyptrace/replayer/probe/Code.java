package dev.hyptrace.replayer.probe;

import dev.hyptrace.emulator.board.Checkpoint;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.OutsideAccess;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.replayer.probe.Occupant.Vectors;
import dev.hyptrace.traces.model.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Code as a machine would fetch it. */
final class Code {
    private static final int WORDS = 8;

    private Code() {}

    /** The instruction at an address in the current instruction set and regime; empty when it cannot be fetched. */
    static Optional<Instruction> at(Machine machine, int address) {
        return machine.fetch(address)
                .map(word -> word.isA32()
                        ? Instruction.a32(word.bits())
                        : word.isWide() ? Instruction.t32(word.bits()) : Instruction.t16(word.bits()));
    }

    /** The vectors in force, as Hyp mode sees them at a checkpoint, which is rolled back. */
    static Vectors vectors(Machine machine, Checkpoint checkpoint) {
        int base = machine.cpu().system.word(SystemRegister.HVBAR);
        machine.cpu().setCpsr(Psr.A | Psr.I | Psr.F | Mode.HYP);
        List<Integer> words = new ArrayList<>();
        for (int i = 0; i < WORDS; i++) {
            word(machine, base + Integer.BYTES * i).ifPresent(words::add);
        }
        checkpoint.rollBack();
        return new Vectors(base, words.size() == WORDS ? words : List.of());
    }

    private static Optional<Integer> word(Machine machine, int address) {
        try {
            return machine.fetch(address).map(Machine.Fetched::bits);
        } catch (OutsideAccess device) {
            return Optional.empty();
        }
    }
}
