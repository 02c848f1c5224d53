package dev.hyptrace.emulator.lockstep;

import java.util.Random;

/** Accesses to system registers of which what they write changes nothing that other instructions depend on. */
final class CoprocessorTransfers {
    /** opc1, CRn, CRm, opc2: TPIDRURW, TPIDRURO, TPIDRPRW, fault status and addresses, barriers. */
    private static final int[][] WRITTEN = {
        {0, 13, 0, 2},
        {0, 13, 0, 3},
        {0, 13, 0, 4},
        {0, 5, 0, 0},
        {0, 5, 0, 1},
        {0, 6, 0, 0},
        {0, 6, 0, 2},
        {4, 6, 0, 0},
        {4, 6, 0, 2},
        {0, 7, 10, 4},
        {0, 7, 10, 5},
        {0, 7, 5, 4}
    };
    /** Identification, control, translation, and Hyp mode's. */
    private static final int[][] READ = {
        {0, 0, 0, 0},
        {0, 0, 0, 1},
        {0, 0, 0, 5},
        {0, 0, 1, 0},
        {0, 0, 1, 4},
        {0, 0, 2, 0},
        {0, 1, 0, 0},
        {0, 1, 0, 2},
        {0, 2, 0, 0},
        {0, 2, 0, 2},
        {0, 3, 0, 0},
        {0, 12, 0, 0},
        {1, 0, 0, 1},
        {4, 1, 0, 0},
        {4, 1, 1, 0},
        {4, 2, 0, 2},
        {4, 12, 0, 0}
    };

    /** Of the Secure world besides: SCR, SDER, TTBR1, PRRR, NMRR, CONTEXTIDR, PAR, CSSELR. */
    private static final int[][] SECURE_WRITTEN = {
        {0, 1, 1, 0},
        {0, 1, 1, 1},
        {0, 2, 0, 1},
        {0, 10, 2, 0},
        {0, 10, 2, 1},
        {0, 13, 0, 1},
        {0, 7, 4, 0},
        {2, 0, 0, 0}
    };
    /** SCR, SDER, NSACR, MVBAR. */
    private static final int[][] SECURE_READ = {{0, 1, 1, 0}, {0, 1, 1, 1}, {0, 1, 1, 2}, {0, 12, 0, 1}};

    private CoprocessorTransfers() {}

    /** The same instruction with another register: of CP15 in half of them, of a coprocessor that is not there in others. */
    static int harmless(World world, int word, String semantics, Random random) {
        if (random.nextBoolean() || semantics.equals("mcrr")) {
            return word & ~0xf00 | random.nextInt(10) << 8;
        }
        if (semantics.equals("mrrc")) {
            return word & ~0xfff | 0xf02;
        }
        boolean read = semantics.equals("mrc") && random.nextBoolean();
        int[] register = world == World.SECURE && random.nextInt(2) == 0
                ? any(read ? SECURE_READ : SECURE_WRITTEN, random)
                : any(read ? READ : WRITTEN, random);
        return word & ~0x00ef_0fef | 0xf00 | register[0] << 21 | register[1] << 16 | register[2] | register[3] << 5;
    }

    private static int[] any(int[][] registers, Random random) {
        return registers[random.nextInt(registers.length)];
    }
}
