package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.simd.Elements;
import dev.hyptrace.emulator.simd.LaneOperation;
import dev.hyptrace.emulator.simd.LaneType;

/**
 * Instructions on two registers and a scalar: DDI 0406C A7.4.3. The scalar has 16 or 32 bits; {@code m} is M:Vm, which names
 * a register among the lower ones and an element of it.
 */
final class SimdScalar {
    private SimdScalar() {}

    private static Elements scalar(int z, boolean unsigned, int vm) {
        int register = z == 1 ? vm & 7 : vm & 15;
        return new Elements(register, 8 << z, unsigned, vm >> (z == 1 ? 3 : 4), 0);
    }

    private static Operation same(boolean unsigned, int z, int q, int vd, int vn, int vm, LaneOperation operation) {
        if ((q & (vd | vn)) != 0) {
            return Decoder.UNDEFINED;
        }
        int size = 8 << z;
        Elements m = scalar(z, unsigned, vm);
        return SimdOperation.lanes(
                (64 << q) / size, new Elements(vd, size, unsigned), new Elements(vn, size, unsigned), m, operation);
    }

    private static Operation widening(boolean unsigned, int z, int vd, int vn, int vm, LaneOperation operation) {
        if ((vd & 1) != 0) {
            return Decoder.UNDEFINED;
        }
        int size = 8 << z;
        return SimdOperation.lanes(
                64 / size,
                new Elements(vd, 2 * size, unsigned),
                new Elements(vn, size, unsigned),
                scalar(z, unsigned, vm),
                operation);
    }

    static Operation vmlaByScalar(int z, int q, int vd, int vn, int vm) {
        return same(true, z, q, vd, vn, vm, (status, d, n, m) -> d + n * m);
    }

    static Operation vmlsByScalar(int z, int q, int vd, int vn, int vm) {
        return same(true, z, q, vd, vn, vm, (status, d, n, m) -> d - n * m);
    }

    static Operation vmulByScalar(int z, int q, int vd, int vn, int vm) {
        return same(true, z, q, vd, vn, vm, (status, d, n, m) -> n * m);
    }

    static Operation vmlaSimdByScalar(int q, int vd, int vn, int vm) {
        return same(true, 2, q, vd, vn, vm, SimdFloatingPoint.accumulate(false));
    }

    static Operation vmlsSimdByScalar(int q, int vd, int vn, int vm) {
        return same(true, 2, q, vd, vn, vm, SimdFloatingPoint.accumulate(true));
    }

    static Operation vmulSimdByScalar(int q, int vd, int vn, int vm) {
        return same(true, 2, q, vd, vn, vm, SimdFloatingPoint.product());
    }

    static Operation vmlalByScalar(boolean U, int z, int vd, int vn, int vm) {
        return widening(U, z, vd, vn, vm, (status, d, n, m) -> d + n * m);
    }

    static Operation vmlslByScalar(boolean U, int z, int vd, int vn, int vm) {
        return widening(U, z, vd, vn, vm, (status, d, n, m) -> d - n * m);
    }

    static Operation vmullByScalar(boolean U, int z, int vd, int vn, int vm) {
        return widening(U, z, vd, vn, vm, (status, d, n, m) -> n * m);
    }

    static Operation vqdmullByScalar(int z, int vd, int vn, int vm) {
        return widening(false, z, vd, vn, vm, SimdThreeDifferent.doubledProduct(z));
    }

    static Operation vqdmlalByScalar(int z, int vd, int vn, int vm) {
        return widening(false, z, vd, vn, vm, SimdThreeDifferent.doubledProductAdded(z, false));
    }

    static Operation vqdmlslByScalar(int z, int vd, int vn, int vm) {
        return widening(false, z, vd, vn, vm, SimdThreeDifferent.doubledProductAdded(z, true));
    }

    static Operation vqdmulhByScalar(int z, int q, int vd, int vn, int vm) {
        LaneType type = new LaneType(8 << z, false);
        return same(false, z, q, vd, vn, vm, (status, d, n, m) -> type.doubledProductHigh(status, n, m, false));
    }

    static Operation vqrdmulhByScalar(int z, int q, int vd, int vn, int vm) {
        LaneType type = new LaneType(8 << z, false);
        return same(false, z, q, vd, vn, vm, (status, d, n, m) -> type.doubledProductHigh(status, n, m, true));
    }
}
