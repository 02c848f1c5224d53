package dev.hyptrace.emulator.oracle;

import dev.hyptrace.emulator.core.Psr;
import java.util.Locale;

/** The state when the first exception after a case's instruction is taken. */
final class Outcome {
    /** Offsets of exception vectors divided by 4. */
    static final int UNDEFINED = 1;

    static final int SVC = 2;
    static final int PREFETCH_ABORT = 3;
    static final int DATA_ABORT = 4;

    private static final String[] VECTORS = {"reset", "undefined", "svc", "prefetch abort", "data abort"};

    final int[] r;
    final int cpsr;
    final int vector;
    /** The address of the instruction that caused the exception. */
    final int pc;

    final int[] memory;
    final ExtensionState extension;

    Outcome(int[] r, int cpsr, int vector, int pc, int[] memory, ExtensionState extension) {
        this.r = r;
        this.cpsr = cpsr;
        this.vector = vector;
        this.pc = pc;
        this.memory = memory;
        this.extension = extension;
    }

    /** The address of the instruction, by the value that LR has in the handler. */
    static int pc(int vector, int lr, int spsr) {
        return switch (vector) {
            case UNDEFINED, SVC -> lr - ((spsr & Psr.T) != 0 ? 2 : 4);
            case PREFETCH_ABORT -> lr - 4;
            default -> lr - 8;
        };
    }

    /** Whether the first instruction was UNDEFINED. */
    boolean isUndefined() {
        return vector == UNDEFINED && pc == Case.SLOT;
    }

    /**
     * Whether it came from a branch to an A32 address with bit 1 set. That is UNPREDICTABLE: QEMU aborts the fetch, the
     * emulator ignores the bit.
     */
    boolean isMisalignedBranch() {
        return vector == PREFETCH_ABORT && (cpsr & Psr.T) == 0 && (pc & 2) != 0;
    }

    /** What differs from the state before, in the order of the registers; empty if the instruction did nothing. */
    String changes(Case before) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < r.length; i++) {
            if (r[i] != before.r[i]) {
                append(text, "r" + i, r[i]);
            }
        }
        if (cpsr != before.cpsr) {
            append(text, "cpsr", cpsr);
        }
        for (int i = 0; i < memory.length; i++) {
            if (memory[i] != before.memory[i]) {
                append(text, "m" + i, memory[i]);
            }
        }
        for (int i = 0; i < extension.d.length; i++) {
            if (extension.d[i] != before.extension.d[i]) {
                append(text, "d" + i, extension.d[i]);
            }
        }
        if (extension.fpscr != before.extension.fpscr) {
            append(text, "fpscr", extension.fpscr);
        }
        if (vector != UNDEFINED || pc != before.next()) {
            append(text, VECTORS[vector] + " at", pc);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, int value) {
        text.append(text.length() == 0 ? "" : " ").append(String.format(Locale.ROOT, "%s=%x", name, value));
    }

    private static void append(StringBuilder text, String name, long value) {
        text.append(text.length() == 0 ? "" : " ").append(String.format(Locale.ROOT, "%s=%x", name, value));
    }
}
