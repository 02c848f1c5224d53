package dev.hyptrace.cli.view;

import dev.hyptrace.emulator.decode.InstructionSet;
import dev.hyptrace.emulator.disassembly.Disassembler;
import dev.hyptrace.recorder.text.Disassembly;
import dev.hyptrace.traces.model.Instruction;

/** Recorded instructions in assembly language, by the emulator's disassembler. */
public final class InstructionText implements Disassembly {
    private final Disassembler disassembler = new Disassembler();

    @Override
    public String of(Instruction instruction, int address) {
        return disassembler.disassemble(instruction.encoding(), set(instruction), address);
    }

    private static InstructionSet set(Instruction instruction) {
        if (instruction.set() == dev.hyptrace.traces.model.InstructionSet.A32) {
            return InstructionSet.A32;
        }
        return instruction.size() == 2 ? InstructionSet.T16 : InstructionSet.T32;
    }
}
