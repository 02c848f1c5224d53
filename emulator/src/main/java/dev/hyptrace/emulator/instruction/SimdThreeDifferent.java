package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.simd.Elements;
import dev.hyptrace.emulator.simd.LaneOperation;
import dev.hyptrace.emulator.simd.LaneType;
import dev.hyptrace.emulator.simd.Polynomial;

/** Instructions on three registers of different lengths: DDI 0406C A7.4.2. {@code z} is the size of the narrow lanes. */
final class SimdThreeDifferent {
    private SimdThreeDifferent() {}

    private static Operation widening(boolean U, int z, int vd, int vn, int vm, LaneOperation operation) {
        return SimdOperation.widening(8 << z, U, vd, vn, vm, operation);
    }

    static Operation vaddl(boolean U, int z, int vd, int vn, int vm) {
        return widening(U, z, vd, vn, vm, (status, d, n, m) -> n + m);
    }

    static Operation vsubl(boolean U, int z, int vd, int vn, int vm) {
        return widening(U, z, vd, vn, vm, (status, d, n, m) -> n - m);
    }

    static Operation vaddw(boolean U, int z, int vd, int vn, int vm) {
        return wide(U, z, vd, vn, vm, (status, d, n, m) -> n + m);
    }

    static Operation vsubw(boolean U, int z, int vd, int vn, int vm) {
        return wide(U, z, vd, vn, vm, (status, d, n, m) -> n - m);
    }

    /** The first operand has lanes of double size. */
    private static Operation wide(boolean U, int z, int vd, int vn, int vm, LaneOperation operation) {
        if (((vd | vn) & 1) != 0) {
            return Decoder.UNDEFINED;
        }
        int size = 8 << z;
        return SimdOperation.lanes(
                64 / size,
                new Elements(vd, 2 * size, U),
                new Elements(vn, 2 * size, U),
                new Elements(vm, size, U),
                operation);
    }

    static Operation vabdl(boolean U, int z, int vd, int vn, int vm) {
        return widening(U, z, vd, vn, vm, (status, d, n, m) -> Math.abs(n - m));
    }

    static Operation vabal(boolean U, int z, int vd, int vn, int vm) {
        return widening(U, z, vd, vn, vm, (status, d, n, m) -> d + Math.abs(n - m));
    }

    static Operation vmlal(boolean U, int z, int vd, int vn, int vm) {
        return widening(U, z, vd, vn, vm, (status, d, n, m) -> d + n * m);
    }

    static Operation vmlsl(boolean U, int z, int vd, int vn, int vm) {
        return widening(U, z, vd, vn, vm, (status, d, n, m) -> d - n * m);
    }

    static Operation vmull(boolean U, int z, int vd, int vn, int vm) {
        return widening(U, z, vd, vn, vm, (status, d, n, m) -> n * m);
    }

    static Operation vmullPolynomial(int vd, int vn, int vm) {
        return widening(true, 0, vd, vn, vm, (status, d, n, m) -> Polynomial.product(n, m));
    }

    static Operation vqdmull(int z, int vd, int vn, int vm) {
        return widening(false, z, vd, vn, vm, doubledProduct(z));
    }

    static Operation vqdmlal(int z, int vd, int vn, int vm) {
        return widening(false, z, vd, vn, vm, doubledProductAdded(z, false));
    }

    static Operation vqdmlsl(int z, int vd, int vn, int vm) {
        return widening(false, z, vd, vn, vm, doubledProductAdded(z, true));
    }

    /** VQDMULL. */
    static LaneOperation doubledProduct(int z) {
        LaneType type = new LaneType(16 << z, false);
        return (status, d, n, m) -> type.doubledProduct(status, n, m);
    }

    /** VQDMLAL and VQDMLSL: both steps saturate. */
    static LaneOperation doubledProductAdded(int z, boolean subtract) {
        LaneType type = new LaneType(16 << z, false);
        return (status, d, n, m) -> {
            long product = type.doubledProduct(status, n, m);
            return subtract ? type.difference(status, d, product) : type.sum(status, d, product);
        };
    }

    /** VADDHN, and VRADDHN if {@code U} is set: the high half of the sum. */
    static Operation vaddhn(boolean U, int z, int vd, int vn, int vm) {
        int size = 8 << z;
        long half = U ? 1L << size - 1 : 0;
        return SimdOperation.narrowing(2 * size, true, vd, vn, vm, (status, d, n, m) -> n + m + half >>> size);
    }

    /** VSUBHN, and VRSUBHN if {@code U} is set. */
    static Operation vsubhn(boolean U, int z, int vd, int vn, int vm) {
        int size = 8 << z;
        long half = U ? 1L << size - 1 : 0;
        return SimdOperation.narrowing(2 * size, true, vd, vn, vm, (status, d, n, m) -> n - m + half >>> size);
    }
}
