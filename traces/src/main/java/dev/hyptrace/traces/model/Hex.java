package dev.hyptrace.traces.model;

/** Hexadecimal text of 32-bit words, as every message and report of hyptrace prints them. */
public final class Hex {
    private static final String DIGITS = "0123456789abcdef";

    private Hex() {}

    /** {@code 0x} and eight digits. */
    public static String word(int value) {
        return "0x" + digits(value);
    }

    /** Eight digits without a prefix. */
    public static String digits(int value) {
        char[] text = new char[8];
        for (int i = 0; i < 8; i++) {
            text[i] = DIGITS.charAt(value >>> (28 - 4 * i) & 0xf);
        }
        return new String(text);
    }
}
