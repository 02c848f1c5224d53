package dev.hyptrace.emulator.floatingpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversions against Java's, and every half-precision value there and back. */
class FpConversionTest {
    private static final FixedFormat SIGNED = new FixedFormat(32, false, 0);

    private static long bits(float value) {
        return Float.floatToRawIntBits(value) & 0xffff_ffffL;
    }

    @Test
    void doublesAndIntegers_areConvertedAsJavaDoes() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong() & 0xbfff_ffff_ffff_ffffL | 0x3800_0000_0000_0000L);
            long bits = Double.doubleToRawLongBits(value);
            int integer = random.nextInt() >> random.nextInt(32);
            FpEnvironment env = FpEnvironment.of(0);
            assertEquals(bits((float) value), FpConversion.convert(env, Format.DOUBLE, Format.SINGLE, bits));
            assertEquals(
                    (int) value, FpConversion.toFixed(env, Format.DOUBLE, bits, SIGNED, RoundingMode.ZERO), "" + value);
            assertEquals(
                    bits((float) integer),
                    FpConversion.fromFixed(env, Format.SINGLE, integer, 0, RoundingMode.NEAREST));
        }
    }

    @Test
    void everyHalf_comesBackFromSingle() {
        for (long half = 0; half < 0x1_0000; half++) {
            for (int ahp = 0; ahp <= Fpscr.AHP; ahp += Fpscr.AHP) {
                FpEnvironment env = FpEnvironment.of(ahp);
                long single = FpConversion.fromHalf(env, half);
                boolean signalling = ahp == 0 && Format.HALF.isSignalling(half);
                assertEquals(signalling ? half | 0x200 : half, FpConversion.toHalf(env, single));
                assertEquals(signalling ? Fpscr.IOC : 0, env.raised());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // A single, the width, sign, fraction bits and mode of the fixed-point number, the number and what is raised.
        "3fc00000, 32, false, 0, NEAREST, 2, 10",
        "40200000, 32, false, 0, NEAREST, 2, 10",
        "bfc00000, 32, false, 0, ZERO, -1, 10",
        "bf000000, 32, true, 0, ZERO, 0, 10",
        "bf800000, 32, true, 0, ZERO, 0, 1",
        "4f800000, 32, true, 0, ZERO, 4294967295, 1",
        "4f000000, 32, false, 0, ZERO, 2147483647, 1",
        "cf000000, 32, false, 0, ZERO, -2147483648, 0",
        "7fc00000, 32, false, 0, ZERO, 0, 1",
        "ff800000, 16, false, 4, ZERO, -32768, 1",
        "3f900000, 16, true, 3, ZERO, 9, 0",
        "00000001, 32, false, 0, PLUS_INFINITY, 1, 10",
        "80000001, 32, false, 0, MINUS_INFINITY, -1, 10"
    })
    void fixedPoint_isRoundedAndSaturated(
            String single,
            int width,
            boolean unsigned,
            int fractionBits,
            RoundingMode mode,
            long value,
            String raised) {
        FpEnvironment env = FpEnvironment.of(0);
        FixedFormat fixed = new FixedFormat(width, unsigned, fractionBits);

        assertEquals(value, FpConversion.toFixed(env, Format.SINGLE, Long.parseLong(single, 16), fixed, mode));
        assertEquals(Integer.parseInt(raised, 16), env.raised());
    }
}
