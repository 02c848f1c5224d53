package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Hsr;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.system.CoprocessorRegister;
import dev.hyptrace.emulator.system.SystemRegisters;

/**
 * Coprocessor instructions: DDI 0406C A4.10. Transfers to and from CP14 and CP15 access system registers; there is no other
 * coprocessor but CP10 and CP11, and no register for LDC, STC or CDP. What CP10 and CP11 do not have is UNDEFINED before any
 * trap is looked at.
 *
 * <p>Each ends its block: it may change translation, traps or time.
 */
final class Coprocessor {
    private static final int CP14 = 14;
    private static final int PC = 15;

    private Coprocessor() {}

    /** MCR: coprocessor {@code p}, opc1 {@code o}, CRn {@code x}, CRm {@code y}, opc2 {@code q}. */
    static Operation mcr(int p, int o, int x, int y, int q, int t) {
        if (isFloatingPoint(p)) {
            return Decoder.UNDEFINED;
        }
        CoprocessorRegister register = SystemRegisters.find(p, o, x, y, q);
        if (register == null) {
            return unknown(name("mcr", p, o, x, y, q));
        }
        int hsr = Hsr.registerTransfer(p == CP14 ? Hsr.EC_CP14 : Hsr.EC_CP15, o, x, y, q, t, false);
        return Branch.of(cpu -> register.write(cpu, cpu.r[t] & 0xffff_ffffL, hsr));
    }

    /** MRC. With R15 as the destination it sets N, Z, C and V. */
    static Operation mrc(int p, int o, int x, int y, int q, int t) {
        if (isFloatingPoint(p)) {
            return Decoder.UNDEFINED;
        }
        CoprocessorRegister register = SystemRegisters.find(p, o, x, y, q);
        if (register == null) {
            return unknown(name("mrc", p, o, x, y, q));
        }
        int hsr = Hsr.registerTransfer(p == CP14 ? Hsr.EC_CP14 : Hsr.EC_CP15, o, x, y, q, t, true);
        if (t == PC) {
            return Branch.of(cpu -> cpu.setFlags((int) register.read(cpu, hsr)));
        }
        return Branch.of(cpu -> cpu.r[t] = (int) register.read(cpu, hsr));
    }

    /** MCRR. */
    static Operation mcrr(int p, int o, int y, int t, int t2) {
        if (isFloatingPoint(p)) {
            return Decoder.UNDEFINED;
        }
        CoprocessorRegister register = SystemRegisters.find(p, o, y);
        if (register == null) {
            return unknown(name("mcrr", p, o, y));
        }
        int hsr = Hsr.doubleTransfer(p == CP14 ? Hsr.EC_CP14_64 : Hsr.EC_CP15_64, o, y, t, t2, false);
        return Branch.of(cpu -> register.write(cpu, (long) cpu.r[t2] << 32 | cpu.r[t] & 0xffff_ffffL, hsr));
    }

    /** MRRC. */
    static Operation mrrc(int p, int o, int y, int t, int t2) {
        if (isFloatingPoint(p)) {
            return Decoder.UNDEFINED;
        }
        CoprocessorRegister register = SystemRegisters.find(p, o, y);
        if (register == null) {
            return unknown(name("mrrc", p, o, y));
        }
        if (t == PC || t2 == PC) {
            return Decoder.unpredictable("MRRC to PC: UNDEFINED", Decoder.UNDEFINED);
        }
        int hsr = Hsr.doubleTransfer(p == CP14 ? Hsr.EC_CP14_64 : Hsr.EC_CP15_64, o, y, t, t2, true);
        return Branch.of(cpu -> {
            long value = register.read(cpu, hsr);
            cpu.r[t] = (int) value;
            cpu.r[t2] = (int) (value >>> 32);
        });
    }

    /**
     * An instruction that no coprocessor accepts: CDP, LDC, STC, and the second forms MCR2 to STC2. UNDEFINED.
     *
     * @param p the coprocessor
     * @param i what only it would understand
     */
    static Operation noCoprocessor(int p, int i) {
        return Decoder.UNDEFINED;
    }

    /** CP10 and CP11. */
    private static boolean isFloatingPoint(int p) {
        return p >>> 1 == 5;
    }

    private static Operation unknown(String access) {
        return Branch.of(cpu -> {
            cpu.listener().unknownSystemRegister(cpu, access);
            throw ProcessorException.undefined();
        });
    }

    private static String name(String mnemonic, int p, int o, int x, int y, int q) {
        return mnemonic + " p" + p + ", " + o + ", c" + x + ", c" + y + ", " + q;
    }

    private static String name(String mnemonic, int p, int o, int y) {
        return mnemonic + " p" + p + ", " + o + ", c" + y;
    }
}
