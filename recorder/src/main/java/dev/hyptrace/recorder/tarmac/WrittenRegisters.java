package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a reader of the lines so far holds of the registers of one processor, and which lines bring it to the next state.
 *
 * <p>A reader keeps a register until it is written. So one that is no longer recorded, or is now derived, is written with dashes
 * for digits: its value is not known.
 */
final class WrittenRegisters {
    private static final List<Register> ALL = Register.all();
    private static final int IN_FIQ_FROM = Register.R8.ordinal();
    private static final int IN_FIQ_TO = Register.R12.ordinal();
    private static final byte UNKNOWN = 0;
    private static final byte KNOWN = 1;
    /** The reader derives it by the rule by which it was derived when it was read. */
    private static final byte BY_INSTRUCTIONS = 2;

    private final long[] values = new long[ALL.size()];
    private final byte[] held = new byte[ALL.size()];
    private final boolean[] fresh = new boolean[ALL.size()];
    private State last = State.unknown();
    private boolean all;
    private boolean scan;

    /** Takes each register for one that the reader has forgotten or may have. */
    void forgetAll() {
        all = true;
        scan = true;
        Arrays.fill(fresh, false);
    }

    /** What was written so far was written before an instruction that is over. */
    void startStep() {
        Arrays.fill(fresh, false);
    }

    /**
     * Appends the lines.
     *
     * @param start what each line begins with
     * @param mode the mode that the reader takes the processor to be in; null when it knows none
     * @param again which registers are written even if they stay the same
     * @param complete whether a register that the state does not have is unknown, and not only not mentioned
     */
    void append(StringBuilder text, String start, State state, Mode mode, Predicate<Register> again, boolean complete) {
        if (complete && (scan || !state.hasShapeOf(last))) {
            forgetAbsent(text, start, state, mode);
            last = state;
        }
        scan = !complete;
        write(text, start, state, Register.CPSR, mode, again);
        for (Register register : state.registers()) {
            write(text, start, state, register, mode, again);
        }
        all &= !complete;
    }

    private void write(
            StringBuilder text, String start, State state, Register register, Mode mode, Predicate<Register> again) {
        int ordinal = register.ordinal();
        if (!state.isKnown(register) || register == Register.PC) {
            return;
        }
        long bits = state.require(register);
        boolean changed = held[ordinal] != KNOWN || values[ordinal] != bits;
        if (changed || (all || again.test(register)) && !fresh[ordinal]) {
            line(text, start, register, mode);
            TarmacWriter.hex(text, bits, register.width() / 4);
            text.append('\n');
            values[ordinal] = bits;
            held[ordinal] = KNOWN;
            fresh[ordinal] = true;
        }
    }

    private void forgetAbsent(StringBuilder text, String start, State state, Mode mode) {
        for (int ordinal = 0; ordinal < held.length; ordinal++) {
            Register register = ALL.get(ordinal);
            if (held[ordinal] == UNKNOWN || state.isKnown(register)) {
                continue;
            }
            Optional<DerivationRule> rule = state.rule(register);
            if (rule.filter(DerivationRule.STATUS_FROM_INSTRUCTIONS::equals).isPresent()) {
                held[ordinal] = BY_INSTRUCTIONS;
                continue;
            }
            held[ordinal] = UNKNOWN;
            line(text, start, register, mode);
            text.append("-".repeat(register.width() / 4)).append('\n');
        }
    }

    private static void line(StringBuilder text, String start, Register register, Mode mode) {
        boolean bank = register.ordinal() >= IN_FIQ_FROM && register.ordinal() <= IN_FIQ_TO;
        text.append(start).append("R ").append(RegisterNames.of(register));
        text.append(bank && (mode == null || mode == Mode.FIQ) ? "_usr " : " ");
    }
}
