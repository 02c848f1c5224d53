package dev.hyptrace.replayer.probe;

import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import java.util.Locale;

/**
 * Who makes a call. CPSR.A, I and F are set.
 *
 * @param mode the mode
 * @param set A32 or T32
 * @param flags whether CPSR.N, Z, C, V, Q and GE are all set; clear otherwise
 * @param bigEndian CPSR.E
 */
public record Caller(Mode mode, InstructionSet set, boolean flags, boolean bigEndian) {
    private static final int MASKED = 0x1c0;
    private static final int THUMB = 1 << 5;
    private static final int BIG_ENDIAN = 1 << 9;
    private static final int FLAGS = 0xf80f_0000;

    /** Supervisor mode, A32, no flag set, little-endian. */
    public static final Caller SVC = new Caller(Mode.SVC, InstructionSet.A32, false, false);

    public Caller in(Mode other) {
        return new Caller(other, set, flags, bigEndian);
    }

    public Caller of(InstructionSet other) {
        return new Caller(mode, other, flags, bigEndian);
    }

    public Caller withFlags() {
        return new Caller(mode, set, true, bigEndian);
    }

    public Caller withBigEndian() {
        return new Caller(mode, set, flags, true);
    }

    int cpsr() {
        return mode.encoding()
                | MASKED
                | (set == InstructionSet.T32 ? THUMB : 0)
                | (flags ? FLAGS : 0)
                | (bigEndian ? BIG_ENDIAN : 0);
    }

    /** How it is written in the identity of a case. */
    public String text() {
        return mode.name().toLowerCase(Locale.ROOT) + (set == InstructionSet.T32 ? " thumb" : " arm");
    }
}
