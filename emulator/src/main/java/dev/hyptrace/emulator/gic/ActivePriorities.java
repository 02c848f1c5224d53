package dev.hyptrace.emulator.gic;

import java.util.Arrays;

/**
 * The group priorities of active interrupts, one bit for each level: APR, and NSAPR for Group 1. With 32 levels, as virtual
 * interfaces have them, both groups share one register.
 */
final class ActivePriorities {
    private static final int REGISTERS = 4;
    private static final int IDLE = 0x100;

    private final int[][] levels = new int[2][REGISTERS];
    private final int shift;
    private final boolean shared;

    /**
     * @param shift how many low bits of a priority no level tells apart
     */
    ActivePriorities(int shift) {
        this.shift = shift;
        this.shared = shift == 3;
    }

    void clear() {
        Arrays.fill(levels[0], 0);
        Arrays.fill(levels[1], 0);
    }

    int read(int group, int index) {
        return shared && (group != 0 || index != 0) ? 0 : levels[group][index];
    }

    void write(int group, int index, int value) {
        if (!shared || group == 0 && index == 0) {
            levels[group][index] = value;
        }
    }

    /** The highest active priority; 0x100 when none is. */
    int running() {
        for (int i = 0; i < REGISTERS; i++) {
            int set = levels[0][i] | levels[1][i];
            if (set != 0) {
                return 32 * i + Integer.numberOfTrailingZeros(set) << shift;
            }
        }
        return IDLE;
    }

    /** An interrupt becomes active. */
    void enter(int group, int priority) {
        int level = priority >>> shift;
        levels[shared ? 0 : group][level >>> 5] |= 1 << level;
    }

    /** The highest priority of the group is active no more. */
    void leave(int group) {
        for (int i = 0; i < REGISTERS; i++) {
            int[] registers = levels[shared ? 0 : group];
            if (registers[i] != 0) {
                registers[i] &= registers[i] - 1;
                return;
            }
        }
    }
}
