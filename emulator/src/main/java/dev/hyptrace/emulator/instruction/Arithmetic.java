package dev.hyptrace.emulator.instruction;

/**
 * The manual's functions on values, where a carry is 0 or 1 and an overflow is bit 31 of a word: pure, and tested on their
 * own. DDI 0406C A2.2.1 "Integer arithmetic" and the pseudocode of A8.4.
 */
final class Arithmetic {
    /** SRType: the kind of a shift. The first four are as encoded. */
    static final int LSL = 0;

    static final int LSR = 1;
    static final int ASR = 2;
    static final int ROR = 3;
    static final int RRX = 4;

    private Arithmetic() {}

    /** The carry out of AddWithCarry(). */
    static int carryOfAdd(int x, int y, int carryIn) {
        return (int) ((x & 0xffff_ffffL) + (y & 0xffff_ffffL) + carryIn >>> 32);
    }

    /** The overflow of AddWithCarry() in bit 31: the operands have one sign and the result has the other. */
    static int overflowOfAdd(int x, int y, int result) {
        return (x ^ result) & (y ^ result);
    }

    /**
     * Shift().
     *
     * @param type one of the constants of this class
     * @param amount 0 to 255; 1 for RRX
     */
    static int shift(int value, int type, int amount, int carryIn) {
        return switch (type) {
            case LSL -> amount < 32 ? value << amount : 0;
            case LSR -> amount < 32 ? value >>> amount : 0;
            case ASR -> value >> Math.min(amount, 31);
            case ROR -> Integer.rotateRight(value, amount);
            default -> carryIn << 31 | value >>> 1;
        };
    }

    /** The carry out of Shift_C(); parameters as in {@link #shift}. */
    static int shiftCarry(int value, int type, int amount, int carryIn) {
        if (amount == 0) {
            return carryIn;
        }
        return switch (type) {
            case LSL -> amount <= 32 ? value >>> 32 - amount & 1 : 0;
            case LSR -> amount <= 32 ? value >>> amount - 1 & 1 : 0;
            case ASR -> value >> Math.min(amount, 32) - 1 & 1;
            case ROR -> value >>> (amount - 1 & 31) & 1;
            default -> value & 1;
        };
    }

    /** SignedSat(): the nearest number of this many bits, 1 to 32. */
    static int signedSat(long value, int bits) {
        long limit = 1L << bits - 1;
        return (int) Math.max(-limit, Math.min(value, limit - 1));
    }

    /** UnsignedSat(): the nearest unsigned number of this many bits, 0 to 31. */
    static int unsignedSat(int value, int bits) {
        return Math.max(0, Math.min(value, (1 << bits) - 1));
    }
}
