package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.simd.Elements;
import dev.hyptrace.emulator.simd.LaneOperation;
import dev.hyptrace.emulator.simd.LaneType;

/** Integer instructions on two registers: DDI 0406C A7.4.5 "Two registers, miscellaneous"; and modified immediates. */
final class SimdMiscellaneous {
    private SimdMiscellaneous() {}

    private static Operation one(boolean unsigned, int z, int q, int vd, int vm, LaneOperation operation) {
        return SimdOperation.same(8 << z, unsigned, q, vd, vm, vm, operation);
    }

    // ---- comparison with zero -------------------------------------------------------------------------------------

    static Operation vcgtZero(int z, int q, int vd, int vm) {
        return one(false, z, q, vd, vm, (status, d, n, m) -> LaneType.mask(m > 0));
    }

    static Operation vcgeZero(int z, int q, int vd, int vm) {
        return one(false, z, q, vd, vm, (status, d, n, m) -> LaneType.mask(m >= 0));
    }

    static Operation vceqZero(int z, int q, int vd, int vm) {
        return one(false, z, q, vd, vm, (status, d, n, m) -> LaneType.mask(m == 0));
    }

    static Operation vcleZero(int z, int q, int vd, int vm) {
        return one(false, z, q, vd, vm, (status, d, n, m) -> LaneType.mask(m <= 0));
    }

    static Operation vcltZero(int z, int q, int vd, int vm) {
        return one(false, z, q, vd, vm, (status, d, n, m) -> LaneType.mask(m < 0));
    }

    // ---- one lane at a time ---------------------------------------------------------------------------------------

    static Operation vabsInteger(int z, int q, int vd, int vm) {
        return one(false, z, q, vd, vm, (status, d, n, m) -> Math.abs(m));
    }

    static Operation vnegInteger(int z, int q, int vd, int vm) {
        return one(false, z, q, vd, vm, (status, d, n, m) -> -m);
    }

    static Operation vqabs(int z, int q, int vd, int vm) {
        LaneType type = new LaneType(8 << z, false);
        return one(false, z, q, vd, vm, (status, d, n, m) -> type.saturated(status, Math.abs(m)));
    }

    static Operation vqneg(int z, int q, int vd, int vm) {
        LaneType type = new LaneType(8 << z, false);
        return one(false, z, q, vd, vm, (status, d, n, m) -> type.saturated(status, -m));
    }

    /** Counts the bits after the sign that are equal to it. */
    static Operation vcls(int z, int q, int vd, int vm) {
        int unused = 64 - (8 << z);
        return one(false, z, q, vd, vm, (status, d, n, m) -> Long.numberOfLeadingZeros(m ^ m >> 63) - unused - 1);
    }

    static Operation vclz(int z, int q, int vd, int vm) {
        int unused = 64 - (8 << z);
        return one(true, z, q, vd, vm, (status, d, n, m) -> Long.numberOfLeadingZeros(m) - unused);
    }

    static Operation vcnt(int q, int vd, int vm) {
        return one(true, 0, q, vd, vm, (status, d, n, m) -> Long.bitCount(m));
    }

    static Operation vmvnRegister(int q, int vd, int vm) {
        return SimdOperation.bitwise(q, vd, vm, vm, (d, n, m) -> ~m);
    }

    // ---- pairs of one register ------------------------------------------------------------------------------------

    static Operation vpaddl(boolean U, int z, int q, int vd, int vm) {
        return neighbours(U, z, q, vd, vm, (status, d, n, m) -> n + m);
    }

    static Operation vpadal(boolean U, int z, int q, int vd, int vm) {
        return neighbours(U, z, q, vd, vm, (status, d, n, m) -> d + n + m);
    }

    private static Operation neighbours(boolean U, int z, int q, int vd, int vm, LaneOperation operation) {
        if ((q & (vd | vm)) != 0) {
            return Decoder.UNDEFINED;
        }
        int size = 8 << z;
        return SimdOperation.lanes(
                (64 << q) / (2 * size),
                new Elements(vd, 2 * size, U),
                new Elements(vm, size, U, 0, 2),
                new Elements(vm, size, U, 1, 2),
                operation);
    }

    // ---- one register and a modified immediate --------------------------------------------------------------------

    static Operation vmovSimdImmediate(int q, int vd, int cmode, int o, int i) {
        return immediate(q, vd, cmode, o, i, (d, n, m) -> m);
    }

    static Operation vmvnImmediate(int q, int vd, int cmode, int o, int i) {
        return immediate(q, vd, cmode, o, i, (d, n, m) -> ~m);
    }

    static Operation vorrImmediate(int q, int vd, int cmode, int o, int i) {
        return immediate(q, vd, cmode, o, i, (d, n, m) -> d | m);
    }

    static Operation vbicImmediate(int q, int vd, int cmode, int o, int i) {
        return immediate(q, vd, cmode, o, i, (d, n, m) -> d & ~m);
    }

    private static Operation immediate(int q, int vd, int cmode, int o, int i, SimdOperation.Bits bits) {
        long constant = simdExpandImm(o, cmode, i);
        return SimdOperation.bitwise(q, vd, vd, vd, (d, n, m) -> bits.of(d, n, constant));
    }

    /** AdvSIMDExpandImm(). */
    static long simdExpandImm(int op, int cmode, int imm8) {
        if (cmode == 14 && op == 1) {
            return eachBitAsByte(imm8);
        }
        long lane =
                switch (cmode >> 1) {
                    case 0, 1, 2, 3 -> (long) imm8 << 8 * (cmode >> 1);
                    case 4, 5 -> 0x0001_0001L * imm8 << 8 * (cmode >> 1 & 1);
                    case 6 -> cmode == 12 ? imm8 << 8 | 0xffL : imm8 << 16 | 0xffffL;
                    default -> cmode == 14 ? 0x0101_0101L * imm8 : floatingPoint(imm8);
                };
        return lane << 32 | lane;
    }

    private static long floatingPoint(int imm8) {
        long exponent = (imm8 & 0x40) == 0 ? 0x4000_0000L : 0x3e00_0000L;
        return (imm8 & 0x80L) << 24 | exponent | (imm8 & 0x3fL) << 19;
    }

    private static long eachBitAsByte(int imm8) {
        long value = 0;
        for (int bit = 0; bit < 8; bit++) {
            value |= (imm8 >> bit & 1) == 0 ? 0 : 0xffL << 8 * bit;
        }
        return value;
    }
}
