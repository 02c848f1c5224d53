package dev.hyptrace.recorder.qemulog.flow;

/** Conditions of instructions and the IT bits, by the program status register. */
public final class Condition {
    private static final int N = 1 << 31;
    private static final int Z = 1 << 30;
    private static final int C = 1 << 29;
    private static final int V = 1 << 28;
    private static final int IT_MASK = 0x0600_fc00;

    private Condition() {}

    /** Whether the condition, 0 to 15, passes: DDI 0406C A8.3 "Conditional execution", pseudocode ConditionPassed(). */
    public static boolean passes(int condition, int psr) {
        boolean result =
                switch (condition >>> 1) {
                    case 0 -> (psr & Z) != 0;
                    case 1 -> (psr & C) != 0;
                    case 2 -> (psr & N) != 0;
                    case 3 -> (psr & V) != 0;
                    case 4 -> (psr & C) != 0 && (psr & Z) == 0;
                    case 5 -> (psr & N) != 0 == ((psr & V) != 0);
                    case 6 -> (psr & N) != 0 == ((psr & V) != 0) && (psr & Z) == 0;
                    default -> true;
                };
        return (condition & 1) == 0 || condition >= 14 ? result : !result;
    }

    /** ITSTATE: bits [7:2] from PSR[15:10], bits [1:0] from PSR[26:25]. */
    public static int itState(int psr) {
        return psr >>> 8 & 0xfc | psr >>> 25 & 3;
    }

    /** The status register after pseudocode ITAdvance(). */
    public static int itAdvance(int psr) {
        int it = itState(psr);
        int advanced = (it & 7) == 0 ? 0 : it & 0xe0 | it << 1 & 0x1f;
        return psr & ~IT_MASK | (advanced & 0xfc) << 8 | (advanced & 3) << 25;
    }
}
