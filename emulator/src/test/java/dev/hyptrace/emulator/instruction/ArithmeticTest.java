package dev.hyptrace.emulator.instruction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manual's functions on values: by example, and against big integers. */
class ArithmeticTest {
    private static final long SEED = 11;
    private static final int[] EDGES = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7fff, 0x8000, 0xffff_8000};

    @Test
    void addWithCarry_hasTheCarryAndOverflowOfTheExactSums() {
        for (int x : EDGES) {
            for (int y : EDGES) {
                for (int carryIn = 0; carryIn <= 1; carryIn++) {
                    int result = x + y + carryIn;
                    BigInteger unsigned =
                            big(x & 0xffff_ffffL).add(big(y & 0xffff_ffffL)).add(big(carryIn));
                    long signed = (long) x + y + carryIn;
                    String operands = x + " + " + y + " + " + carryIn;
                    assertEquals(unsigned.testBit(32) ? 1 : 0, Arithmetic.carryOfAdd(x, y, carryIn), operands);
                    assertEquals(signed != result, Arithmetic.overflowOfAdd(x, y, result) < 0, operands);
                }
            }
        }
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    @ParameterizedTest
    @CsvSource({
        // type (LSL, LSR, ASR, ROR, RRX), value, amount, carry in, result, carry out
        "0, 80000001, 0, 1, 80000001, 1",
        "0, 80000001, 1, 0, 00000002, 1",
        "0, 80000001, 31, 1, 80000000, 0",
        "0, 80000001, 32, 0, 00000000, 1",
        "0, 80000001, 33, 1, 00000000, 0",
        "1, 80000001, 0, 1, 80000001, 1",
        "1, 80000001, 1, 0, 40000000, 1",
        "1, 80000001, 32, 0, 00000000, 1",
        "1, 80000001, 33, 1, 00000000, 0",
        "2, 80000001, 1, 0, c0000000, 1",
        "2, 80000001, 32, 0, ffffffff, 1",
        "2, 80000001, 255, 0, ffffffff, 1",
        "2, 7fffffff, 40, 1, 00000000, 0",
        "3, 80000001, 1, 0, c0000000, 1",
        "3, 80000001, 32, 0, 80000001, 1",
        "3, 00000001, 32, 1, 00000001, 0",
        "3, 00000001, 64, 1, 00000001, 0",
        "3, 00000001, 33, 0, 80000000, 1",
        "4, 00000001, 1, 1, 80000000, 1",
        "4, 00000002, 1, 0, 00000001, 0"
    })
    void shift_byAnyAmount_hasResultAndCarry(
            int type, String value, int amount, int carryIn, String result, int carryOut) {
        int x = Integer.parseUnsignedInt(value, 16);
        assertEquals(Integer.parseUnsignedInt(result, 16), Arithmetic.shift(x, type, amount, carryIn));
        assertEquals(carryOut, Arithmetic.shiftCarry(x, type, amount, carryIn));
    }

    @Test
    void signedSat_isTheNearestNumberOfSoManyBits() {
        Random random = new Random(SEED);
        for (int bits = 1; bits <= 32; bits++) {
            BigInteger limit = BigInteger.ONE.shiftLeft(bits - 1);
            for (int i = 0; i < 200; i++) {
                long value = i == 0 ? limit.longValue() : random.nextLong() >> random.nextInt(64);
                BigInteger expected = big(value).max(limit.negate()).min(limit.subtract(BigInteger.ONE));
                assertEquals(expected.longValue(), Arithmetic.signedSat(value, bits), value + " to " + bits);
            }
        }
    }

    @Test
    void unsignedSat_isTheNearestNumberOfSoManyBits() {
        Random random = new Random(SEED);
        for (int bits = 0; bits <= 31; bits++) {
            BigInteger limit = BigInteger.ONE.shiftLeft(bits);
            for (int i = 0; i < 200; i++) {
                int value = i == 0 ? limit.intValue() : random.nextInt() >> random.nextInt(32);
                BigInteger expected = big(value).max(BigInteger.ZERO).min(limit.subtract(BigInteger.ONE));
                assertEquals(expected.longValue(), Arithmetic.unsignedSat(value, bits), value + " to " + bits);
            }
        }
    }
}
