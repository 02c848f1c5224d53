package dev.hyptrace.emulator.floatingpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Arithmetic against Java's where that rounds the same way, against exact decimals where not, and its exceptions. */
class FpArithmeticTest {
    private static final int COUNT = 100_000;
    private static final long SEED = 1;
    private static final Format SINGLE = Format.SINGLE;
    private static final Format DOUBLE = Format.DOUBLE;

    /** Finite numbers: of any exponent, or close to each other so that subtraction cancels. */
    private static double real(Random random, double other) {
        double value =
                switch (random.nextInt(4)) {
                    case 0 -> Double.longBitsToDouble(random.nextLong());
                    case 1 -> Double.longBitsToDouble(Double.doubleToRawLongBits(other) ^ random.nextInt(1 << 12));
                    case 2 -> Double.longBitsToDouble(random.nextLong() & 0x800f_ffff_ffff_ffffL);
                    default -> random.nextDouble() * 4 - 2;
                };
        return Double.isFinite(value) ? value : 1;
    }

    private static float single(Random random, float other) {
        float value =
                switch (random.nextInt(4)) {
                    case 0 -> Float.intBitsToFloat(random.nextInt());
                    case 1 -> Float.intBitsToFloat(Float.floatToRawIntBits(other) ^ random.nextInt(1 << 6));
                    case 2 -> Float.intBitsToFloat(random.nextInt() & 0x807f_ffff);
                    default -> random.nextFloat() * 4 - 2;
                };
        return Float.isFinite(value) ? value : 1;
    }

    private static long bits(double value) {
        return Double.isNaN(value) ? DOUBLE.defaultNan() : Double.doubleToRawLongBits(value);
    }

    private static long bits(float value) {
        return Float.isNaN(value) ? SINGLE.defaultNan() : Float.floatToRawIntBits(value) & 0xffff_ffffL;
    }

    @Test
    void doubles_roundedToNearest_areThoseOfJava() {
        Random random = new Random(SEED);
        for (int i = 0; i < COUNT; i++) {
            double a = real(random, 1);
            double b = real(random, a);
            double c = real(random, -a * b);
            FpEnvironment env = FpEnvironment.of(0);
            String text = a + " " + b + " " + c;
            assertEquals(bits(a + b), FpArithmetic.add(env, DOUBLE, bits(a), bits(b)), text);
            assertEquals(bits(a - b), FpArithmetic.subtract(env, DOUBLE, bits(a), bits(b)), text);
            assertEquals(bits(a * b), FpArithmetic.multiply(env, DOUBLE, bits(a), bits(b)), text);
            assertEquals(bits(a / b), FpArithmetic.divide(env, DOUBLE, bits(a), bits(b)), text);
            assertEquals(bits(Math.sqrt(a)), FpArithmetic.squareRoot(env, DOUBLE, bits(a)), text);
            assertEquals(
                    bits(Math.fma(a, b, c)), FpArithmetic.multiplyAdd(env, DOUBLE, bits(c), bits(a), bits(b)), text);
        }
    }

    @Test
    void singles_roundedToNearest_areThoseOfJava() {
        Random random = new Random(SEED);
        for (int i = 0; i < COUNT; i++) {
            float a = single(random, 1);
            float b = single(random, a);
            float c = single(random, -a * b);
            FpEnvironment env = FpEnvironment.of(0);
            String text = a + " " + b + " " + c;
            assertEquals(bits(a + b), FpArithmetic.add(env, SINGLE, bits(a), bits(b)), text);
            assertEquals(bits(a - b), FpArithmetic.subtract(env, SINGLE, bits(a), bits(b)), text);
            assertEquals(bits(a * b), FpArithmetic.multiply(env, SINGLE, bits(a), bits(b)), text);
            assertEquals(bits(a / b), FpArithmetic.divide(env, SINGLE, bits(a), bits(b)), text);
            assertEquals(bits((float) Math.sqrt(a)), FpArithmetic.squareRoot(env, SINGLE, bits(a)), text);
            assertEquals(
                    bits(Math.fma(a, b, c)), FpArithmetic.multiplyAdd(env, SINGLE, bits(c), bits(a), bits(b)), text);
        }
    }

