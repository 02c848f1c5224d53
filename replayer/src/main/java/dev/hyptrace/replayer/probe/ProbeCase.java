package dev.hyptrace.replayer.probe;

/**
 * One call to try. Equal cases have the same {@link #identity}.
 *
 * @param selector r0
 * @param r1 what r1 holds
 * @param r2 what r2 holds
 * @param immediate the 16 bits of the HVC
 * @param caller who makes it
 * @param canaries what all other registers hold
 */
public record ProbeCase(
        Selector selector, ArgumentKind r1, ArgumentKind r2, int immediate, Caller caller, CanarySet canaries) {

    /** A call from A32 code in Supervisor mode with immediate 0. */
    public static ProbeCase of(Selector selector, ArgumentKind r1) {
        return new ProbeCase(selector, r1, ArgumentKind.CANARY, 0, Caller.SVC, CanarySet.FIRST);
    }

    public ProbeCase withR2(ArgumentKind kind) {
        return new ProbeCase(selector, r1, kind, immediate, caller, canaries);
    }

    public ProbeCase withImmediate(int value) {
        return new ProbeCase(selector, r1, r2, value, caller, canaries);
    }

    public ProbeCase by(Caller other) {
        return new ProbeCase(selector, r1, r2, immediate, other, canaries);
    }

    public ProbeCase with(CanarySet other) {
        return new ProbeCase(selector, r1, r2, immediate, caller, other);
    }

    /** The case in one line, such as {@code r0=1 r1=aligned svc arm imm=0}. */
    public String identity() {
        return "r0=" + selector.text()
                + " r1=" + r1.text()
                + (r2 == ArgumentKind.CANARY ? "" : " r2=" + r2.text())
                + " " + caller.text()
                + " imm=" + (immediate == 0 ? "0" : "0x" + Integer.toHexString(immediate))
                + (caller.flags() ? " flags=all" : "")
                + (caller.bigEndian() ? " be" : "")
                + (canaries == CanarySet.SECOND ? " canaries=2" : "");
    }

    @Override
    public String toString() {
        return identity();
    }
}
