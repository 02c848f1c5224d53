package dev.hyptrace.emulator.core;

import java.util.Arrays;

/**
 * The copies of banked registers that the current mode does not see, all SPSRs, and ELR_hyp: DDI 0406C B1.3.2 "ARM core
 * registers".
 *
 * <p>The current mode's R8 to R14 are in {@link Cpu#r}; what lies here for the current mode is stale. Hyp mode shares R14
 * with User mode: it has an SP of its own but no LR. As in {@link SystemState}, a copy may be unknown, and reading an
 * unknown one is noted.
 */
public final class Banks {
    private static final int BANKS = 8;
    private static final int SP = 0;
    private static final int LR = BANKS;
    private static final int SPSR = 2 * BANKS;
    private static final int HIGH = 3 * BANKS;
    private static final int ELR = HIGH + 10;
    private static final int COUNT = ELR + 1;

    /** Bits [23:21] of an SPSR are always zero. */
    private static final int SPSR_BITS = 0xff1f_ffff;

    private static final int FIQ_BANK = 1;
    private static final int HYP_BANK = 7;
    private static final int[] BANK = new int[32];

    static {
        BANK[Mode.FIQ] = FIQ_BANK;
        BANK[Mode.IRQ] = 2;
        BANK[Mode.SVC] = 3;
        BANK[Mode.ABT] = 4;
        BANK[Mode.UND] = 5;
        BANK[Mode.MON] = 6;
        BANK[Mode.HYP] = HYP_BANK;
    }

    private final int[] values = new int[COUNT];
    private final boolean[] unknown = new boolean[COUNT];
    private boolean unknownRead;

    int sp(int mode) {
        return get(SP + bank(mode));
    }

    void setSp(int mode, int value) {
        set(SP + bank(mode), value);
    }

    int lr(int mode) {
        return get(LR + linkBank(mode));
    }

    void setLr(int mode, int value) {
        set(LR + linkBank(mode), value);
    }

    /** The SPSR of a mode that has one. */
    public int spsr(int mode) {
        return get(SPSR + bank(mode));
    }

    public void setSpsr(int mode, int value) {
        set(SPSR + bank(mode), value);
    }

    public int elrHyp() {
        return get(ELR);
    }

    public void setElrHyp(int value) {
        set(ELR, value);
    }

    /** R{@code n}, n from 8 to 12, of FIQ mode or of all other modes. */
    int high(boolean fiq, int n) {
        return get(highIndex(fiq, n));
    }

    void setHigh(boolean fiq, int n, int value) {
        set(highIndex(fiq, n), value);
    }

    /** Makes every copy unknown. */
    public void forgetAll() {
        Arrays.fill(unknown, true);
    }

    /** Gives every unknown copy this value, without making it known. */
    public void fillUnknown(int filler) {
        for (int i = 0; i < COUNT; i++) {
            values[i] = unknown[i] ? filler(i, filler) : values[i];
        }
    }

    /**
     * What an unknown copy holds. An SPSR has only the bits that there are, so that writing all fields of it makes it known,
     * and one of two modes that a return can enter, so that two fillers lead to two modes.
     */
    private static int filler(int index, int filler) {
        if (index < SPSR || index >= HIGH) {
            return filler;
        }
        return filler & SPSR_BITS & ~Psr.M | ((filler & 4) != 0 ? Mode.SVC : Mode.SYS);
    }

    /** Makes unknown what differs from the other's, and gives it this value. */
    public void forgetDifferences(Banks other, int filler) {
        for (int i = 0; i < COUNT; i++) {
            if (values[i] != other.values[i]) {
                forget(i, filler);
            }
        }
    }

    /**
     * Makes copies of a mode's registers unknown.
     *
     * @param registers bit n for Rn; those below 8 are not banked and do not matter
     */
    public void forgetCore(int mode, int registers, int filler) {
        if ((registers & 1 << 13) != 0) {
            forget(SP + bank(mode), filler);
        }
        if ((registers & 1 << 14) != 0) {
            forget(LR + linkBank(mode), filler);
        }
        for (int n = 8; n <= 12; n++) {
            if ((registers & 1 << n) != 0) {
                forget(highIndex(mode == Mode.FIQ, n), filler);
            }
        }
    }

    private void forget(int index, int filler) {
        unknown[index] = true;
        values[index] = filler(index, filler);
    }

    public boolean isSpKnown(int mode) {
        return !unknown[SP + bank(mode)];
    }

    public boolean isLrKnown(int mode) {
        return !unknown[LR + linkBank(mode)];
    }

    public boolean isSpsrKnown(int mode) {
        return !unknown[SPSR + bank(mode)];
    }

    public boolean isHighKnown(boolean fiq, int n) {
        return !unknown[highIndex(fiq, n)];
    }

    public boolean isElrHypKnown() {
        return !unknown[ELR];
    }

    /** Whether an unknown copy was read since the last call. */
    public boolean takeUnknownRead() {
        boolean result = unknownRead;
        unknownRead = false;
        return result;
    }

    /** Makes this a copy of the other. */
    public void copyFrom(Banks other) {
        System.arraycopy(other.values, 0, values, 0, COUNT);
        System.arraycopy(other.unknown, 0, unknown, 0, COUNT);
        unknownRead = other.unknownRead;
    }

    private int get(int index) {
        unknownRead |= unknown[index];
        return values[index];
    }

    private void set(int index, int value) {
        values[index] = value;
        unknown[index] = false;
    }

    private static int bank(int mode) {
        return BANK[mode & Mode.MASK];
    }

    private static int linkBank(int mode) {
        int bank = bank(mode);
        return bank == HYP_BANK ? 0 : bank;
    }

    private static int highIndex(boolean fiq, int n) {
        return HIGH + (fiq ? 5 : 0) + n - 8;
    }
}