    /** With Inexact noted, Java's arithmetic may be used: the bits and the exceptions must be those of the integers. */
    @Test
    void hostArithmetic_givesTheSameBitsAndExceptions() {
        Random random = new Random(SEED);
        FpArithmetic.Binary[] operations = {
            FpArithmetic::add, FpArithmetic::subtract, FpArithmetic::multiply, FpArithmetic::divide
        };
        for (int i = 0; i < COUNT; i++) {
            boolean single = random.nextBoolean();
            Format format = single ? SINGLE : DOUBLE;
            long a = single ? bits(single(random, 1)) : bits(real(random, 1));
            long b = single
                    ? bits(single(random, Float.intBitsToFloat((int) a)))
                    : bits(real(random, Double.longBitsToDouble(a)));
            for (FpArithmetic.Binary operation : operations) {
                FpEnvironment exact = FpEnvironment.of(0);
                FpEnvironment host = FpEnvironment.of(Fpscr.IXC);
                assertEquals(operation.apply(exact, format, a, b), operation.apply(host, format, a, b));
                assertEquals(exact.raised() | Fpscr.IXC, host.raised() | Fpscr.IXC, Long.toHexString(a));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RoundingMode.class)
    void sumsAndProducts_inEachMode_areTheNeighbourThatItSays(RoundingMode mode) {
        Random random = new Random(SEED);
        for (int i = 0; i < COUNT / 10; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian() * (1 << random.nextInt(30));
            BigDecimal sum = new BigDecimal(a).add(new BigDecimal(b));
            BigDecimal product = new BigDecimal(a).multiply(new BigDecimal(b));
            assertEquals(
                    bits(rounded(sum, a, b, Double::sum, mode)),
                    FpArithmetic.add(environment(mode), DOUBLE, bits(a), bits(b)),
                    a + " + " + b);
            assertEquals(
                    bits(rounded(product, a, b, (x, y) -> x * y, mode)),
                    FpArithmetic.multiply(environment(mode), DOUBLE, bits(a), bits(b)),
                    a + " * " + b);
        }
    }

    private static FpEnvironment environment(RoundingMode mode) {
        return FpEnvironment.of(mode.ordinal() << Fpscr.RMODE);
    }

    /** From the nearest number to the one on the side that the mode asks for. */
    private static double rounded(BigDecimal exact, double a, double b, DoubleBinaryOperator java, RoundingMode mode) {
        double nearest = java.applyAsDouble(a, b);
        int side = new BigDecimal(nearest).compareTo(exact);
        boolean up = mode == RoundingMode.PLUS_INFINITY || mode == RoundingMode.ZERO && exact.signum() < 0;
        boolean down = mode == RoundingMode.MINUS_INFINITY || mode == RoundingMode.ZERO && exact.signum() > 0;
        if (up && side < 0) {
            return Math.nextUp(nearest);
        }
        return down && side > 0 ? Math.nextDown(nearest) : nearest;
    }

    @ParameterizedTest
    @CsvSource({
        // The operation, operands and FPSCR, the result and what is raised.
        "+, 7f800000, ff800000, 0, 7fc00000, 1",
        "+, 7f800001, 3f800000, 0, 7fc00001, 1",
        "+, 3f800000, ffc00001, 0, ffc00001, 0",
        "+, ffc00001, 7f800002, 0, 7fc00002, 1",
        "+, ffc00001, 3f800000, 2000000, 7fc00000, 0",
        "+, 7f7fffff, 7f7fffff, 0, 7f800000, 14",
        "+, 7f7fffff, 7f7fffff, c00000, 7f7fffff, 14",
        "+, 3f800000, bf800000, 0, 0, 0",
        "+, 3f800000, bf800000, 800000, 80000000, 0",
        "+, 3f800000, 33000000, 0, 3f800000, 10",
        "+, 3f800000, 33000000, 400000, 3f800001, 10",
        "+, 00000001, 00000001, 0, 2, 0",
        "+, 00000001, 00000001, 1000000, 0, 80",
        "*, 00800000, 3f000000, 0, 00400000, 0",
        "*, 00800000, 3f000000, 1000000, 0, 8",
        "*, 00800001, 3f000000, 0, 00400000, 18",
        "*, 00000000, 7f800000, 0, 7fc00000, 1",
        "/, 3f800000, 80000000, 0, ff800000, 2",
        "/, 00000000, 00000000, 0, 7fc00000, 1",
        "/, 7f800000, 7f800000, 0, 7fc00000, 1"
    })
    void exceptions_areNotedAndResultsAsTheManualSays(
            char operation, String a, String b, String fpscr, String result, String raised) {
        FpEnvironment env = FpEnvironment.of(Integer.parseUnsignedInt(fpscr, 16));
        FpArithmetic.Binary binary =
                switch (operation) {
                    case '+' -> FpArithmetic::add;
                    case '*' -> FpArithmetic::multiply;
                    default -> FpArithmetic::divide;
                };

        long actual = binary.apply(env, SINGLE, Long.parseLong(a, 16), Long.parseLong(b, 16));

        assertEquals(result.replaceFirst("^0+(?=.)", ""), Long.toHexString(actual));
        assertEquals(Integer.parseInt(raised, 16), env.raised());
    }

    @Test
    void zeroTimesInfinityPlusQuietNan_isInvalidAndTheDefaultNan() {
        FpEnvironment env = FpEnvironment.of(0);

        assertEquals(
                SINGLE.defaultNan(), FpArithmetic.multiplyAdd(env, SINGLE, 0xffc0_1234L, 0, SINGLE.infinity(false)));
        assertEquals(Fpscr.IOC, env.raised());
    }

    @Test
    void squareRoot_ofNegativeNumber_isInvalid() {
        FpEnvironment env = FpEnvironment.of(0);

        assertEquals(DOUBLE.defaultNan(), FpArithmetic.squareRoot(env, DOUBLE, bits(-1.0)));
        assertEquals(DOUBLE.zero(true), FpArithmetic.squareRoot(env, DOUBLE, bits(-0.0)));
        assertTrue(env.raised() == Fpscr.IOC);
    }
}
