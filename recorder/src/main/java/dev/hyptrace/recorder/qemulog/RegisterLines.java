package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.recorder.text.LeftOut;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Optional;

/**
 * Writes the registers of a state as QEMU does. A line of which a register is not known is not written, because QEMU has no sign
 * for that.
 */
final class RegisterLines {
    private static final int CORE = 16;
    private static final int IN_LINE = 4;
    private static final int BANKED_FROM = 8;
    private static final int T = 1 << 5;
    private static final int M4 = 1 << 4;
    private static final String[] MODES = {
        "usr", "fiq", "irq", "svc", "???", "???", "mon", "abt", "???", "???", "hyp", "und", "???", "???", "???", "sys"
    };
    private static final String FLAGS = "NZCV";

    private RegisterLines() {}

    /** Appends the lines, and keeps in mind what they do not show. */
    static void append(StringBuilder text, State state, RegisterBlock.World world, LeftOut leftOut) {
        Optional<Mode> mode = state.mode();
        for (int first = 0; first < CORE; first += IN_LINE) {
            if (isKnown(state, mode, first)) {
                core(text, state, mode, first);
            }
        }
        if (state.isKnown(Register.CPSR)) {
            status(text, (int) state.require(Register.CPSR), world);
        }
        floatingPoint(text, state);
        leftOut.registers(state, register -> isShown(state, mode, register));
    }

    /** The register that Rn is. Where the mode is not known, R8 and up are none: they may be those of FIQ mode. */
    private static Register register(Optional<Mode> mode, int n) {
        if (mode.isPresent()) {
            return mode.get().coreRegister(n);
        }
        return n < BANKED_FROM || n == CORE - 1 ? Mode.USR.coreRegister(n) : null;
    }

    private static boolean isKnown(State state, Optional<Mode> mode, int first) {
        for (int n = first; n < first + IN_LINE; n++) {
            Register register = register(mode, n);
            if (register == null || !state.isKnown(register)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isShown(State state, Optional<Mode> mode, Register register) {
        if (register == Register.CPSR || register == Register.FPSCR || isDouble(register)) {
            return true;
        }
        for (int n = 0; n < CORE; n++) {
            if (register(mode, n) == register) {
                return isKnown(state, mode, n - n % IN_LINE);
            }
        }
        return false;
    }

    private static boolean isDouble(Register register) {
        return register.ordinal() >= Register.D0.ordinal() && register.ordinal() <= Register.D31.ordinal();
    }

    /** {@code R00=00000000 R01=00000000 R02=00000000 R03=00000000}. */
    private static void core(StringBuilder text, State state, Optional<Mode> mode, int first) {
        for (int n = first; n < first + IN_LINE; n++) {
            text.append(n == first ? "R" : " R").append((char) ('0' + n / 10)).append((char) ('0' + n % 10));
            text.append('=');
            hex(text, state.require(register(mode, n)), 8);
        }
        text.append('\n');
    }

    /** {@code PSR=600001da -ZC- A S hyp32}: the world only outside of Monitor mode. */
    private static void status(StringBuilder text, int psr, RegisterBlock.World world) {
        text.append("PSR=");
        hex(text, psr, 8);
        text.append(' ');
        for (int i = 0; i < FLAGS.length(); i++) {
            text.append((psr << i) < 0 ? FLAGS.charAt(i) : '-');
        }
        text.append((psr & T) != 0 ? " T " : " A ");
        if ((psr & Mode.MASK) != Mode.MON.encoding() && world != RegisterBlock.World.NOT_SAID) {
            text.append(world == RegisterBlock.World.SECURE ? "S " : "NS ");
        }
        text.append(MODES[psr & 0xf]).append((psr & M4) != 0 ? "32\n" : "26\n");
    }

    /** {@code s00=00000000 s01=00000000 d00=0000000000000000}, and {@code FPSCR: 00000000}. */
    private static void floatingPoint(StringBuilder text, State state) {
        for (int n = 0; n < 32; n++) {
            Register register = Register.all().get(Register.D0.ordinal() + n);
            if (state.isKnown(register)) {
                single(text, 2 * n, state.require(register));
                text.append(' ');
                single(text, 2 * n + 1, state.require(register) >>> 32);
                text.append(" d")
                        .append((char) ('0' + n / 10))
                        .append((char) ('0' + n % 10))
                        .append('=');
                hex(text, state.require(register), 16);
                text.append('\n');
            }
        }
        if (state.isKnown(Register.FPSCR)) {
            text.append("FPSCR: ");
            hex(text, state.require(Register.FPSCR), 8);
            text.append('\n');
        }
    }

    private static void single(StringBuilder text, int n, long bits) {
        text.append('s')
                .append((char) ('0' + n / 10))
                .append((char) ('0' + n % 10))
                .append('=');
        hex(text, bits, 8);
    }

    static void hex(StringBuilder text, long bits, int digits) {
        for (int shift = 4 * digits - 4; shift >= 0; shift -= 4) {
            text.append(Character.forDigit((int) (bits >>> shift) & 0xf, 16));
        }
    }
}
