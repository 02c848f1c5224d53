package dev.hyptrace.emulator.floatingpoint;

/**
 * What FPSCR says of one instruction's arithmetic, and the cumulative exception bits that the arithmetic sets.
 */
public final class FpEnvironment {
    /** FZ and DN set, rounding to nearest: what Advanced SIMD uses in any case. */
    private static final int STANDARD = Fpscr.FZ | Fpscr.DN;

    private final int control;
    private final RoundingMode rounding;
    private final boolean host;
    private int raised;

    private FpEnvironment(int control) {
        this.control = control;
        this.rounding = RoundingMode.of(control);
        this.host = rounding == RoundingMode.NEAREST && (control & (Fpscr.FZ | Fpscr.IXC)) == Fpscr.IXC;
    }

    /** The environment of a VFP instruction. */
    public static FpEnvironment of(int fpscr) {
        return new FpEnvironment(fpscr);
    }

    /** The environment of an Advanced SIMD instruction: StandardFPSCRValue(). */
    public static FpEnvironment standard(int fpscr) {
        return new FpEnvironment(fpscr & Fpscr.AHP | STANDARD);
    }

    /** The cumulative exception bits that were set. */
    public int raised() {
        return raised;
    }

    void raise(int bits) {
        raised |= bits;
    }

    /** The rounding mode of FPSCR. */
    public RoundingMode rounding() {
        return rounding;
    }

    boolean flushesToZero() {
        return (control & Fpscr.FZ) != 0;
    }

    /** The half-precision format that FPSCR selects. */
    public Format half() {
        return (control & Fpscr.AHP) != 0 ? Format.ALTERNATIVE_HALF : Format.HALF;
    }

    /**
     * Whether Java's arithmetic gives the same bits, if its result is within range: it rounds to nearest and keeps
     * denormals, and the only exception that such a result can come with is Inexact, which is already noted.
     */
    boolean isHost() {
        return host;
    }

    /** An operand as arithmetic sees it: a denormal one is zero in flush-to-zero mode. */
    long operand(Format format, long bits) {
        if (flushesToZero() && format.isDenormal(bits)) {
            raise(Fpscr.IDC);
            return format.zero(format.isNegative(bits));
        }
        return bits;
    }

    /** An invalid operation's result. */
    long invalid(Format format) {
        raise(Fpscr.IOC);
        return format.defaultNan();
    }

    /** FPProcessNaN(): a NaN as a result. */
    long nan(Format format, long bits) {
        if (format.isSignalling(bits)) {
            raise(Fpscr.IOC);
        }
        return (control & Fpscr.DN) != 0 ? format.defaultNan() : bits | format.quietBit();
    }

    /** FPProcessNaNs(): the result of an operation on two operands of which one at least is a NaN. */
    long nan(Format format, long a, long b) {
        if (format.isSignalling(a) || format.isNan(a) && !format.isSignalling(b)) {
            return nan(format, a);
        }
        return nan(format, b);
    }

    /** FPProcessNaNs3(): of three operands. */
    long nan(Format format, long a, long b, long c) {
        if (format.isSignalling(a)) {
            return nan(format, a);
        }
        boolean laterSignals = format.isSignalling(b) || format.isSignalling(c);
        return format.isNan(a) && !laterSignals ? nan(format, a) : nan(format, b, c);
    }
}
