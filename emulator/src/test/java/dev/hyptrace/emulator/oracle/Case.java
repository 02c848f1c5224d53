package dev.hyptrace.emulator.oracle;

import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Psr;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * An instruction at {@link #SLOT} and the state before it. All state follows from a seed, so that a case is written as its
 * code and that seed.
 */
final class Case {
    /** Where the instruction lies. */
    static final int SLOT = 0x5000_0100;
    /** Where the memory of the case lies. */
    static final int DATA = 0x5100_0100;
    /** How many words of memory there are. */
    static final int MEMORY_WORDS = 48;
    /** Fills what is not the instruction: UDF in A32, UDF and a branch to it in T32. */
    static final int FILL = 0xe7fd_def0;

    private static final int UDF_T16 = 0xde00;
    private static final int[] INTERESTING = {
        0,
        1,
        2,
        -1,
        -2,
        0x7fff_ffff,
        0x8000_0000,
        0x8000_0001,
        0x7fff,
        0x8000,
        0xffff,
        0x7fff_8000,
        0x8000_7fff,
        0x8000_8000,
        0x7f80_7f80,
        0x0080_ff7f,
        31,
        32,
        33,
        255,
        256
    };

    final boolean thumb;
    /** An A32 word, or the halfwords of Thumb code, of which the first may be IT. */
    final int[] code;

    final long seed;
    final int[] r = new int[15];
    final int cpsr;
    final int[] memory = new int[MEMORY_WORDS];
    final ExtensionState extension;
    private final boolean addressing;

    private Case(boolean thumb, boolean addressing, int[] code, long seed) {
        this.thumb = thumb;
        this.addressing = addressing;
        this.code = code;
        this.seed = seed;
        Random random = new Random(seed);
        for (int i = 0; i < r.length; i++) {
            r[i] = value(random);
        }
        int free = Psr.N | Psr.Z | Psr.C | Psr.V | Psr.Q | Psr.GE | Psr.I | Psr.F;
        int psr = random.nextInt() & free | (thumb ? Psr.T : 0) | Mode.SYS;
        Arrays.setAll(memory, i -> random.nextInt());
        extension = ExtensionState.random(random);
        cpsr = addressing && random.nextInt(4) == 0 ? psr | Psr.E : psr;
        if (addressing) {
            Arrays.setAll(r, i -> DATA + 64 + (random.nextInt(64) & -1 << random.nextInt(6)));
        }
    }

    /** The same case with core registers that hold addresses of its memory. */
    Case withAddresses() {
        return new Case(thumb, true, code, seed);
    }

    static int value(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> INTERESTING[random.nextInt(INTERESTING.length)];
            case 1 -> random.nextInt(48);
            default -> random.nextInt();
        };
    }

    static Case a32(int word, long seed) {
        return new Case(false, false, new int[] {word}, seed);
    }

    /** A Thumb instruction; {@code condition} below 15 puts it into an IT block of its own. */
    static Case thumb(int word, boolean wide, int condition, long seed) {
        int[] halfwords = wide ? new int[] {word >>> 16, word & 0xffff} : new int[] {word};
        return new Case(true, false, condition < 15 ? prepend(0xbf08 | condition << 4, halfwords) : halfwords, seed);
    }

    private static int[] prepend(int first, int[] rest) {
        int[] all = new int[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /** What {@link #toString} wrote. */
    static Case parse(String set, String code, String seed) {
        boolean isThumb = set.startsWith("T");
        int[] units = Arrays.stream(code.split("\\."))
                .mapToInt(unit -> Integer.parseUnsignedInt(unit, 16))
                .toArray();
        return new Case(isThumb, set.endsWith("M"), units, Long.parseLong(seed));
    }

    /** The four words at SLOT: the code and UDF after it. */
    int[] slot() {
        int[] words = new int[4];
        Arrays.fill(words, FILL);
        if (!thumb) {
            words[0] = code[0];
            return words;
        }
        for (int i = 0; i < 8; i++) {
            int halfword = i < code.length ? code[i] : UDF_T16;
            words[i / 2] = i % 2 == 0 ? halfword : words[i / 2] | halfword << 16;
        }
        return words;
    }

    /** The address after the code. */
    int next() {
        return SLOT + (thumb ? 2 : 4) * code.length;
    }

    /** The set (A or T, with M if core registers hold addresses), the code in hex, and the seed of the state. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(thumb ? "T" : "A").append(addressing ? "M " : " ");
        for (int i = 0; i < code.length; i++) {
            text.append(i == 0 ? "" : ".").append(String.format(Locale.ROOT, thumb ? "%04x" : "%08x", code[i]));
        }
        return text.append(' ').append(seed).toString();
    }
}
