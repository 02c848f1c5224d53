package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/** VMOV between core and extension registers, and VDUP (ARM core register): DDI 0406C A7.8 and A7.9. */
final class FloatingPointTransfer {
    private static final int PC = 15;
    private static final String BEYOND_S31 = "VMOV of S31 and what follows it: the lower half of D16";

    private FloatingPointTransfer() {}

    /** What a core register gets. */
    private interface Source {
        int of(Cpu cpu);
    }

    /** A transfer to a core register. To R15, which is UNPREDICTABLE, it is a branch. */
    private static Operation toCore(int t, Source source) {
        if (t == PC) {
            return Branch.of(cpu -> {
                FloatingPointAccess.checkEnabled(cpu);
                cpu.branchWritePc(source.of(cpu));
            });
        }
        return ExtensionOperation.floatingPoint(cpu -> cpu.r[t] = source.of(cpu));
    }

    /** VMOV (between ARM core register and single-precision register) to the latter. */
    static Operation vmovToSingle(int vn, int t) {
        return ExtensionOperation.floatingPoint(cpu -> cpu.extension.setSingle(vn, cpu.r[t]));
    }

    /** The same to the former. R15, which is UNPREDICTABLE, gets the flags, as with VMRS. */
    static Operation vmovFromSingle(int vn, int t) {
        return t == PC
                ? ExtensionOperation.floatingPoint(cpu -> cpu.setFlags((int) cpu.extension.single(vn)))
                : toCore(t, cpu -> (int) cpu.extension.single(vn));
    }

    /** VMOV (ARM core register to scalar): element {@code i} of {@code 8 << z} bits. */
    static Operation vmovToScalar(int z, int vd, int i, int t) {
        int shift = (8 << z) * i;
        long mask = (1L << (8 << z)) - 1 << shift;
        return ExtensionOperation.floatingPoint(cpu -> {
            long[] d = cpu.extension.d;
            d[vd] = d[vd] & ~mask | (long) cpu.r[t] << shift & mask;
        });
    }

    /** VMOV (scalar to ARM core register): element {@code i} of {@code 8 << z} bits. */
    static Operation vmovFromScalar(boolean U, int z, int vn, int i, int t) {
        int shift = (8 << z) * i;
        int unused = 32 - (8 << z);
        return toCore(t, cpu -> {
            int element = (int) (cpu.extension.d[vn] >>> shift) << unused;
            return U ? element >>> unused : element >> unused;
        });
    }

    /** VDUP (ARM core register): all elements of {@code 8 << z} bits. */
    static Operation vdupCore(int z, int q, int vd, int t) {
        if ((q & vd) != 0) {
            return Decoder.UNDEFINED;
        }
        long mask = (1L << (8 << z)) - 1;
        long ones = Long.divideUnsigned(-1L, mask);
        return ExtensionOperation.floatingPoint(cpu -> {
            long value = (cpu.r[t] & mask) * ones;
            cpu.extension.d[vd] = value;
            cpu.extension.d[vd + q] = value;
        });
    }

    /** VMOV (between two ARM core registers and two single-precision registers) to the latter. */
    static Operation vmovToSingles(int vm, int t, int t2) {
        Operation operation = ExtensionOperation.floatingPoint(cpu -> {
            cpu.extension.setSingle(vm, cpu.r[t]);
            cpu.extension.setSingle(vm + 1, cpu.r[t2]);
        });
        return vm == 31 ? Decoder.unpredictable(BEYOND_S31, operation) : operation;
    }

    /** The same to the former. */
    static Operation vmovFromSingles(int vm, int t, int t2) {
        Operation operation = toCore(t, t2, cpu -> cpu.extension.single(vm + 1) << 32 | cpu.extension.single(vm));
        return vm == 31 ? Decoder.unpredictable(BEYOND_S31, operation) : operation;
    }

    /** VMOV (between two ARM core registers and a doubleword extension register) to the latter. */
    static Operation vmovToDouble(int vm, int t, int t2) {
        return ExtensionOperation.floatingPoint(
                cpu -> cpu.extension.d[vm] = (long) cpu.r[t2] << 32 | cpu.r[t] & 0xffff_ffffL);
    }

    /** The same to the former. */
    static Operation vmovFromDouble(int vm, int t, int t2) {
        return toCore(t, t2, cpu -> cpu.extension.d[vm]);
    }

    /** What two core registers get, the lower half first. */
    private interface DoubleSource {
        long of(Cpu cpu);
    }

    private static Operation toCore(int t, int t2, DoubleSource source) {
        Operation.Effect effect = cpu -> {
            long value = source.of(cpu);
            set(cpu, t, (int) value);
            set(cpu, t2, (int) (value >>> 32));
        };
        if (t != PC && t2 != PC) {
            return ExtensionOperation.floatingPoint(effect);
        }
        return Branch.of(cpu -> {
            FloatingPointAccess.checkEnabled(cpu);
            effect.apply(cpu);
        });
    }

    private static void set(Cpu cpu, int register, int value) {
        if (register == PC) {
            cpu.branchWritePc(value);
        } else {
            cpu.r[register] = value;
        }
    }
}
