package dev.hyptrace.emulator.core;

import java.util.Arrays;

/**
 * The values of the system registers, a Secure copy beside the Non-secure one where banked.
 *
 * <p>A value may be unknown (a replay of a recording that does not hold it). Reading an unknown one is noted in
 * {@link #unknownRead}, so that a replay can tell which results rest on it; in a running machine everything is known.
 */
public final class SystemState {
    private static final int COUNT = SystemRegister.all().size();

    /** CP10 and CP11 in CPACR. */
    private static final long CPACR_FULL = 0xf << 20;
    /** ASEDIS and D32DIS. */
    private static final long CPACR_DISABLED = 3L << 30;
    /** CP10 and CP11 in NSACR and HCPTR. */
    private static final long CP10_11 = 3 << 10;
    /** NSASEDIS and NSD32DIS. */
    private static final long NSACR_DISABLED = 3 << 14;

    private static final long HCPTR_TASE = 1 << 15;
    private static final long FPEXC_EN = 1 << 30;
    /** Len and Stride. */
    private static final long FPSCR_VECTOR = 0x37 << 16;

    /** Where Secure copies are. Those of DFAR and IFAR are HDFAR and HIFAR by another name, as in QEMU. */
    private static final int[] SECURE_INDEX = new int[COUNT];

    static {
        for (SystemRegister register : SystemRegister.all()) {
            SECURE_INDEX[register.ordinal()] = register.ordinal() + (register.isBanked() ? COUNT : 0);
        }
        SECURE_INDEX[SystemRegister.DFAR.ordinal()] = SystemRegister.HDFAR.ordinal();
        SECURE_INDEX[SystemRegister.IFAR.ordinal()] = SystemRegister.HIFAR.ordinal();
    }

    /** Non-secure (or only) copies, then Secure copies. */
    private final long[] values = new long[2 * COUNT];

    private final boolean[] unknown = new boolean[2 * COUNT];
    private boolean unknownRead;
    private long countedUntil;

    /** The Non-secure or only copy. */
    public long get(SystemRegister register) {
        return get(register, false);
    }

    /** The copy for the security state; the only copy if the register is not banked. */
    public long get(SystemRegister register, boolean secure) {
        int index = index(register, secure);
        unknownRead |= unknown[index];
        return values[index];
    }

    /** A copy's value, known or not, without noting that it was read. */
    public long peek(SystemRegister register, boolean secure) {
        return values[index(register, secure)];
    }

    /** As {@link #get(SystemRegister)} for a 32-bit register. */
    public int word(SystemRegister register) {
        return (int) get(register, false);
    }

    /** As {@link #get(SystemRegister, boolean)} for a 32-bit register. */
    public int word(SystemRegister register, boolean secure) {
        return (int) get(register, secure);
    }

    /** Stores a value, truncated to the register's width, in the Non-secure or only copy. */
    public void set(SystemRegister register, long value) {
        set(register, false, value);
    }

    /** Stores a value, truncated to the register's width. It is known from then on. */
    public void set(SystemRegister register, boolean secure, long value) {
        int index = index(register, secure);
        values[index] = register.width() == 64 ? value : value & 0xffff_ffffL;
        unknown[index] = false;
    }

    public boolean isKnown(SystemRegister register, boolean secure) {
        return !unknown[index(register, secure)];
    }

    /** Makes a copy unknown. */
    public void forget(SystemRegister register, boolean secure) {
        unknown[index(register, secure)] = true;
    }

    /** Makes every register unknown. */
    public void forgetAll() {
        Arrays.fill(unknown, true);
    }

    /** Gives every unknown register this value, without making it known. */
    public void fillUnknown(long filler) {
        for (int i = 0; i < values.length; i++) {
            values[i] = unknown[i] ? filler(i, filler) : values[i];
        }
    }

    /**
     * What an unknown register holds. What is not recorded is taken to enable the floating-point extension: whoever has
     * recorded that an instruction of it was executed, or trapped, knows better.
     */
    private static long filler(int index, long filler) {
        return switch (SystemRegister.all().get(index % COUNT)) {
            case CPACR -> filler & ~CPACR_DISABLED | CPACR_FULL;
            case NSACR -> filler & ~NSACR_DISABLED | CP10_11;
            case HCPTR -> filler & ~(CP10_11 | HCPTR_TASE);
            case FPEXC -> filler | FPEXC_EN;
            case FPSCR -> filler & ~FPSCR_VECTOR;
            default -> filler;
        };
    }

    /** Makes unknown what differs from the other's, and gives it this value. */
    public void forgetDifferences(SystemState other, long filler) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != other.values[i]) {
                unknown[i] = true;
                values[i] = filler(i, filler);
            }
        }
    }

    /** Whether an unknown register was read since the last call. */
    public boolean takeUnknownRead() {
        boolean result = unknownRead;
        unknownRead = false;
        return result;
    }

    /** The value of {@link Cpu#instructions} up to which the performance counters held here have counted. */
    public long countedUntil() {
        return countedUntil;
    }

    public void setCountedUntil(long instructions) {
        countedUntil = instructions;
    }

    /** Makes this state a copy of the other. */
    public void copyFrom(SystemState other) {
        System.arraycopy(other.values, 0, values, 0, values.length);
        System.arraycopy(other.unknown, 0, unknown, 0, unknown.length);
        unknownRead = other.unknownRead;
        countedUntil = other.countedUntil;
    }

    private static int index(SystemRegister register, boolean secure) {
        return secure ? SECURE_INDEX[register.ordinal()] : register.ordinal();
    }
}
