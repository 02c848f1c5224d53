package dev.hyptrace.emulator.oracle;

import java.util.Random;

/** D0 to D31 and FPSCR. */
final class ExtensionState {
    static final int REGISTERS = 32;

    /** RMode, FZ, DN, AHP, QC, the flags and the cumulative bits. */
    private static final int FPSCR = 0xffc0_009f;

    private static final int SHORT_VECTORS = 0x0037_0000;

    private static final int[] SINGLES = {
        0x0000_0000, 0x8000_0000, 0x3f80_0000, 0xbf80_0000, 0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 0x7f80_0001,
        0xffc1_2345, 0xff9a_bcde, 0x0000_0001, 0x807f_ffff, 0x0080_0000, 0x8080_0001, 0x7f7f_ffff, 0xff7f_ffff,
        0x4f00_0000, 0xcf00_0000, 0x4f7f_ffff, 0x4f80_0000, 0x3f00_0000, 0x3f7f_ffff, 0x4b00_0001, 0x4780_0000,
        0x3380_0000, 0x3800_0000, 0x387f_e000, 0x477f_e000, 0x477f_f000, 0x0040_0000, 0x7e80_0000, 0x4000_0000
    };
    private static final long[] DOUBLES = {
        0x0000_0000_0000_0000L, 0x8000_0000_0000_0000L, 0x3ff0_0000_0000_0000L, 0xbff0_0000_0000_0000L,
        0x7ff0_0000_0000_0000L, 0xfff0_0000_0000_0000L, 0x7ff8_0000_0000_0000L, 0x7ff0_0000_0000_0001L,
        0xfff8_1234_5678_9abcL, 0xfff4_0000_dead_beefL, 0x0000_0000_0000_0001L, 0x800f_ffff_ffff_ffffL,
        0x0010_0000_0000_0000L, 0x8010_0000_0000_0001L, 0x7fef_ffff_ffff_ffffL, 0xffef_ffff_ffff_ffffL,
        0x41df_ffff_ffc0_0000L, 0xc1e0_0000_0000_0000L, 0x41ef_ffff_ffe0_0000L, 0xc1e0_0000_0020_0000L,
        0x3fe0_0000_0000_0000L, 0x3fdf_ffff_ffff_ffffL, 0x47ef_ffff_f000_0000L, 0x47ef_ffff_e000_0001L,
        0x3810_0000_0000_0000L, 0x380f_ffff_ffff_ffffL, 0x36a0_0000_0000_0000L, 0x3690_0000_0000_0000L,
        0x0008_0000_0000_0000L, 0x4330_0000_0000_0001L, 0x3ca0_0000_0000_0000L, 0x4000_0000_0000_0000L
    };
    private static final int[] BYTES = {0, 1, 0x7f, 0x80, 0x81, 0xff, 0xfe, 8, 0xf8, 0x10, 0x20, 0xe0};

    final long[] d;
    final int fpscr;

    ExtensionState(long[] d, int fpscr) {
        this.d = d;
        this.fpscr = fpscr;
    }

    /** Registers whose values are of one kind: singles, doubles, integers or anything. */
    static ExtensionState random(Random random) {
        long[] d = new long[REGISTERS];
        int kind = random.nextInt(8);
        for (int i = 0; i < REGISTERS; i++) {
            d[i] = value(kind, random, i == 0 ? 0 : d[random.nextInt(i)]);
        }
        int control = random.nextInt() & FPSCR & (random.nextInt(4) == 0 ? -1 : ~(7 << 24));
        return new ExtensionState(d, random.nextInt(64) == 0 ? control | random.nextInt() & SHORT_VECTORS : control);
    }

    private static long value(int kind, Random random, long other) {
        return switch (kind) {
            case 0, 1, 2 -> single(random, other) << 32 | single(random, other >>> 32);
            case 3, 4 -> real(random, other);
            case 5, 6 -> integers(random);
            default -> random.nextLong();
        };
    }

    private static long single(Random random, long other) {
        int bits =
                switch (random.nextInt(5)) {
                    case 0, 1 -> SINGLES[random.nextInt(SINGLES.length)];
                    case 2 -> random.nextInt();
                    case 3 -> (int) other ^ random.nextInt() >>> 8 + random.nextInt(24);
                    default -> random.nextInt() & 0x83ff_ffff | 0x3c00_0000 + (random.nextInt(8) << 23);
                };
        return bits & 0xffff_ffffL;
    }

    private static long real(Random random, long other) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> DOUBLES[random.nextInt(DOUBLES.length)];
            case 2 -> random.nextLong();
            case 3 -> other ^ random.nextLong() >>> 11 + random.nextInt(53);
            default -> random.nextLong() & 0x803f_ffff_ffff_ffffL | 0x3fc0_0000_0000_0000L;
        };
    }

    private static long integers(Random random) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            int bits = random.nextInt(3) == 0 ? random.nextInt(256) : BYTES[random.nextInt(BYTES.length)];
            value = value << 8 | bits;
        }
        return value;
    }
}
