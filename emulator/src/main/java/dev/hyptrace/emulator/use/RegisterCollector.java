package dev.hyptrace.emulator.use;

import dev.hyptrace.emulator.core.Mode;
import java.util.List;
import java.util.TreeSet;

/** Gathers the registers of one {@link RegisterSet}. */
final class RegisterCollector {
    private static final int SP = 13;
    private static final int LR = 14;

    private final int mode;
    private int core;
    private boolean flags;
    private int extension;
    private final TreeSet<String> named = new TreeSet<>();

    /**
     * @param mode the current mode
     */
    RegisterCollector(int mode) {
        this.mode = mode;
    }

    void addCore(int n) {
        core |= 1 << n;
    }

    void addFlags() {
        flags = true;
    }

    /** Adds D registers, a bit each. */
    void addExtension(int registers) {
        extension |= registers;
    }

    /** Adds a register by its name; {@code SPSR} is that of the current mode, if it has one. */
    void addNamed(String name) {
        if (!name.equals("SPSR")) {
            named.add(name);
        } else if (!isUserOrSystem(mode)) {
            named.add("SPSR_" + Mode.name(mode));
        }
    }

    /** Adds Rn of a mode: by number if the current mode has the same, else by name. */
    void addCoreOf(int n, int ofMode) {
        if (isShared(n, ofMode)) {
            addCore(n);
            return;
        }
        String bank = Mode.name(isUserOrSystem(ofMode) ? Mode.USR : ofMode);
        named.add((n == SP ? "SP_" : n == LR ? "LR_" : "R" + n + "_") + bank);
    }

    /** Whether Rn is the same register in this mode as in the current one. Hyp mode has LR from User mode. */
    private boolean isShared(int n, int ofMode) {
        boolean sameBank = mode == ofMode || isUserOrSystem(mode) && isUserOrSystem(ofMode);
        return switch (n) {
            case SP -> sameBank;
            case LR -> sameBank || hasUserLr(mode) && hasUserLr(ofMode);
            case 8, 9, 10, 11, 12 -> (mode == Mode.FIQ) == (ofMode == Mode.FIQ);
            default -> true;
        };
    }

    private static boolean isUserOrSystem(int mode) {
        return mode == Mode.USR || mode == Mode.SYS;
    }

    private static boolean hasUserLr(int mode) {
        return isUserOrSystem(mode) || mode == Mode.HYP;
    }

    RegisterSet toSet() {
        return new RegisterSet(core, flags, extension, List.copyOf(named));
    }
}
