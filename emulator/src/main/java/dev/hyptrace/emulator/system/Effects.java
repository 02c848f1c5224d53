package dev.hyptrace.emulator.system;

import dev.hyptrace.emulator.core.Cpu;
import java.util.HashMap;
import java.util.Map;

/**
 * What an access to a register does besides moving its value: the functions that the table names.
 *
 * @param read gives the value that an instruction reads
 * @param write takes the value that an instruction writes
 */
record Effects(Read read, Write write) {
    private static final Read STORED = (cpu, register) -> register.stored(cpu);
    private static final Write STORE = (cpu, register, value) -> register.store(cpu, value);
    private static final Read ZERO = (cpu, register) -> 0;
    private static final Write NOTHING = (cpu, register, value) -> {};

    private static final Map<String, Read> READS = new HashMap<>();
    private static final Map<String, Write> WRITES = new HashMap<>();

    static {
        READS.put("zero", ZERO);
        WRITES.put("nothing", NOTHING);
        IdentificationEffects.define(READS);
        ControlEffects.define(READS, WRITES);
        MaintenanceEffects.define(WRITES);
        GenericTimer.define(READS, WRITES);
        PerformanceMonitors.define(READS, WRITES);
    }

    /** Reads a register. */
    @FunctionalInterface
    interface Read {
        long read(Cpu cpu, CoprocessorRegister register);
    }

    /** Writes a register. */
    @FunctionalInterface
    interface Write {
        void write(Cpu cpu, CoprocessorRegister register, long value);
    }

    /**
     * Reads the table's notation.
     *
     * @param stored whether the register has a value of its own, which is then read and stored unless said otherwise
     */
    static Effects parse(String text, boolean stored) {
        Read read = stored ? STORED : null;
        Write write = stored ? STORE : null;
        for (String token : text.trim().split(" +")) {
            if (token.startsWith("read=")) {
                read = named(READS, token.substring("read=".length()));
            } else if (token.startsWith("write=")) {
                write = named(WRITES, token.substring("write=".length()));
            } else if (!token.isEmpty()) {
                throw new IllegalArgumentException("\"" + token + "\": expected read= or write=");
            }
        }
        return new Effects(read, write);
    }

    private static <E> E named(Map<String, E> effects, String name) {
        E effect = effects.get(name);
        if (effect == null) {
            throw new IllegalArgumentException("no effect \"" + name + "\"");
        }
        return effect;
    }
}
