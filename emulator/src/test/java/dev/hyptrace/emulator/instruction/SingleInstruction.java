package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.memory.Ram;
import java.util.ArrayList;
import java.util.List;

/** A processor with 8 KiB of RAM at 0x40000000, at whose start instructions are executed one by one. */
final class SingleInstruction {
    static final int RAM_START = 0x4000_0000;
    static final int RAM_END = 0x4000_2000;

    private final Decoder decoder = new Decoder();
    private final Ram ram = Ram.of(Integer.toUnsignedLong(RAM_START), RAM_END - RAM_START);
    final Cpu cpu = new Cpu();

    /** The choices that were reported for UNPREDICTABLE instructions. */
    final List<String> choices = new ArrayList<>();

    SingleInstruction() {
        cpu.connect(ram, new ArenaMemory(ram));
        cpu.setCpsr(Mode.SVC);
        cpu.pc = RAM_START;
        cpu.setListener(new CpuListener() {
            @Override
            public void unpredictable(Cpu same, String choice) {
                choices.add(choice);
            }
        });
    }

    /** Executes an A32 instruction. */
    void arm(int word) {
        int address = cpu.pc;
        cpu.pc = address + 4;
        decoder.decodeA32(word, address).execute(cpu);
    }

    /** Executes a Thumb instruction outside an IT block; two halfwords if the upper one is not zero. */
    void thumb(int word) {
        int address = cpu.pc;
        boolean wide = word >>> 16 != 0;
        cpu.pc = address + (wide ? 4 : 2);
        decoder.decodeThumb(word, wide, address, 0).execute(cpu);
    }

    /** Executes an A32 instruction that must raise an exception. */
    ProcessorException raisedByArm(int word) {
        return raised(() -> arm(word));
    }

    /** Executes a Thumb instruction that must raise an exception. */
    ProcessorException raisedByThumb(int word) {
        return raised(() -> thumb(word));
    }

    private static ProcessorException raised(Runnable execution) {
        try {
            execution.run();
        } catch (ProcessorException exception) {
            return exception;
        }
        throw new AssertionError("no exception was raised");
    }

    int word(int address) {
        return ram.wordAt(ram.offset(address));
    }

    void setWord(int address, int value) {
        ram.setWord(ram.offset(address), value);
    }
}
