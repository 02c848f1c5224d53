package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.simd.LaneOperation;
import dev.hyptrace.emulator.simd.LaneType;
import dev.hyptrace.emulator.simd.Polynomial;

/**
 * Integer instructions on three registers of the same length: DDI 0406C A7.4.1. {@code z} is the size field, {@code U}
 * selects unsigned lanes, {@code q} quadwords.
 */
final class SimdThreeSame {
    private SimdThreeSame() {}

    private static Operation same(boolean U, int z, int q, int vd, int vn, int vm, LaneOperation operation) {
        return SimdOperation.same(8 << z, U, q, vd, vn, vm, operation);
    }

    // ---- addition and subtraction ---------------------------------------------------------------------------------

    static Operation vaddInteger(int z, int q, int vd, int vn, int vm) {
        return same(true, z, q, vd, vn, vm, (status, d, n, m) -> n + m);
    }

    static Operation vsubInteger(int z, int q, int vd, int vn, int vm) {
        return same(true, z, q, vd, vn, vm, (status, d, n, m) -> n - m);
    }

    static Operation vhadd(boolean U, int z, int q, int vd, int vn, int vm) {
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> n + m >> 1);
    }

    static Operation vrhadd(boolean U, int z, int q, int vd, int vn, int vm) {
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> n + m + 1 >> 1);
    }

    static Operation vhsub(boolean U, int z, int q, int vd, int vn, int vm) {
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> n - m >> 1);
    }

    static Operation vqadd(boolean U, int z, int q, int vd, int vn, int vm) {
        LaneType type = new LaneType(8 << z, U);
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> type.sum(status, n, m));
    }

    static Operation vqsub(boolean U, int z, int q, int vd, int vn, int vm) {
        LaneType type = new LaneType(8 << z, U);
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> type.difference(status, n, m));
    }

    static Operation vabdInteger(boolean U, int z, int q, int vd, int vn, int vm) {
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> Math.abs(n - m));
    }

    static Operation vaba(boolean U, int z, int q, int vd, int vn, int vm) {
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> d + Math.abs(n - m));
    }

    // ---- bits -----------------------------------------------------------------------------------------------------

    static Operation vandRegister(int q, int vd, int vn, int vm) {
        return SimdOperation.bitwise(q, vd, vn, vm, (d, n, m) -> n & m);
    }

    static Operation vbicRegister(int q, int vd, int vn, int vm) {
        return SimdOperation.bitwise(q, vd, vn, vm, (d, n, m) -> n & ~m);
    }

    static Operation vorrRegister(int q, int vd, int vn, int vm) {
        return SimdOperation.bitwise(q, vd, vn, vm, (d, n, m) -> n | m);
    }

    static Operation vornRegister(int q, int vd, int vn, int vm) {
        return SimdOperation.bitwise(q, vd, vn, vm, (d, n, m) -> n | ~m);
    }

    static Operation veor(int q, int vd, int vn, int vm) {
        return SimdOperation.bitwise(q, vd, vn, vm, (d, n, m) -> n ^ m);
    }

    static Operation vbsl(int q, int vd, int vn, int vm) {
        return SimdOperation.bitwise(q, vd, vn, vm, (d, n, m) -> n & d | m & ~d);
    }

    static Operation vbit(int q, int vd, int vn, int vm) {
        return SimdOperation.bitwise(q, vd, vn, vm, (d, n, m) -> n & m | d & ~m);
    }

    static Operation vbif(int q, int vd, int vn, int vm) {
        return SimdOperation.bitwise(q, vd, vn, vm, (d, n, m) -> d & m | n & ~m);
    }

    static Operation vtst(int z, int q, int vd, int vn, int vm) {
        return same(true, z, q, vd, vn, vm, (status, d, n, m) -> LaneType.mask((n & m) != 0));
    }

    // ---- comparison -----------------------------------------------------------------------------------------------

    static Operation vceqInteger(int z, int q, int vd, int vn, int vm) {
        return same(true, z, q, vd, vn, vm, (status, d, n, m) -> LaneType.mask(n == m));
    }

    static Operation vcgtInteger(boolean U, int z, int q, int vd, int vn, int vm) {
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> LaneType.mask(n > m));
    }

    static Operation vcgeInteger(boolean U, int z, int q, int vd, int vn, int vm) {
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> LaneType.mask(n >= m));
    }

    static Operation vmaxInteger(boolean U, int z, int q, int vd, int vn, int vm) {
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> Math.max(n, m));
    }

    static Operation vminInteger(boolean U, int z, int q, int vd, int vn, int vm) {
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> Math.min(n, m));
    }

    // ---- shifts: the lanes of Vm by those of Vn
    // -----------------------------------------------------------------------

    static Operation vshlRegister(boolean U, int z, int q, int vd, int vn, int vm) {
        LaneType type = new LaneType(8 << z, U);
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> type.shifted(m, n, false));
    }

    static Operation vrshl(boolean U, int z, int q, int vd, int vn, int vm) {
        LaneType type = new LaneType(8 << z, U);
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> type.shifted(m, n, true));
    }

    static Operation vqshlRegister(boolean U, int z, int q, int vd, int vn, int vm) {
        LaneType type = new LaneType(8 << z, U);
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> type.shiftedSaturated(status, m, n, false));
    }

    static Operation vqrshl(boolean U, int z, int q, int vd, int vn, int vm) {
        LaneType type = new LaneType(8 << z, U);
        return same(U, z, q, vd, vn, vm, (status, d, n, m) -> type.shiftedSaturated(status, m, n, true));
    }

    // ---- multiplication -------------------------------------------------------------------------------------------

    static Operation vmlaInteger(int z, int q, int vd, int vn, int vm) {
        return same(true, z, q, vd, vn, vm, (status, d, n, m) -> d + n * m);
    }

    static Operation vmlsInteger(int z, int q, int vd, int vn, int vm) {
        return same(true, z, q, vd, vn, vm, (status, d, n, m) -> d - n * m);
    }

    static Operation vmulInteger(int z, int q, int vd, int vn, int vm) {
        return same(true, z, q, vd, vn, vm, (status, d, n, m) -> n * m);
    }

    static Operation vmulPolynomial(int q, int vd, int vn, int vm) {
        return same(true, 0, q, vd, vn, vm, (status, d, n, m) -> Polynomial.product(n, m));
    }

    static Operation vqdmulh(int z, int q, int vd, int vn, int vm) {
        LaneType type = new LaneType(8 << z, false);
        return same(false, z, q, vd, vn, vm, (status, d, n, m) -> type.doubledProductHigh(status, n, m, false));
    }

    static Operation vqrdmulh(int z, int q, int vd, int vn, int vm) {
        LaneType type = new LaneType(8 << z, false);
        return same(false, z, q, vd, vn, vm, (status, d, n, m) -> type.doubledProductHigh(status, n, m, true));
    }

    // ---- pairs ----------------------------------------------------------------------------------------------------

    static Operation vpaddInteger(int z, int vd, int vn, int vm) {
        return SimdOperation.pairs(8 << z, true, vd, vn, vm, (status, d, n, m) -> n + m);
    }

    static Operation vpmaxInteger(boolean U, int z, int vd, int vn, int vm) {
        return SimdOperation.pairs(8 << z, U, vd, vn, vm, (status, d, n, m) -> Math.max(n, m));
    }

    static Operation vpminInteger(boolean U, int z, int vd, int vn, int vm) {
        return SimdOperation.pairs(8 << z, U, vd, vn, vm, (status, d, n, m) -> Math.min(n, m));
    }
}
