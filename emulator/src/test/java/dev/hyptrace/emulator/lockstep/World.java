package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.core.Mode;
import java.util.Locale;

/** The two worlds in which trials start, each with a harness for QEMU of its own. */
enum World {
    /** PL0, PL1 and Hyp mode, on a machine without a Secure world. */
    NONSECURE("", "lockstep.S", "virt,virtualization=on", Mode.HYP, 64),
    /** Secure PL0 and PL1, and Monitor mode, from which a trial may get into the Non-secure world. */
    SECURE("secure-", "lockstep-secure.S", "virt,virtualization=on,secure=on", Mode.MON, 56);

    /** What comes before the names of modes. */
    final String prefix;

    final String harness;
    /** QEMU's option {@code -M}. */
    final String machine;

    private static final int[] COMMON = {Mode.USR, Mode.SVC, Mode.ABT, Mode.UND, Mode.IRQ, Mode.FIQ, Mode.SYS};

    private final int highest;
    /** How many words of changed memory a result has. */
    final int mostChanges;

    World(String prefix, String harness, String machine, int highest, int mostChanges) {
        this.prefix = prefix;
        this.harness = harness;
        this.machine = machine;
        this.highest = highest;
        this.mostChanges = mostChanges;
    }

    /** How many modes there are in which a trial can start. */
    int modes() {
        return COMMON.length + 1;
    }

    /** A mode by its index. */
    int mode(int index) {
        return index < COMMON.length ? COMMON[index] : highest;
    }

    /** The index of a mode. */
    int indexOf(int mode) {
        int index = 0;
        while (mode(index) != mode) {
            index++;
        }
        return index;
    }

    /** As {@link Trial#toString} writes it and coverage names it. */
    String name(int mode) {
        return prefix + Mode.name(mode);
    }

    /** For options and file names: nonsecure, secure. */
    String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the emulated processor is set up for it. */
    WorldState state() {
        return this == SECURE ? new SecureState() : new NonSecureState();
    }
}
