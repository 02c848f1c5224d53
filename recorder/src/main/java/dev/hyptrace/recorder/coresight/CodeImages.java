package dev.hyptrace.recorder.coresight;

import java.util.List;

/**
 * What memory held where instructions were executed, as far as it is known. Where pieces overlap, the first of them
 * counts.
 */
public final class CodeImages {
    private static final CodeImages NONE = new CodeImages(List.of());
    private static final int FIRST_WIDE = 0xe800;

    private final List<CodeImage> pieces;

    private CodeImages(List<CodeImage> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /** No code is known. */
    public static CodeImages none() {
        return NONE;
    }

    /** These pieces. */
    public static CodeImages of(List<CodeImage> pieces) {
        return pieces.isEmpty() ? NONE : new CodeImages(pieces);
    }

    /** Whether there is no code at all. */
    public boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** The A32 instruction at an address, or -1 where memory is not known. */
    long word(int address) {
        long low = halfword(address);
        long high = halfword(address + 2);
        return (low | high) < 0 ? -1 : high << 16 | low;
    }

    /** The halfword at an address, or -1 where memory is not known. */
    int halfword(int address) {
        for (CodeImage piece : pieces) {
            if (piece.holds(address, 2)) {
                return piece.halfword(address);
            }
        }
        return -1;
    }

    /**
     * Whether a Thumb instruction with this first halfword has a second one: DDI 0406C A6.1 "Thumb instruction set
     * encoding".
     */
    public static boolean isWide(int first) {
        return first >= FIRST_WIDE;
    }
}
