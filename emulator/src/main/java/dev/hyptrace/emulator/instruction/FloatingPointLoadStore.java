package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/**
 * VLDR, VSTR, VLDM, VSTM, VPUSH and VPOP: DDI 0406C A7.6 "Extension register load/store instructions". All accesses are of
 * words and must be word-aligned.
 */
final class FloatingPointLoadStore {
    private static final int PC = 15;

    private FloatingPointLoadStore() {}

    /** The base register's value; PC is aligned. */
    private static int base(Cpu cpu, int n) {
        return n == PC ? cpu.r[PC] & ~3 : cpu.r[n];
    }

    static Operation vldr(int f, boolean U, int vd, int n, int imm32) {
        int offset = U ? imm32 : -imm32;
        return ExtensionOperation.floatingPoint(cpu -> load(cpu, f, vd, base(cpu, n) + offset));
    }

    static Operation vstr(int f, boolean U, int vd, int n, int imm32) {
        int offset = U ? imm32 : -imm32;
        return ExtensionOperation.floatingPoint(cpu -> store(cpu, f, vd, base(cpu, n) + offset));
    }

    private static void load(Cpu cpu, int f, int register, int address) {
        if (f == 0) {
            cpu.extension.setSingle(register, cpu.load32Aligned(address));
            return;
        }
        long first = cpu.load32Aligned(address) & 0xffff_ffffL;
        long second = cpu.load32Aligned(address + 4) & 0xffff_ffffL;
        cpu.extension.d[register] = cpu.isBigEndian() ? first << 32 | second : second << 32 | first;
    }

    private static void store(Cpu cpu, int f, int register, int address) {
        if (f == 0) {
            cpu.store32Aligned(address, (int) cpu.extension.single(register));
            return;
        }
        long value = cpu.extension.d[register];
        boolean big = cpu.isBigEndian();
        cpu.store32Aligned(address, (int) (big ? value >>> 32 : value));
        cpu.store32Aligned(address + 4, (int) (big ? value : value >>> 32));
    }

    /** VLDM and VPOP: {@code i} words; an odd number of them, with double precision, is FLDMX. */
    static Operation vldm(int f, boolean P, boolean W, int vd, int n, int i) {
        return multiple(f, P, W, vd, n, i, FloatingPointLoadStore::load);
    }

    /** VSTM and VPUSH. */
    static Operation vstm(int f, boolean P, boolean W, int vd, int n, int i) {
        return multiple(f, P, W, vd, n, i, FloatingPointLoadStore::store);
    }

    /** A load or store of one register. */
    private interface Access {
        void apply(Cpu cpu, int f, int register, int address);
    }

    /** P = 1 decrements before, P = 0 increments after. */
    private static Operation multiple(int f, boolean P, boolean W, int vd, int n, int i, Access access) {
        int count = i >> f;
        if (count == 0 || count > 16 << 1 - f || vd + count > 32 || n == PC && W) {
            return Decoder.unpredictable("VLDM or VSTM of registers that do not exist: UNDEFINED", Decoder.UNDEFINED);
        }
        int size = 4 << f;
        return ExtensionOperation.floatingPoint(cpu -> {
            int base = base(cpu, n);
            int start = P ? base - 4 * i : base;
            for (int k = 0; k < count; k++) {
                access.apply(cpu, f, vd + k, start + k * size);
            }
            if (W) {
                cpu.r[n] = P ? start : base + 4 * i;
            }
        });
    }
}
