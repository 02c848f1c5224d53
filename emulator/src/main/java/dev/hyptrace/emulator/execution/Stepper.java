package dev.hyptrace.emulator.execution;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.ExceptionModel;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.decode.ExtensionEncodings;
import dev.hyptrace.emulator.instruction.Decoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Executes instructions that are handed to it one by one, without fetching them from memory: for replaying a recording
 * that holds encodings.
 */
public final class Stepper {
    private static final int CACHED = 1 << 16;

    private final Cpu cpu;
    private final ExceptionModel exceptions;
    private final Decoder decoder;
    private final Map<Site, Operation> cache = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Site, Operation> eldest) {
            return size() > CACHED;
        }
    };

    /** What an operation depends on. */
    private record Site(int word, int address, boolean thumb, boolean wide, int itState) {}

    public Stepper(Cpu cpu, ExceptionModel exceptions, Decoder decoder) {
        this.cpu = cpu;
        this.exceptions = exceptions;
        this.decoder = decoder;
    }

    /** Whether the instruction, at {@link Cpu#pc}, may do more than write registers, flags and memory. */
    public boolean isBranch(int word, boolean wide) {
        return operation(word, wide) instanceof Branch;
    }

    /** Whether the instruction may access the registers of the floating-point and Advanced SIMD extensions. */
    public boolean isExtension(int word, boolean wide) {
        return (wide || !cpu.thumb) && ExtensionEncodings.contains(word, cpu.thumb);
    }

    /**
     * Executes an instruction as if it stood at {@link Cpu#pc}, in the instruction set of CPSR.
     *
     * @param word an A32 word; a T16 halfword; or a 32-bit Thumb instruction with its first halfword in bits [31:16]
     * @param wide whether a Thumb instruction has 32 bits
     * @return the exception that stopped it and that has been taken, if one did; SVC, HVC and SMC complete and are none
     */
    public Optional<ProcessorException> step(int word, boolean wide) {
        Operation operation = operation(word, wide);
        int address = cpu.pc;
        int itState = cpu.itState;
        int size = cpu.thumb && !wide ? 2 : 4;
        cpu.pc = address + size;
        cpu.instructions++;
        try {
            operation.execute(cpu);
            if (!Decoder.isInIt(itState) && !(operation instanceof Branch)) {
                cpu.itState = Decoder.itAfter(itState, word, cpu.thumb && !wide);
            }
            return Optional.empty();
        } catch (ProcessorException exception) {
            cpu.pc = address;
            cpu.itState = itState;
            exceptions.take(cpu, exception, address, size);
            return Optional.of(exception);
        }
    }

    private Operation operation(int word, boolean wide) {
        Site site = new Site(word, cpu.pc, cpu.thumb, wide, cpu.itState);
        return cache.computeIfAbsent(
                site,
                key -> key.thumb
                        ? decoder.decodeThumb(word, wide, key.address, key.itState)
                        : decoder.decodeA32(word, key.address));
    }
}
