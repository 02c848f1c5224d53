package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.core.Sctlr;
import dev.hyptrace.emulator.core.SystemRegister;

/**
 * Load-exclusive, store-exclusive, CLREX and the swap instructions: DDI 0406C A3.4 "Synchronization and semaphores".
 *
 * <p>As in QEMU, a store-exclusive succeeds when its address is the one last marked and memory still holds the value that
 * was loaded when it was marked; it unmarks the address in any case.
 */
final class Synchronization {
    private Synchronization() {}

    // ---- load-exclusive -------------------------------------------------------------------------------------------

    /** LDREX; the T32 encoding has an offset. */
    static Operation ldrex(int t, int n, int imm32, boolean thumb) {
        return loadExclusive(4, t, n, imm32, thumb);
    }

    /** LDREXB. */
    static Operation ldrexb(int t, int n, boolean thumb) {
        return loadExclusive(1, t, n, 0, thumb);
    }

    /** LDREXH. */
    static Operation ldrexh(int t, int n, boolean thumb) {
        return loadExclusive(2, t, n, 0, thumb);
    }

    private static Operation loadExclusive(int size, int t, int n, int imm32, boolean thumb) {
        if (t == 15 || n == 15 || thumb && t == 13) {
            return undefined("LDREX");
        }
        return Operation.of(cpu -> {
            int address = cpu.r[n] + imm32;
            long value = cpu.memory().load(cpu, address, size, false, true);
            cpu.setExclusive(address, value);
            cpu.r[t] = (int) value;
        });
    }

    /** LDREXD; in A32 the second register follows the first, which is even. */
    static Operation ldrexd(int t, int t2, int n, boolean thumb) {
        boolean badPair = thumb ? t == t2 || t == 13 || t2 == 13 : (t & 1) != 0;
        if (badPair || t == 15 || t2 == 15 || n == 15) {
            return undefined("LDREXD");
        }
        return Operation.of(cpu -> {
            int address = cpu.r[n];
            long value = cpu.memory().load(cpu, address, 8, false, true);
            cpu.setExclusive(address, value);
            cpu.r[t] = (int) (cpu.isBigEndian() ? value >>> 32 : value);
            cpu.r[t2] = (int) (cpu.isBigEndian() ? value : value >>> 32);
        });
    }

    // ---- store-exclusive ------------------------------------------------------------------------------------------

    /** STREX; the T32 encoding has an offset. */
    static Operation strex(int d, int t, int n, int imm32, boolean thumb) {
        return storeExclusive(4, d, t, n, imm32, thumb);
    }

    /** STREXB. */
    static Operation strexb(int d, int t, int n, boolean thumb) {
        return storeExclusive(1, d, t, n, 0, thumb);
    }

    /** STREXH. */
    static Operation strexh(int d, int t, int n, boolean thumb) {
        return storeExclusive(2, d, t, n, 0, thumb);
    }

    private static Operation storeExclusive(int size, int d, int t, int n, int imm32, boolean thumb) {
        if (badStatus(d, t, n, thumb)) {
            return undefined("STREX");
        }
        return Operation.of(cpu -> storeExclusive(cpu, cpu.r[n] + imm32, size, cpu.r[t] & mask(size), d));
    }

    /** STREXD; in A32 the second register follows the first, which is even. */
    static Operation strexd(int d, int t, int t2, int n, boolean thumb) {
        boolean badPair = thumb ? t2 == 13 : (t & 1) != 0;
        if (badPair || badStatus(d, t, n, thumb) || t2 == 15 || d == t2) {
            return undefined("STREXD");
        }
        return Operation.of(cpu -> {
            long first = cpu.r[t] & 0xffff_ffffL;
            long second = cpu.r[t2] & 0xffff_ffffL;
            long value = cpu.isBigEndian() ? first << 32 | second : second << 32 | first;
            storeExclusive(cpu, cpu.r[n], 8, value, d);
        });
    }

    private static boolean badStatus(int d, int t, int n, boolean thumb) {
        return d == 15 || t == 15 || n == 15 || d == n || d == t || thumb && (d == 13 || t == 13);
    }

    private static long mask(int size) {
        return -1L >>> 64 - 8 * size;
    }

    /**
     * After a wider load-exclusive, which is UNPREDICTABLE, the store takes place when the low bytes are still the same, and
     * yet reports failure, as in QEMU. Memory is written, with what it holds, also when the store does not take place.
     */
    private static void storeExclusive(Cpu cpu, int address, int size, long value, int d) {
        boolean succeeds = false;
        if (cpu.isExclusive(address)) {
            long current = cpu.memory().load(cpu, address, size, false, true);
            succeeds = current == cpu.exclusiveValue();
            boolean stores = current == (cpu.exclusiveValue() & mask(size));
            cpu.memory().store(cpu, address, size, stores ? value : current, false, true);
        }
        cpu.r[d] = succeeds ? 0 : 1;
        cpu.clearExclusive();
    }

    private static Operation undefined(String what) {
        return Decoder.unpredictable(what + " with an UNPREDICTABLE choice of registers: UNDEFINED", Decoder.UNDEFINED);
    }

    /** CLREX. */
    static Operation clrex() {
        return Operation.of(Cpu::clearExclusive);
    }

    // ---- swap -----------------------------------------------------------------------------------------------------

    /** SWP. */
    static Operation swp(int t, int t2, int n) {
        return swap(4, t, t2, n);
    }

    /** SWPB. */
    static Operation swpb(int t, int t2, int n) {
        return swap(1, t, t2, n);
    }

    /** UNDEFINED unless SCTLR.SW is set, which QEMU does not look at. */
    private static Operation swap(int size, int t, int t2, int n) {
        return Operation.of(cpu -> {
            if (!cpu.follows(QemuDeviation.SWP_ALWAYS_ENABLED)
                    && (cpu.system.word(SystemRegister.SCTLR, cpu.isSecure()) & Sctlr.SW) == 0) {
                throw ProcessorException.undefined();
            }
            int address = cpu.r[n];
            int data = (int) cpu.memory().load(cpu, address, size, false, true);
            cpu.memory().store(cpu, address, size, cpu.r[t2], false, true);
            cpu.r[t] = data;
        });
    }
}
