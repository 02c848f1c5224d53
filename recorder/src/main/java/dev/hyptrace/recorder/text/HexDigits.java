package dev.hyptrace.recorder.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads eight digits at once: a trace has little else. */
public final class HexDigits {
    /** How many digits {@link #word} reads. */
    public static final int WORD = 8;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long LOW_NIBBLES = 0x0f * EACH;
    private static final long ZEROS = '0' * EACH;
    private static final long ABOVE_FIFTEEN = 0x10 * EACH;
    /** What has to be added to a value of 10 to 15, past {@code '0'}, to come to its small letter. */
    private static final long LETTER = 'a' - '0' - 10;

    /** Brings bit 7 of a byte to 1 when the byte is above 9, and below 0x80. */
    private static final long TO_TOP = (0x80 - 10) * EACH;

    private static final long TOP_BITS = 0x8080_8080_8080_8080L;

    private HexDigits() {}

    /**
     * The number of the eight digits at this place, of either letter case.
     *
     * @param at at least eight bytes before the end of the array
     * @return a negative number when not all of them are digits
     */
    public static long word(byte[] line, int at) {
        long text = (long) LONG.get(line, at);
        long letters = text >>> 6 & EACH;
        long values = (text & LOW_NIBBLES) + letters * 9;
        // What these values are written as has to be what stands there, but for the letter case.
        long aboveNine = values + 6 * EACH >>> 4 & EACH;
        if ((values & ABOVE_FIFTEEN) != 0 || values + ZEROS + aboveNine * LETTER != (text | letters << 5)) {
            return -1;
        }
        long octets = (values << 4) + (values >>> 8) & 0x00ff_00ff_00ff_00ffL;
        long halfwords = (octets << 8) + (octets >>> 16) & 0x0000_ffff_0000_ffffL;
        return (halfwords << 16) + (halfwords >>> 32) & 0xffff_ffffL;
    }

    /** How many decimal digits stand at this place in the line, whose end is not looked beyond. */
    public static int decimalDigits(byte[] line, int at, int end) {
        int position = at;
        while (position <= end - WORD) {
            long text = (long) LONG.get(line, position) ^ ZEROS;
            long others = ((text & ~TOP_BITS) + TO_TOP | text) & TOP_BITS;
            if (others != 0) {
                return position - at + (Long.numberOfTrailingZeros(others) >>> 3);
            }
            position += WORD;
        }
        while (position < end && line[position] >= '0' && line[position] <= '9') {
            position++;
        }
        return position - at;
    }
}
