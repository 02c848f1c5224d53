package dev.hyptrace.emulator.floatingpoint;

/** The floating-point formats. Values are bits, zero-extended to 64. */
public enum Format {
    /** IEEE half precision. */
    HALF(5, 10, 31),
    /** Half precision without infinities and NaNs, in favour of numbers up to 131008. */
    ALTERNATIVE_HALF(5, 10, 32),
    SINGLE(8, 23, 255),
    DOUBLE(11, 52, 2047);

    /** The bit of a significand that {@link #significand} makes the highest. */
    static final int TOP = 62;

    private final int width;
    private final int fractionBits;
    private final int bias;
    private final int endExponent;
    private final long signBit;

    /**
     * @param endExponent the first biased exponent that no number has
     */
    Format(int exponentBits, int fractionBits, int endExponent) {
        this.width = 1 + exponentBits + fractionBits;
        this.fractionBits = fractionBits;
        this.bias = (1 << exponentBits - 1) - 1;
        this.endExponent = endExponent;
        this.signBit = 1L << width - 1;
    }

    /** How many bits a value has. */
    public int width() {
        return width;
    }

    int fractionBits() {
        return fractionBits;
    }

    int bias() {
        return bias;
    }

    int endExponent() {
        return endExponent;
    }

    public boolean isNegative(long bits) {
        return (bits & signBit) != 0;
    }

    /** The value without its sign. */
    public long absolute(long bits) {
        return bits & ~signBit;
    }

    /** The value with the other sign, also of a NaN. */
    public long negated(long bits) {
        return bits ^ signBit;
    }

    public boolean isNan(long bits) {
        return absolute(bits) > infinity(false);
    }

    /** Whether it is a NaN that signals. */
    public boolean isSignalling(long bits) {
        return isNan(bits) && (bits & quietBit()) == 0;
    }

    public boolean isInfinity(long bits) {
        return absolute(bits) == infinity(false);
    }

    public boolean isZero(long bits) {
        return absolute(bits) == 0;
    }

    boolean isDenormal(long bits) {
        return !isZero(bits) && absolute(bits) >>> fractionBits == 0;
    }

    /** Whether it is finite, and above the smallest normal number: nothing has overflowed or underflowed. */
    boolean isWithinRange(long bits) {
        return absolute(bits) > 1L << fractionBits && absolute(bits) < infinity(false);
    }

    public long zero(boolean negative) {
        return negative ? signBit : 0;
    }

    public long infinity(boolean negative) {
        return zero(negative) | (long) endExponent << fractionBits;
    }

    /** The finite number of largest magnitude. */
    long largest(boolean negative) {
        return zero(negative) | ((long) endExponent << fractionBits) - 1;
    }

    /** The NaN that operations on numbers give. */
    public long defaultNan() {
        return infinity(false) | quietBit();
    }

    long quietBit() {
        return 1L << fractionBits - 1;
    }

    /** The fraction field. */
    long fraction(long bits) {
        return bits & (1L << fractionBits) - 1;
    }

    private int biasedExponent(long bits) {
        return (int) (absolute(bits) >>> fractionBits);
    }

    /** The exponent of the highest bit of a finite number other than zero. */
    int exponent(long bits) {
        int biased = biasedExponent(bits);
        return biased != 0 ? biased - bias : 1 - bias - fractionBits + 63 - Long.numberOfLeadingZeros(fraction(bits));
    }

    /** The significand of a finite number other than zero, its highest bit being bit {@value #TOP}. */
    long significand(long bits) {
        long implicit = biasedExponent(bits) == 0 ? 0 : 1L << fractionBits;
        long all = fraction(bits) | implicit;
        return all << Long.numberOfLeadingZeros(all) - 1;
    }
}
