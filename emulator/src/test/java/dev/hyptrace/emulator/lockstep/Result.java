package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.core.Psr;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;

/** The state when the first exception is taken. */
final class Result {
    /** Words, as {@code lockstep.S} saves them. */
    static final int WORDS = 256;

    static final int VECTOR = 39;
    static final int HSR = 40;
    static final int DFSR = 41;
    static final int IFSR = 42;
    static final int DFAR = 43;
    static final int IFAR = 44;
    static final int HDFAR = 45;
    static final int HIFAR = 46;
    static final int THREAD = 47;
    static final int FPEXC = 50;
    static final int CHANGES = 51;
    static final int NOTED_CHANGES = 128;
    /** Vectors of Hyp mode's own table; those of {@link SecureState} come behind them. */
    static final int HYP = 8;

    static final int UNDEFINED_INSTRUCTION = 1;
    static final int PREFETCH_ABORT = 3;
    static final int DATA_ABORT = 4;

    private static final int ABORT_SPSR = 2;
    private static final int UNDEFINED_SPSR = 3;
    /** Words that are PSRs. Those beyond 50 are zero in the Non-secure world. */
    private static final int[] STATUS = {
        Trial.SPSRS,
        Trial.SPSRS + 1,
        Trial.SPSRS + 2,
        Trial.SPSRS + 3,
        Trial.SPSRS + 4,
        Trial.CPSR,
        SecureState.SPSR_MON,
        SecureState.SPSR_HYP
    };

    /** Bit 20 of a PSR: reserved in ARMv7; QEMU keeps it in CPSR if RFE or an exception return sets it, as ARMv8's IL. */
    private static final int RESERVED = 1 << 20;

    private static final String[] NAMES = new String[WORDS];

    static {
        String[] banked =
                "sp_usr lr_usr r8_fiq r9_fiq r10_fiq r11_fiq r12_fiq sp_fiq lr_fiq sp_svc lr_svc sp_abt lr_abt sp_und "
                        .concat(
                                "lr_und sp_irq lr_irq sp_hyp spsr_fiq spsr_svc spsr_abt spsr_und spsr_irq elr_hyp psr fpscr ")
                        .concat("vector hsr dfsr ifsr dfar ifar hdfar hifar tpidrurw tpidruro tpidrprw fpexc changes")
                        .concat(" dfsr_ns ifsr_ns dfar_ns ifar_ns tpidrurw_ns tpidruro_ns tpidrprw_ns")
                        .concat(" spsr_mon scr sp_mon lr_mon spsr_hyp")
                        .split(" ");
        Arrays.setAll(NAMES, i -> i < 13 ? "r" + i : i - 13 < banked.length ? banked[i - 13] : name(i));
    }

    private static String name(World world, int index) {
        return world == World.SECURE && index >= SecureState.COPIES ? SecureState.nameOfCopy(index) : NAMES[index];
    }

    private static String name(int index) {
        return index >= NOTED_CHANGES
                ? ((index & 1) == 0 ? "where" : "what") + (index - NOTED_CHANGES) / 2
                : "d" + (index - Trial.D) / 2 + ((index & 1) == 0 ? "l" : "h");
    }

    final int[] words;
    private final World world;
    /** Whether QEMU executed nothing because {@link #RESERVED} was set in CPSR. */
    final boolean illegalState;

    /**
     * @param words registers as {@link Trial} numbers them; what an exception to PL1 leaves unused is zero
     */
    Result(World world, int[] words) {
        this.world = world;
        this.words = words;
        illegalState = vectorIs(UNDEFINED_INSTRUCTION) && (savedStatus(UNDEFINED_SPSR) & RESERVED) != 0;
        for (int i : STATUS) {
            words[i] &= ~RESERVED;
        }
    }

    /** CPSR before the exception, which SPSR of the mode of PL1 with this number or SPSR_hyp holds. */
    private int savedStatus(int number) {
        if (isInPl1()) {
            return words[Trial.SPSRS + number];
        }
        return words[world == World.SECURE ? SecureState.SPSR_HYP : Trial.CPSR];
    }

    /** Whether a trial of the Secure world took its exception in the other one. */
    boolean isOutsideSecureState() {
        return words[VECTOR] >= HYP && words[VECTOR] < SecureState.MONITOR;
    }

    private boolean isInPl1() {
        return (words[VECTOR] & HYP) == 0;
    }

    /** Whether the two differ in nothing but the IT bits of the PSR before the exception. */
    boolean isSameButForIt(Result other) {
        int[] mine = words.clone();
        for (int i : STATUS) {
            if (((mine[i] ^ other.words[i]) & ~Psr.IT) == 0) {
                mine[i] = other.words[i];
            }
        }
        return Arrays.equals(mine, other.words);
    }

    /** A branch to an A32 address with bit 1 set: UNPREDICTABLE; QEMU aborts the fetch, the emulator ignores the bit. */
    boolean isMisalignedBranch() {
        return vectorIs(PREFETCH_ABORT) && (words[IFAR] & 2) != 0 && (words[IFSR] & 0x40f) == 1
                || vectorIs(PREFETCH_ABORT) && returnAddress() % 4 != 0 && !returnsToThumb();
    }

    private boolean vectorIs(int vector) {
        return (words[VECTOR] & HYP - 1) == vector;
    }

    private int returnAddress() {
        return words[isInPl1() ? Trial.ABT + 1 : Trial.ELR_HYP];
    }

    private boolean returnsToThumb() {
        return (savedStatus(ABORT_SPSR) & Psr.T) != 0;
    }

    /** Whether both were aborted and differ in nothing but what had been stored, or loaded into D registers, before. */
    boolean isSameButForPartOfAccess(Result other) {
        boolean same = vectorIs(DATA_ABORT);
        for (int i = 0; i < NOTED_CHANGES; i++) {
            same &= i == CHANGES || i >= Trial.D || words[i] == other.words[i];
        }
        return same;
    }

    int hash() {
        return Arrays.hashCode(words) * 0x9e37_79b1 >>> 8;
    }

    boolean isSameAs(Result other) {
        return Arrays.equals(words, other.words);
    }

    /** What differs from another result or from the state before. */
    String differences(int[] other) {
        StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i < WORDS; i++) {
            if (i >= other.length ? words[i] != 0 : words[i] != other[i]) {
                text.add(String.format(Locale.ROOT, "%s=%x", name(world, i), words[i]));
            }
        }
        return text.toString();
    }
}
