package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.ExtensionRegisters;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.simd.Elements;

/**
 * VLD1 to VLD4 and VST1 to VST4: DDI 0406C A7.7 "Advanced SIMD element or structure load/store instructions".
 *
 * <p>{@code rm} is 15 for no write-back, 13 for write-back of the size of the transfer, else a register to add to the base.
 */
final class SimdLoadStore {
    private static final int NO_WRITE_BACK = 15;
    private static final int BY_SIZE = 13;

    private SimdLoadStore() {}

    /** What is done between the check of the address and the write-back. */
    private interface Transfer {
        void apply(Cpu cpu, int address);
    }

    /**
     * A load or store.
     *
     * @param alignment what the address must be a multiple of; 1 where SCTLR.A alone decides
     * @param size how many bytes are transferred
     */
    private static Operation of(int n, int rm, int alignment, int size, boolean load, Transfer transfer) {
        Operation operation = ExtensionOperation.simd(cpu -> {
            int address = cpu.r[n];
            int checked = cpu.follows(QemuDeviation.ALIGNMENT_256_NOT_CHECKED) ? Math.min(alignment, 16) : alignment;
            if ((address & checked - 1) != 0) {
                throw cpu.memory().misaligned(cpu, address, !load);
            }
            transfer.apply(cpu, address);
            if (rm != NO_WRITE_BACK) {
                cpu.r[n] = address + (rm == BY_SIZE ? size : cpu.r[rm]);
            }
        });
        return n == 15 ? Decoder.unpredictable("VLD or VST with PC as the base: reads it", operation) : operation;
    }

    private static long load(Cpu cpu, int address, int bytes) {
        return switch (bytes) {
            case 1 -> cpu.load8(address);
            case 2 -> cpu.load16(address);
            case 4 -> cpu.load32(address);
            default -> cpu.memory().load(cpu, address, 8, false, false);
        };
    }

    private static void store(Cpu cpu, int address, int bytes, long value) {
        switch (bytes) {
            case 1 -> cpu.store8(address, (int) value);
            case 2 -> cpu.store16(address, (int) value);
            case 4 -> cpu.store32(address, (int) value);
            default -> cpu.memory().store(cpu, address, 8, value, false, false);
        }
    }

    /** Transfers an element. Registers beyond D31 read as zero, and writes to them are ignored. */
    private static void element(Cpu cpu, boolean load, int register, int z, int index, int address) {
        boolean exists = register < ExtensionRegisters.COUNT;
        Elements elements = new Elements(register, 8 << z, true);
        if (!load) {
            store(cpu, address, 1 << z, exists ? elements.get(cpu.extension.d, index) : 0);
            return;
        }
        long value = load(cpu, address, 1 << z);
        if (exists) {
            elements.set(cpu.extension.d, index, value);
        }
    }

    /**
     * VLDn and VSTn (multiple n-element structures).
     *
     * @param s n, the elements of a structure, from registers {@code spacing} apart
     * @param count how often that is done, from the next register on
     * @param align the align field: 0, or 4 bytes and more
     */
    static Operation vldMultiple(boolean L, int s, int count, int spacing, int z, int align, int vd, int n, int rm) {
        boolean undefined = s > 1 && z == 3
                || align > 1 && (s == 1 ? count == 1 || count == 3 : s == 3)
                || align == 3 && (s == 1 ? count == 2 : s == 2 && count == 1);
        if (undefined) {
            return Decoder.UNDEFINED;
        }
        int bytes = 1 << z;
        int alignment = align == 0 ? 1 : 4 << align;
        Operation operation = of(n, rm, alignment, 8 * s * count, L, (cpu, start) -> {
            int address = start;
            for (int r = 0; r < count; r++) {
                for (int e = 0; e < 8 / bytes; e++) {
                    for (int k = 0; k < s; k++) {
                        element(cpu, L, vd + r + k * spacing, z, e, address);
                        address += bytes;
                    }
                }
            }
        });
        boolean beyond = vd + count - 1 + (s - 1) * spacing >= ExtensionRegisters.COUNT;
        return beyond
                ? Decoder.unpredictable("VLD or VST of registers beyond D31: ignores them", operation)
                : operation;
    }

    /**
     * VLDn and VSTn (single n-element structure to one lane).
     *
     * @param s n, the elements of the structure, in registers {@code spacing} apart
     * @param alignment in bytes; 0 if it is UNDEFINED
     */
    static Operation vldLane(boolean L, int s, int z, int index, int spacing, int alignment, int vd, int n, int rm) {
        if (alignment == 0) {
            return Decoder.UNDEFINED;
        }
        if (vd + (s - 1) * spacing >= ExtensionRegisters.COUNT) {
            return Decoder.unpredictable("VLD or VST of a lane beyond D31: UNDEFINED", Decoder.UNDEFINED);
        }
        return of(n, rm, alignment, s << z, L, (cpu, address) -> {
            for (int k = 0; k < s; k++) {
                element(cpu, L, vd + k * spacing, z, index, address + (k << z));
            }
        });
    }

    /**
     * VLDn (single n-element structure to all lanes).
     *
     * @param T two registers for VLD1, else registers two apart
     * @param alignment in bytes; 0 if it is UNDEFINED
     */
    static Operation vldAllLanes(int s, int z, boolean T, int alignment, int vd, int n, int rm) {
        if (alignment == 0) {
            return Decoder.UNDEFINED;
        }
        int registers = s == 1 && T ? 2 : 1;
        int spacing = s > 1 && T ? 2 : 1;
        Operation operation = of(n, rm, alignment, s << z, true, (cpu, address) -> {
            for (int k = 0; k < s; k++) {
                long value = load(cpu, address + (k << z), 1 << z);
                replicate(cpu, vd + k * spacing, registers, z, value);
            }
        });
        boolean beyond = vd + registers - 1 + (s - 1) * spacing >= ExtensionRegisters.COUNT;
        return beyond ? Decoder.unpredictable("VLD of registers beyond D31: ignores them", operation) : operation;
    }

    private static void replicate(Cpu cpu, int first, int registers, int z, long value) {
        long ones = Long.divideUnsigned(-1L, -1L >>> 64 - (8 << z));
        long lanes = (value & -1L >>> 64 - (8 << z)) * ones;
        for (int r = first; r < Math.min(first + registers, ExtensionRegisters.COUNT); r++) {
            cpu.extension.d[r] = lanes;
        }
    }
}
