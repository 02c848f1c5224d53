package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;

/** Miscellaneous data-processing instructions on bits and bytes of a register. */
final class BitFields {
    private static final String UNDEFINED_RANGE = "a bit field that is not within a word is UNDEFINED";

    private BitFields() {}

    private static int mask(int width) {
        return -1 >>> 32 - width;
    }

    /** BFC. A most significant bit below the least significant one is UNPREDICTABLE: here UNDEFINED. */
    static Operation bfc(int d, int msbit, int lsbit) {
        if (msbit < lsbit) {
            return Decoder.unpredictable(UNDEFINED_RANGE, Decoder.UNDEFINED);
        }
        int keep = ~(mask(msbit - lsbit + 1) << lsbit);
        return Operation.of(cpu -> cpu.r[d] &= keep);
    }

    /** BFI. A most significant bit below the least significant one is UNPREDICTABLE: here UNDEFINED. */
    static Operation bfi(int d, int n, int msbit, int lsbit) {
        if (msbit < lsbit) {
            return Decoder.unpredictable(UNDEFINED_RANGE, Decoder.UNDEFINED);
        }
        int field = mask(msbit - lsbit + 1) << lsbit;
        return Operation.of(cpu -> cpu.r[d] = cpu.r[d] & ~field | cpu.r[n] << lsbit & field);
    }

    /** SBFX. A field that reaches beyond bit 31 is UNPREDICTABLE: here UNDEFINED. */
    static Operation sbfx(int d, int n, int lsbit, int width) {
        int above = 32 - lsbit - width;
        return above < 0
                ? Decoder.unpredictable(UNDEFINED_RANGE, Decoder.UNDEFINED)
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] << above >> 32 - width);
    }

    /** UBFX. A field that reaches beyond bit 31 is UNPREDICTABLE: here UNDEFINED. */
    static Operation ubfx(int d, int n, int lsbit, int width) {
        int mask = mask(width);
        return lsbit + width > 32
                ? Decoder.unpredictable(UNDEFINED_RANGE, Decoder.UNDEFINED)
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] >>> lsbit & mask);
    }

    /** CLZ. */
    static Operation clz(int d, int m) {
        return Operation.of(cpu -> cpu.r[d] = Integer.numberOfLeadingZeros(cpu.r[m]));
    }

    /** RBIT. */
    static Operation rbit(int d, int m) {
        return Operation.of(cpu -> cpu.r[d] = Integer.reverse(cpu.r[m]));
    }

    /** REV. */
    static Operation rev(int d, int m) {
        return Operation.of(cpu -> cpu.r[d] = Integer.reverseBytes(cpu.r[m]));
    }

    /** REV16: the bytes of each halfword. */
    static Operation rev16(int d, int m) {
        return Operation.of(cpu -> cpu.r[d] = Integer.rotateRight(Integer.reverseBytes(cpu.r[m]), 16));
    }

    /** REVSH: the bytes of the lower halfword, sign-extended. */
    static Operation revsh(int d, int m) {
        return Operation.of(cpu -> cpu.r[d] = Short.reverseBytes((short) cpu.r[m]));
    }
}
