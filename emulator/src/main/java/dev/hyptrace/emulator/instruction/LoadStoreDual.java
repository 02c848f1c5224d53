package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.Operation.Effect;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.QemuDeviation;

/**
 * LDRD and STRD: DDI 0406C A4.6 "Load/store instructions". Each is two accesses that must be word-aligned.
 *
 * <p>In A32 the second register follows the first, which must be even.
 */
final class LoadStoreDual {
    private LoadStoreDual() {}

    /** LDRD (immediate). */
    static Operation ldrdImmediate(boolean P, boolean U, boolean W, int t, int t2, int n, int imm32, boolean thumb) {
        return load(t, t2, Addressing.immediate(P, W, n, U ? imm32 : -imm32), !thumb, !thumb && !P && W);
    }

    /** LDRD (literal). */
    static Operation ldrdLiteral(boolean U, int t, int t2, int pc, int imm32, boolean thumb) {
        int address = (pc & ~3) + (U ? imm32 : -imm32);
        return load(t, t2, new Addressing(15, true, false, cpu -> address - cpu.r[15]), !thumb, false);
    }

    /** LDRD (register). */
    static Operation ldrdRegister(boolean P, boolean U, boolean W, int t, int t2, int n, int m) {
        return load(t, t2, Addressing.register(P, U, W, n, m, Arithmetic.LSL, 0), true, !P && W);
    }

    /** STRD (immediate). */
    static Operation strdImmediate(boolean P, boolean U, boolean W, int t, int t2, int n, int imm32, boolean thumb) {
        return store(t, t2, Addressing.immediate(P, W, n, U ? imm32 : -imm32), !thumb, !thumb && !P && W);
    }

    /** STRD (register). */
    static Operation strdRegister(boolean P, boolean U, boolean W, int t, int t2, int n, int m) {
        return store(t, t2, Addressing.register(P, U, W, n, m, Arithmetic.LSL, 0), true, !P && W);
    }

    /**
     * LDRD. After an abort of the second access its first register, then UNKNOWN, holds the first word, as in QEMU; a base
     * register is left as it was.
     */
    private static Operation load(int t, int t2, Addressing form, boolean pair, boolean badIndex) {
        if (pair && (t & 1) != 0 || badIndex) {
            return Decoder.unpredictable("LDRD of an odd register or with P = 0, W = 1: UNDEFINED", Decoder.UNDEFINED);
        }
        Effect effect = cpu -> {
            int indexed = form.indexed(cpu);
            int address = form.address(cpu, indexed);
            int low = cpu.load32Aligned(address);
            int high = second(cpu, address + 4, t, low, form.n());
            set(cpu, t, low);
            set(cpu, t2, high);
            form.writeBack(cpu, indexed);
        };
        boolean branches = t == 15 || t2 == 15 || form.writesPc();
        return checked(t, t2, form, branches ? Branch.of(effect) : Operation.of(effect));
    }

    private static int second(Cpu cpu, int address, int t, int low, int base) {
        try {
            return cpu.load32Aligned(address);
        } catch (ProcessorException e) {
            if (t != base && t != 15 || cpu.follows(QemuDeviation.LDRD_LOSES_BASE)) {
                set(cpu, t, low);
            }
            throw e;
        }
    }

    private static void set(Cpu cpu, int register, int value) {
        if (register == 15) {
            cpu.branchWritePc(value);
        } else {
            cpu.r[register] = value;
        }
    }

    private static Operation store(int t, int t2, Addressing form, boolean pair, boolean badIndex) {
        if (pair && (t & 1) != 0 || badIndex) {
            return Decoder.unpredictable("STRD of an odd register or with P = 0, W = 1: UNDEFINED", Decoder.UNDEFINED);
        }
        Effect effect = cpu -> {
            int indexed = form.indexed(cpu);
            int address = form.address(cpu, indexed);
            cpu.store32Aligned(address, cpu.r[t]);
            cpu.store32Aligned(address + 4, cpu.r[t2]);
            form.writeBack(cpu, indexed);
        };
        return checked(t, t2, form, form.writesPc() ? Branch.of(effect) : Operation.of(effect));
    }

    private static Operation checked(int t, int t2, Addressing form, Operation operation) {
        return form.n() == t2 ? form.checked(t2, operation) : form.checked(t, operation);
    }
}
