package dev.hyptrace.emulator.oracle;

import java.util.Random;

/** Random contents of registers: boundary values as well as any. */
public final class RandomState {
    private RandomState() {}

    /** Takes the value of D{@code n}. */
    @FunctionalInterface
    public interface Doublewords {
        void set(int n, long value);
    }

    /** A value for a core register. */
    public static int core(Random random) {
        return Case.value(random);
    }

    /** Values for D0 to D31; returns one for FPSCR. */
    public static int extension(Random random, Doublewords registers) {
        ExtensionState state = ExtensionState.random(random);
        for (int i = 0; i < ExtensionState.REGISTERS; i++) {
            registers.set(i, state.d[i]);
        }
        return state.fpscr;
    }
}
