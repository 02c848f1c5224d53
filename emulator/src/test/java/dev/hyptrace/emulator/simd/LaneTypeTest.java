package dev.hyptrace.emulator.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.emulator.floatingpoint.Fpscr;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saturation and shifts of all sizes against numbers without limits. */
class LaneTypeTest {
    private final SimdStatus status = new SimdStatus(0);

    private static BigInteger number(LaneType type, long value) {
        BigInteger signed = BigInteger.valueOf(value);
        return type.unsigned() && value < 0 ? signed.add(BigInteger.ONE.shiftLeft(64)) : signed;
    }

    private static long saturated(LaneType type, BigInteger value) {
        BigInteger least =
                type.unsigned() ? BigInteger.ZERO : BigInteger.ONE.negate().shiftLeft(type.size() - 1);
        BigInteger greatest = least.add(BigInteger.ONE.shiftLeft(type.size())).subtract(BigInteger.ONE);
        return value.max(least).min(greatest).longValue();
    }

    private static long lane(LaneType type, Random random) {
        Elements elements = new Elements(0, type.size(), type.unsigned());
        long bits = random.nextInt(4) == 0 ? -random.nextInt(2) ^ 1L << 63 >> random.nextInt(64) : random.nextLong();
        return elements.get(new long[] {bits}, 0);
    }

    @ParameterizedTest
    @CsvSource({"8, false", "8, true", "16, false", "16, true", "32, false", "32, true", "64, false", "64, true"})
    void saturatedResults_areTheNearestNumbersOfTheType(int size, boolean unsigned) {
        LaneType type = new LaneType(size, unsigned);
        Random random = new Random(size);
        for (int i = 0; i < 20_000; i++) {
            long n = lane(type, random);
            long m = lane(type, random);
            int amount = random.nextInt(size + 8);
            assertEquals(saturated(type, number(type, n).add(number(type, m))), type.sum(status, n, m));
            assertEquals(saturated(type, number(type, n).subtract(number(type, m))), type.difference(status, n, m));
            assertEquals(saturated(type, number(type, n).shiftLeft(amount)), type.left(status, n, amount));
            assertEquals(number(type, n).shiftRight(amount).longValue(), type.right(n, amount));
            BigInteger half = amount == 0 ? BigInteger.ZERO : BigInteger.ONE.shiftLeft(amount - 1);
            assertEquals(number(type, n).add(half).shiftRight(amount).longValue(), type.rightRounded(n, amount));
        }
    }

    @Test
    void saturation_isNoted() {
        LaneType type = new LaneType(16, false);

        assertEquals(32767, type.sum(status, 32767, 0));
        assertEquals(0, status.raised());
        assertEquals(32767, type.sum(status, 32767, 1));
        assertEquals(Fpscr.QC, status.raised());
    }

    @Test
    void polynomials_areMultipliedWithoutCarry() {
        assertEquals(0x5555, Polynomial.product(0xff, 0xff));
        assertEquals(0x1b, Polynomial.product(0x9, 0x3));
    }
}
