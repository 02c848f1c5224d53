package dev.hyptrace.emulator.decode;

/**
 * The T32 encodings of floating-point and Advanced SIMD instructions. They differ from those of A32 in the first byte only:
 * DDI 0406C A7.4 to A7.9.
 *
 * <pre>
 *                                         A32        T32
 *   floating-point                        cccc 11xx  1110 11xx
 *   Advanced SIMD data-processing         1111 001U  111U 1111
 *   Advanced SIMD element load/store      1111 0100  1111 1001
 * </pre>
 */
public final class ExtensionEncodings {
    private static final int FIRST_BYTE = 9;

    private ExtensionEncodings() {}

    /**
     * Whether a word lies where the encodings of the extensions do.
     *
     * @param thumb whether it is a 32-bit Thumb instruction and not one of A32
     */
    public static boolean contains(int word, boolean thumb) {
        boolean coprocessor = (word & 0x0c00_0000) == 0x0c00_0000 && (word & 0x0300_0000) != 0x0300_0000;
        boolean floatingPoint = coprocessor && (word & 0xe00) == 0xa00;
        return thumb
                ? floatingPoint && word >>> 28 == 14
                        || (word & 0xef00_0000) == 0xef00_0000
                        || (word & 0xff10_0000) == 0xf900_0000
                : floatingPoint && word >>> 28 != 15
                        || (word & 0xfe00_0000) == 0xf200_0000
                        || (word & 0xff10_0000) == 0xf400_0000;
    }

    /**
     * The line of T32 for a line of A32. The first byte of its bits must be written as two groups of four.
     *
     * @throws IllegalArgumentException when the first byte is none of the three above
     */
    static String t32(String line) {
        String first = line.substring(0, FIRST_BYTE);
        String rest = line.substring(FIRST_BYTE).replaceFirst("\\| A(\\d) \\|", "| T$1 |");
        if (first.startsWith("cccc 11")) {
            return "1110" + first.substring(4) + rest;
        }
        if (first.startsWith("1111 001")) {
            return "111" + first.charAt(8) + " 1111" + rest;
        }
        if (first.equals("1111 0100")) {
            return "1111 1001" + rest;
        }
        throw new IllegalArgumentException("\"" + first + "\": expected an extension's first byte");
    }
}
