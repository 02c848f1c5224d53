package dev.hyptrace.emulator.simd;

/** Polynomials over {0, 1}: PolynomialMult(). */
public final class Polynomial {
    private Polynomial() {}

    /** The product of two polynomials of 8 bits, of up to 15 bits. */
    public static long product(long n, long m) {
        long product = 0;
        for (int bit = 0; bit < 8; bit++) {
            product ^= (n >>> bit & 1) == 0 ? 0 : (m & 0xff) << bit;
        }
        return product;
    }
}
