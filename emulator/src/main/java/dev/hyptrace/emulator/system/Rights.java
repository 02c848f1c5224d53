package dev.hyptrace.emulator.system;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;

/**
 * Who may read and write a register: {@code PL0=r PL1=rw} and the like. What a level may, higher levels may too; {@code S}
 * is PL1 in Secure state, which PL2 is not above of. As in QEMU, where all of Secure PL1 is at EL3, it reaches what Hyp mode
 * reaches, also while SCR.NS is 0: UNPREDICTABLE.
 */
final class Rights {
    private static final int READ = 1;
    private static final int WRITE = 2;

    private static final int PL0 = 0;
    private static final int PL1 = 1;
    private static final int PL2 = 2;
    private static final int SECURE = 3;

    private final int[] rights = new int[4];

    private Rights() {}

    /**
     * Reads the table's notation.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    static Rights parse(String text) {
        Rights result = new Rights();
        for (String token : text.trim().split(" +")) {
            if (!token.matches("(PL[012]|S)=(r|w|rw)")) {
                throw new IllegalArgumentException("\"" + token + "\": expected rights such as PL1=rw");
            }
            int equals = token.indexOf('=');
            String what = token.substring(equals + 1);
            int mask = (what.contains("r") ? READ : 0) | (what.contains("w") ? WRITE : 0);
            result.grant(token.substring(0, equals), mask);
        }
        return result;
    }

    private void grant(String level, int mask) {
        switch (level) {
            case "PL0" -> grant(mask, PL0, PL1, PL2, SECURE);
            case "PL1" -> grant(mask, PL1, PL2, SECURE);
            case "PL2" -> grant(mask, PL2, SECURE);
            default -> grant(mask, SECURE);
        }
    }

    private void grant(int mask, int... levels) {
        for (int level : levels) {
            rights[level] |= mask;
        }
    }

    /** Whether the processor, as it is, may. */
    boolean permit(Cpu cpu, boolean read) {
        return (rights[level(cpu)] & (read ? READ : WRITE)) != 0;
    }

    private static int level(Cpu cpu) {
        return switch (cpu.mode()) {
            case Mode.USR -> PL0;
            case Mode.HYP -> PL2;
            default -> cpu.isSecure() ? SECURE : PL1;
        };
    }
}
