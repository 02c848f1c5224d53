package dev.hyptrace.recorder.text;

import dev.hyptrace.traces.model.Instruction;

/** The assembly language text of instructions, for formats that show it beside the encoding. */
@FunctionalInterface
public interface Disassembly {
    /** The text of an instruction at an address, on one line. */
    String of(Instruction instruction, int address);
}
