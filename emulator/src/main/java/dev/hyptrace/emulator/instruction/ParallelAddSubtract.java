package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/**
 * Parallel addition and subtraction: two halfwords or four bytes at once, in six kinds, and what goes with them: SEL, USAD8
 * and USADA8.
 *
 * <p>ASX adds the upper and subtracts the lower halfwords after exchanging those of Rm; SAX does it the other way round.
 */
final class ParallelAddSubtract {
    private ParallelAddSubtract() {}

    /** What becomes of the exact sum or difference of a lane. */
    private enum Kind {
        /** Wraps; GE tells lanes that are not negative. */
        SIGNED(true, true),
        SIGNED_SATURATING(true, false),
        SIGNED_HALVING(true, false),
        /** Wraps; GE tells sums that carry and differences that do not borrow. */
        UNSIGNED(false, true),
        UNSIGNED_SATURATING(false, false),
        UNSIGNED_HALVING(false, false);

        final boolean signed;
        final boolean setsGe;

        Kind(boolean signed, boolean setsGe) {
            this.signed = signed;
            this.setsGe = setsGe;
        }

        int lane(int value, int index, int bits) {
            int shifted = value << 32 - (index + 1) * bits;
            return signed ? shifted >> 32 - bits : shifted >>> 32 - bits;
        }

        int result(int exact, int bits) {
            return switch (this) {
                case SIGNED, UNSIGNED -> exact;
                case SIGNED_SATURATING -> Arithmetic.signedSat(exact, bits);
                case UNSIGNED_SATURATING -> Arithmetic.unsignedSat(exact, bits);
                case SIGNED_HALVING, UNSIGNED_HALVING -> exact >> 1;
            };
        }

        boolean ge(int exact, int bits, boolean sum) {
            return this == UNSIGNED && sum ? exact >>> bits != 0 : exact >= 0;
        }
    }

    /**
     * The operation on lanes of a width.
     *
     * @param sums bit {@code i} is set if lane {@code i} is added, clear if it is subtracted
     * @param exchange 1 if lane {@code i} of Rn goes with the other lane of Rm, else 0
     */
    private static Operation lanes(Kind kind, int bits, int sums, int exchange, int d, int n, int m) {
        return Operation.of(cpu -> cpu.r[d] = compute(cpu, kind, bits, sums, exchange, cpu.r[n], cpu.r[m]));
    }

    private static int compute(Cpu cpu, Kind kind, int bits, int sums, int exchange, int x, int y) {
        int result = 0;
        int ge = 0;
        int laneMask = (1 << bits) - 1;
        int geOfLane = (1 << bits / 8) - 1;
        for (int i = 0; i < 32 / bits; i++) {
            boolean sum = (sums >>> i & 1) != 0;
            int left = kind.lane(x, i, bits);
            int right = kind.lane(y, i ^ exchange, bits);
            int exact = sum ? left + right : left - right;
            result |= (kind.result(exact, bits) & laneMask) << i * bits;
            ge |= kind.ge(exact, bits, sum) ? geOfLane << i * bits / 8 : 0;
        }
        if (kind.setsGe) {
            cpu.ge = ge;
        }
        return result;
    }

    private static Operation add16(Kind kind, int d, int n, int m) {
        return lanes(kind, 16, 0b11, 0, d, n, m);
    }

    private static Operation asx(Kind kind, int d, int n, int m) {
        return lanes(kind, 16, 0b10, 1, d, n, m);
    }

    private static Operation sax(Kind kind, int d, int n, int m) {
        return lanes(kind, 16, 0b01, 1, d, n, m);
    }

    private static Operation sub16(Kind kind, int d, int n, int m) {
        return lanes(kind, 16, 0b00, 0, d, n, m);
    }

    private static Operation add8(Kind kind, int d, int n, int m) {
        return lanes(kind, 8, 0b1111, 0, d, n, m);
    }

    private static Operation sub8(Kind kind, int d, int n, int m) {
        return lanes(kind, 8, 0b0000, 0, d, n, m);
    }

    // ---- signed --------------------------------------------------------------------------------------------------

    /** SADD16. */
    static Operation sadd16(int d, int n, int m) {
        return add16(Kind.SIGNED, d, n, m);
    }

    /** SASX. */
    static Operation sasx(int d, int n, int m) {
        return asx(Kind.SIGNED, d, n, m);
    }

    /** SSAX. */
    static Operation ssax(int d, int n, int m) {
        return sax(Kind.SIGNED, d, n, m);
    }

    /** SSUB16. */
    static Operation ssub16(int d, int n, int m) {
        return sub16(Kind.SIGNED, d, n, m);
    }

    /** SADD8. */
    static Operation sadd8(int d, int n, int m) {
        return add8(Kind.SIGNED, d, n, m);
    }

    /** SSUB8. */
    static Operation ssub8(int d, int n, int m) {
        return sub8(Kind.SIGNED, d, n, m);
    }

    // ---- signed, saturating ---------------------------------------------------------------------------------------

    /** QADD16. */
    static Operation qadd16(int d, int n, int m) {
        return add16(Kind.SIGNED_SATURATING, d, n, m);
    }

    /** QASX. */
    static Operation qasx(int d, int n, int m) {
        return asx(Kind.SIGNED_SATURATING, d, n, m);
    }

    /** QSAX. */
    static Operation qsax(int d, int n, int m) {
        return sax(Kind.SIGNED_SATURATING, d, n, m);
    }

    /** QSUB16. */
    static Operation qsub16(int d, int n, int m) {
        return sub16(Kind.SIGNED_SATURATING, d, n, m);
    }

