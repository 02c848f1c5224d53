package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.recorder.tracking.TrackedState;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;

/** What a register line does to the registers of its processor. */
final class RegisterWrites {
    private static final long WORD = 0xffff_ffffL;
    private static final int WORD_DIGITS = 8;
    private static final Register[] ALL = Register.values();

    private RegisterWrites() {}

    /**
     * Applies a line.
     *
     * @param mode the mode that the processor is in, null when it is not known
     * @param secure whether it is in Secure state
     * @param half the doubleword of a quadword that the line is about, or -1 for both
     * @return false when it takes the mode to know the register
     */
    static boolean apply(
            TrackedState state, RegisterName name, Mode mode, boolean secure, RegisterValue value, int half) {
        switch (name.kind()) {
            case FIXED -> write(state, name.register(), value);
            case BANKED -> write(state, secure ? name.secure() : name.register(), value);
            case CORE -> {
                return current(state, name.number(), mode, value);
            }
            case SAVED_STATUS -> {
                return saved(state, mode, value);
            }
            case STATUS -> word(state, Register.CPSR, value.low & WORD, value.lowUnknown & WORD);
            case QUAD -> quad(state, name.number(), value, half);
            case SINGLE -> single(state, name.number(), value);
            default -> {}
        }
        return true;
    }

    private static boolean current(TrackedState state, int number, Mode mode, RegisterValue value) {
        if (mode != null) {
            write(state, mode.coreRegister(number), value);
        }
        return mode != null;
    }

    private static boolean saved(TrackedState state, Mode mode, RegisterValue value) {
        if (mode == null || mode.savedStatus().isEmpty()) {
            return false;
        }
        write(state, mode.savedStatus().get(), value);
        return true;
    }

    private static void write(TrackedState state, Register register, RegisterValue value) {
        long bits = value.low & register.mask();
        long unknown = value.lowUnknown & register.mask();
        if (register.width() == 64 && value.digits <= WORD_DIGITS && state.has(register)) {
            bits |= state.bits(register) & ~WORD;
        }
        word(state, register, bits, unknown);
    }

    private static void word(TrackedState state, Register register, long bits, long unknown) {
        if (unknown == 0) {
            state.write(register, bits);
        } else {
            state.writeUnknown(register);
        }
    }

    /** Of a half whose digits are all unknown nothing is written: that is how producers show a write to the other. */
    private static void quad(TrackedState state, int number, RegisterValue value, int half) {
        Register lower = ALL[Register.D0.ordinal() + 2 * number];
        Register upper = ALL[lower.ordinal() + 1];
        if (half >= 0) {
            word(state, half == 0 ? lower : upper, value.low, value.lowUnknown);
            return;
        }
        if (value.lowUnknown != -1) {
            word(state, lower, value.low, value.lowUnknown);
        }
        if (value.digits > 2 * WORD_DIGITS && value.highUnknown != -1) {
            word(state, upper, value.high, value.highUnknown);
        }
    }

    private static void single(TrackedState state, int number, RegisterValue value) {
        Register whole = ALL[Register.D0.ordinal() + number / 2];
        if (!state.has(whole)) {
            return;
        }
        int shift = number % 2 * 32;
        long bits = state.bits(whole) & ~(WORD << shift) | (value.low & WORD) << shift;
        word(state, whole, bits, value.lowUnknown & WORD);
    }
}
