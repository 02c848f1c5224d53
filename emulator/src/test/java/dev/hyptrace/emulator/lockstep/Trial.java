package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.oracle.RandomState;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** A few instructions and the state before them, all of which follows from a world, a mode, a profile and a seed. */
final class Trial {
    /** Words of state, as {@code lockstep.S} loads them; the first ones are saved in the same places. */
    static final int WORDS = 128;

    static final int SP_USR = 13;
    static final int LR_USR = 14;
    static final int FIQ = 15;
    static final int SVC = 22;
    static final int ABT = 24;
    static final int UND = 26;
    static final int IRQ = 28;
    static final int SP_HYP = 30;
    static final int SPSRS = 31;
    static final int ELR_HYP = 36;
    static final int CPSR = 37;
    static final int FPSCR = 38;
    static final int CODE = 40;
    static final int CODE_WORDS = 16;
    static final int THREAD = 56;
    static final int D = 64;

    private static final int UDF_T16 = 0xde00;
    private static final int THREAD_REGISTERS = 3;
    private static final int SPSR_COUNT = 5;

    /** What registers hold. */
    enum Profile {
        /** Operands of computations. */
        VALUES,
        /** Addresses of the memory, and small offsets. */
        ADDRESSES,
        /** Addresses of the code. */
        TARGETS
    }

    final World world;
    final boolean thumb;
    /** One element for an instruction: A32 words, or Thumb instructions, the wide ones with bits [31:16] not zero. */
    final int[] code;

    final int mode;
    final Profile profile;
    final int seed;
    private int[] state;

    Trial(World world, boolean thumb, int[] code, int mode, Profile profile, int seed) {
        this.world = world;
        this.thumb = thumb;
        this.code = code;
        this.mode = mode;
        this.profile = profile;
        this.seed = seed;
    }

    /** The same with only some of the instructions. */
    Trial withCode(int[] other) {
        return new Trial(world, thumb, other, mode, profile, seed);
    }

    /** The state before, not to be changed. */
    int[] state() {
        if (state == null) {
            state = newState();
        }
        return state;
    }

    private int[] newState() {
        Random random = new Random(seed);
        int[] words = new int[WORDS];
        for (int i = 0; i < SPSRS; i++) {
            words[i] = value(random);
        }
        for (int i = 0; i < SPSR_COUNT; i++) {
            words[SPSRS + i] = status(random);
        }
        words[CPSR] = status(random, mode, thumb) & ~Psr.IT;
        words[ELR_HYP] = Layout.CODE;
        for (int i = 0; i < THREAD_REGISTERS; i++) {
            words[THREAD + i] = random.nextInt();
        }
        words[FPSCR] = RandomState.extension(random, (i, value) -> {
            words[D + 2 * i] = (int) value;
            words[D + 2 * i + 1] = (int) (value >>> 32);
        });
        if (world == World.SECURE) {
            SecureState.addTo(words, mode, random, status(random), status(random), value(random));
        }
        putCode(words);
        return words;
    }

    private void putCode(int[] words) {
        Arrays.fill(words, CODE, CODE + CODE_WORDS, Layout.FILL);
        if (!thumb) {
            System.arraycopy(code, 0, words, CODE, code.length);
            return;
        }
        int position = 0;
        for (int instruction : code) {
            if (instruction >>> 16 != 0) {
                put(words, position++, instruction >>> 16);
            }
            put(words, position++, instruction & 0xffff);
        }
        while (position < 2 * CODE_WORDS) {
            put(words, position++, UDF_T16);
        }
    }

    private static void put(int[] words, int position, int halfword) {
        int shift = 16 * (position & 1);
        int index = CODE + position / 2;
        words[index] = words[index] & ~(0xffff << shift) | halfword << shift;
    }

    private int status(Random random) {
        return status(random, world.mode(random.nextInt(world.modes())), random.nextBoolean());
    }

    private static int status(Random random, int mode, boolean thumb) {
        int bits = random.nextInt();
        int free = Psr.N | Psr.Z | Psr.C | Psr.V | Psr.Q | Psr.GE | Psr.A | Psr.I | Psr.F;
        int it = thumb && random.nextInt(8) == 0 ? bits & Psr.IT : 0;
        return bits & free | it | (random.nextInt(4) == 0 ? Psr.E : 0) | (thumb ? Psr.T : 0) | mode;
    }

    private int value(Random random) {
        return switch (profile) {
            case VALUES -> RandomState.core(random);
            case ADDRESSES ->
                switch (random.nextInt(8)) {
                    case 0, 1 -> random.nextInt(32) << random.nextInt(3);
                    case 2 -> RandomState.core(random);
                    default -> address(random);
                };
            case TARGETS ->
                switch (random.nextInt(4)) {
                    case 0 -> RandomState.core(random);
                    case 1 -> address(random);
                    default -> Layout.CODE_PAGE + random.nextInt(0x1000);
                };
        };
    }

    /** In the middle of the memory, or sometimes at its edges; mostly aligned. */
    private static int address(Random random) {
        int offset = random.nextInt(8) == 0 ? random.nextInt(Layout.DATA_SIZE) : 0xf00 + random.nextInt(0x200);
        return Layout.DATA + (offset & (random.nextInt(4) == 0 ? -1 : -4));
    }

    /** What {@link #parse} reads. */
    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(".");
        for (int instruction : code) {
            words.add(Integer.toHexString(instruction));
        }
        return String.format(
                Locale.ROOT, "%s,%s,%s,%d,%s", thumb ? "thumb" : "a32", world.name(mode), profile, seed, words);
    }

    /** The trial that {@link #toString} wrote. */
    static Trial parse(String text) {
        String[] parts = text.split(",");
        World world = parts[1].startsWith(World.SECURE.prefix) ? World.SECURE : World.NONSECURE;
        int mode = IntStream.range(0, world.modes())
                .map(world::mode)
                .filter(m -> world.name(m).equals(parts[1]))
                .findFirst()
                .orElseThrow();
        int[] code = Arrays.stream(parts[4].split("\\."))
                .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
                .toArray();
        return new Trial(
                world, parts[0].equals("thumb"), code, mode, Profile.valueOf(parts[2]), Integer.parseInt(parts[3]));
    }
}
