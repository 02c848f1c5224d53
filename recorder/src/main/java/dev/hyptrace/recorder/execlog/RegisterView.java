package dev.hyptrace.recorder.execlog;

import dev.hyptrace.recorder.gdb.RegisterAliases.Meaning;
import dev.hyptrace.recorder.tracking.TrackedState;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the plugin sees of a processor: sixteen registers of the current mode, and those that have one name in every mode. What a
 * line does not list is as it was.
 */
final class RegisterView {
    private static final int CURRENT = 16;
    private static final int PC = 15;
    private static final int WORD_DIGITS = 8;
    private static final long WORD = 0xffff_ffffL;

    private final RegisterMeanings meanings;
    private final TrackedState state;
    private final long[] current = new long[CURRENT];
    private final boolean[] seen = new boolean[CURRENT];
    private final EnumMap<Register, Long> fixed = new EnumMap<>(Register.class);
    private Mode mode;
    private boolean nextListed;

    RegisterView(RegisterMeanings meanings, TrackedState state) {
        this.meanings = meanings;
        this.state = state;
    }

    /** The mode in CPSR; null when it has not been listed or holds none. */
    Mode mode() {
        return mode;
    }

    /** The address of the next instruction, when the last line lists PC. */
    OptionalInt nextAddress() {
        return nextListed ? OptionalInt.of((int) current[PC]) : OptionalInt.empty();
    }

    /**
     * The changes of a line go to the state: CPSR first, which says whose registers the others are.
     *
     * @param restate whether everything else that is known goes there again, which something may have changed unseen
     */
    void apply(ExeclogLine line, boolean restate) {
        boolean status = false;
        nextListed = false;
        for (ExeclogLine.Change change : line.changes()) {
            status |= take(change, meanings.of(change.name()));
        }
        if (status) {
            mode = Mode.ofStatus(fixed.get(Register.CPSR)).orElse(null);
        }
        if (status || restate) {
            restate();
        } else {
            line.changes().forEach(change -> write(meanings.of(change.name())));
        }
    }

    /** Takes a change over; whether it is one of CPSR. */
    private boolean take(ExeclogLine.Change change, Meaning meaning) {
        if (meaning instanceof Meaning.Current core) {
            current[core.index()] = change.bits() & WORD;
            seen[core.index()] = true;
            nextListed |= core.index() == PC;
        } else if (meaning instanceof Meaning.Named named) {
            takeFixed(named.register(), change);
            return named.register() == Register.CPSR;
        }
        return false;
    }

    /** Of a 64-bit register a 32-bit view is the lower half. */
    private void takeFixed(Register register, ExeclogLine.Change change) {
        long bits = change.bits() & register.mask();
        if (register.width() < 64 || change.digits() > WORD_DIGITS) {
            fixed.put(register, bits);
        } else {
            fixed.computeIfPresent(register, (same, whole) -> whole & ~WORD | bits);
        }
    }

    private void write(Meaning meaning) {
        if (meaning instanceof Meaning.Current core) {
            writeCurrent(core.index());
        } else if (meaning instanceof Meaning.Named named && fixed.containsKey(named.register())) {
            writeFixed(named.register(), fixed.get(named.register()));
        }
    }

    /** Everything that is known, again: in another mode, or after something that may have changed it unseen. */
    private void restate() {
        for (int n = 0; n < PC; n++) {
            if (seen[n]) {
                writeCurrent(n);
            }
        }
        for (Map.Entry<Register, Long> entry : fixed.entrySet()) {
            writeFixed(entry.getKey(), entry.getValue());
        }
    }

    /** A line has been lost, and what it listed. */
    void forget() {
        Arrays.fill(seen, false);
        fixed.clear();
        mode = null;
        nextListed = false;
    }

    private void writeCurrent(int n) {
        if (n == PC) {
            return;
        }
        if (mode != null) {
            state.write(mode.coreRegister(n), current[n]);
        } else if (n < 8) {
            state.write(Register.r(n), current[n]);
        }
    }

    private void writeFixed(Register register, long bits) {
        boolean virtual = register == Register.MIDR || register == Register.MPIDR;
        if (!virtual || mode == Mode.HYP || mode == Mode.MON) {
            state.write(register, bits);
        }
    }
}