    /** QADD8. */
    static Operation qadd8(int d, int n, int m) {
        return add8(Kind.SIGNED_SATURATING, d, n, m);
    }

    /** QSUB8. */
    static Operation qsub8(int d, int n, int m) {
        return sub8(Kind.SIGNED_SATURATING, d, n, m);
    }

    // ---- signed, halving ------------------------------------------------------------------------------------------

    /** SHADD16. */
    static Operation shadd16(int d, int n, int m) {
        return add16(Kind.SIGNED_HALVING, d, n, m);
    }

    /** SHASX. */
    static Operation shasx(int d, int n, int m) {
        return asx(Kind.SIGNED_HALVING, d, n, m);
    }

    /** SHSAX. */
    static Operation shsax(int d, int n, int m) {
        return sax(Kind.SIGNED_HALVING, d, n, m);
    }

    /** SHSUB16. */
    static Operation shsub16(int d, int n, int m) {
        return sub16(Kind.SIGNED_HALVING, d, n, m);
    }

    /** SHADD8. */
    static Operation shadd8(int d, int n, int m) {
        return add8(Kind.SIGNED_HALVING, d, n, m);
    }

    /** SHSUB8. */
    static Operation shsub8(int d, int n, int m) {
        return sub8(Kind.SIGNED_HALVING, d, n, m);
    }

    // ---- unsigned ------------------------------------------------------------------------------------------------

    /** UADD16. */
    static Operation uadd16(int d, int n, int m) {
        return add16(Kind.UNSIGNED, d, n, m);
    }

    /** UASX. */
    static Operation uasx(int d, int n, int m) {
        return asx(Kind.UNSIGNED, d, n, m);
    }

    /** USAX. */
    static Operation usax(int d, int n, int m) {
        return sax(Kind.UNSIGNED, d, n, m);
    }

    /** USUB16. */
    static Operation usub16(int d, int n, int m) {
        return sub16(Kind.UNSIGNED, d, n, m);
    }

    /** UADD8. */
    static Operation uadd8(int d, int n, int m) {
        return add8(Kind.UNSIGNED, d, n, m);
    }

    /** USUB8. */
    static Operation usub8(int d, int n, int m) {
        return sub8(Kind.UNSIGNED, d, n, m);
    }

    // ---- unsigned, saturating -------------------------------------------------------------------------------------

    /** UQADD16. */
    static Operation uqadd16(int d, int n, int m) {
        return add16(Kind.UNSIGNED_SATURATING, d, n, m);
    }

    /** UQASX. */
    static Operation uqasx(int d, int n, int m) {
        return asx(Kind.UNSIGNED_SATURATING, d, n, m);
    }

    /** UQSAX. */
    static Operation uqsax(int d, int n, int m) {
        return sax(Kind.UNSIGNED_SATURATING, d, n, m);
    }

    /** UQSUB16. */
    static Operation uqsub16(int d, int n, int m) {
        return sub16(Kind.UNSIGNED_SATURATING, d, n, m);
    }

    /** UQADD8. */
    static Operation uqadd8(int d, int n, int m) {
        return add8(Kind.UNSIGNED_SATURATING, d, n, m);
    }

    /** UQSUB8. */
    static Operation uqsub8(int d, int n, int m) {
        return sub8(Kind.UNSIGNED_SATURATING, d, n, m);
    }

    // ---- unsigned, halving ----------------------------------------------------------------------------------------

    /** UHADD16. */
    static Operation uhadd16(int d, int n, int m) {
        return add16(Kind.UNSIGNED_HALVING, d, n, m);
    }

    /** UHASX. */
    static Operation uhasx(int d, int n, int m) {
        return asx(Kind.UNSIGNED_HALVING, d, n, m);
    }

    /** UHSAX. */
    static Operation uhsax(int d, int n, int m) {
        return sax(Kind.UNSIGNED_HALVING, d, n, m);
    }

    /** UHSUB16. */
    static Operation uhsub16(int d, int n, int m) {
        return sub16(Kind.UNSIGNED_HALVING, d, n, m);
    }

    /** UHADD8. */
    static Operation uhadd8(int d, int n, int m) {
        return add8(Kind.UNSIGNED_HALVING, d, n, m);
    }

    /** UHSUB8. */
    static Operation uhsub8(int d, int n, int m) {
        return sub8(Kind.UNSIGNED_HALVING, d, n, m);
    }

    // ---- SEL, USAD8, USADA8 -----------------------------------------------------------------------------------------

    /** SEL: each byte from Rn where its GE flag is set, else from Rm. */
    static Operation sel(int d, int n, int m) {
        return Operation.of(cpu -> {
            int mask = 0;
            for (int i = 0; i < 4; i++) {
                mask |= (cpu.ge >>> i & 1) * 0xff << 8 * i;
            }
            cpu.r[d] = cpu.r[n] & mask | cpu.r[m] & ~mask;
        });
    }

    /** USAD8. */
    static Operation usad8(int d, int n, int m) {
        return Operation.of(cpu -> cpu.r[d] = sumOfAbsoluteDifferences(cpu.r[n], cpu.r[m]));
    }

    /** USADA8. */
    static Operation usada8(int d, int n, int m, int a) {
        return Operation.of(cpu -> cpu.r[d] = cpu.r[a] + sumOfAbsoluteDifferences(cpu.r[n], cpu.r[m]));
    }

    private static int sumOfAbsoluteDifferences(int x, int y) {
        int sum = 0;
        for (int i = 0; i < 32; i += 8) {
            sum += Math.abs((x >>> i & 0xff) - (y >>> i & 0xff));
        }
        return sum;
    }
}
