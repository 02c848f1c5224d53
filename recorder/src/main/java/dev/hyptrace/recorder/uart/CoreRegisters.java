package dev.hyptrace.recorder.uart;

import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Optional;

/** R0 to R15 and the status as a kernel prints them, before it is known which mode they are of. */
final class CoreRegisters {
    private static final int SP = 13;
    private static final int FIRST_OF_FIQ = 8;

    private final int[] values = new int[16];
    private int present;
    private boolean hasStatus;
    private int status;
    private Mode mode;

    /** The number of a core register by the name that Linux prints: r0 to r15, fp, ip, sp, lr, pc; -1 for others. */
    static int number(String name) {
        return switch (name) {
            case "fp" -> 11;
            case "ip" -> 12;
            case "sp" -> SP;
            case "lr" -> 14;
            case "pc" -> 15;
            default -> numbered(name);
        };
    }

    private static int numbered(String name) {
        boolean digits = name.length() >= 2
                && name.length() <= 3
                && name.charAt(0) == 'r'
                && name.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(name.substring(1)) : -1;
        return number < 16 ? number : -1;
    }

    void set(int number, int value) {
        values[number] = value;
        present |= 1 << number;
    }

    void status(int value) {
        status = value;
        hasStatus = true;
    }

    /** The mode, where the status itself is not printed. */
    void mode(Mode value) {
        mode = value;
    }

    boolean has(int number) {
        return (present >>> number & 1) != 0;
    }

    boolean isEmpty() {
        return present == 0 && !hasStatus;
    }

    /** Adds what is known: of registers that modes have of their own, only if the mode is known. */
    void addTo(State.Builder state) {
        Optional<Mode> of = hasStatus ? Mode.ofStatus(status) : Optional.ofNullable(mode);
        if (hasStatus) {
            state.known(Register.CPSR, status);
        }
        for (int i = 0; i < values.length; i++) {
            if (has(i) && (of.isPresent() || i < FIRST_OF_FIQ || i == 15)) {
                state.known(of.orElse(Mode.SVC).coreRegister(i), values[i]);
            }
        }
    }
}
