package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.simd.Elements;
import dev.hyptrace.emulator.simd.LaneOperation;
import dev.hyptrace.emulator.simd.LaneType;

/** Shifts by an immediate: DDI 0406C A7.4.4. {@code shift} is how far, to the right or to the left. */
final class SimdShift {
    private SimdShift() {}

    private static Operation same(LaneType type, int q, int vd, int vm, LaneOperation operation) {
        return SimdOperation.same(type.size(), type.unsigned(), q, vd, vm, vm, operation);
    }

    static Operation vshr(boolean U, int z, int q, int vd, int vm, int shift) {
        LaneType type = new LaneType(8 << z, U);
        return same(type, q, vd, vm, (status, d, n, m) -> type.right(m, shift));
    }

    static Operation vsra(boolean U, int z, int q, int vd, int vm, int shift) {
        LaneType type = new LaneType(8 << z, U);
        return same(type, q, vd, vm, (status, d, n, m) -> d + type.right(m, shift));
    }

    static Operation vrshr(boolean U, int z, int q, int vd, int vm, int shift) {
        LaneType type = new LaneType(8 << z, U);
        return same(type, q, vd, vm, (status, d, n, m) -> type.rightRounded(m, shift));
    }

    static Operation vrsra(boolean U, int z, int q, int vd, int vm, int shift) {
        LaneType type = new LaneType(8 << z, U);
        return same(type, q, vd, vm, (status, d, n, m) -> d + type.rightRounded(m, shift));
    }

    static Operation vsri(int z, int q, int vd, int vm, int shift) {
        LaneType type = new LaneType(8 << z, true);
        long inserted = type.right(-1L >>> 64 - type.size(), shift);
        return same(type, q, vd, vm, (status, d, n, m) -> d & ~inserted | type.right(m, shift));
    }

    static Operation vsli(int z, int q, int vd, int vm, int shift) {
        LaneType type = new LaneType(8 << z, true);
        return same(type, q, vd, vm, (status, d, n, m) -> d & ~(-1L << shift) | m << shift);
    }

    static Operation vshlImmediate(int z, int q, int vd, int vm, int shift) {
        return same(new LaneType(8 << z, true), q, vd, vm, (status, d, n, m) -> m << shift);
    }

    static Operation vqshlImmediate(boolean U, int z, int q, int vd, int vm, int shift) {
        LaneType type = new LaneType(8 << z, U);
        return same(type, q, vd, vm, (status, d, n, m) -> type.left(status, m, shift));
    }

    /** Signed lanes to unsigned ones. */
    static Operation vqshlu(int z, int q, int vd, int vm, int shift) {
        LaneType type = new LaneType(8 << z, true);
        return same(new LaneType(8 << z, false), q, vd, vm, (status, d, n, m) -> type.leftUnsigned(status, m, shift));
    }

    // ---- narrowing and widening -----------------------------------------------------------------------------------

    /** VSHRN, and VRSHRN if {@code r} is set. */
    static Operation vshrn(int z, int vd, int vm, int shift, boolean r) {
        LaneType wide = new LaneType(16 << z, true);
        return SimdOperation.narrowing(wide.size(), true, vd, vm, vm, (status, d, n, m) -> shifted(wide, m, shift, r));
    }

    /** VQSHRN, and VQRSHRN if {@code r} is set. */
    static Operation vqshrn(boolean U, int z, int vd, int vm, int shift, boolean r) {
        return saturating(new LaneType(16 << z, U), new LaneType(8 << z, U), vd, vm, shift, r);
    }

    /** VQSHRUN, and VQRSHRUN if {@code r} is set: signed lanes to unsigned ones. */
    static Operation vqshrun(int z, int vd, int vm, int shift, boolean r) {
        return saturating(new LaneType(16 << z, false), new LaneType(8 << z, true), vd, vm, shift, r);
    }

    private static Operation saturating(LaneType wide, LaneType narrow, int vd, int vm, int shift, boolean rounded) {
        return SimdOperation.narrowing(wide.size(), wide.unsigned(), vd, vm, vm, (status, d, n, m) -> {
            long value = shifted(wide, m, shift, rounded);
            return wide.unsigned() ? narrow.narrowed(status, value) : narrow.saturated(status, value);
        });
    }

    private static long shifted(LaneType type, long value, int shift, boolean rounded) {
        return rounded ? type.rightRounded(value, shift) : type.right(value, shift);
    }

    /** VQMOVN, signed or unsigned. */
    static Operation vqmovn(boolean U, int z, int vd, int vm) {
        return vqshrn(U, z, vd, vm, 0, false);
    }

    /** VQMOVUN: signed lanes to unsigned ones. */
    static Operation vqmovun(int z, int vd, int vm) {
        return vqshrun(z, vd, vm, 0, false);
    }

    /** VMOVN. */
    static Operation vmovn(int z, int vd, int vm) {
        return vshrn(z, vd, vm, 0, false);
    }

    /** VSHLL, and VMOVL for a shift by zero. */
    static Operation vshll(boolean U, int z, int vd, int vm, int shift) {
        int size = 8 << z;
        if ((vd & 1) != 0) {
            return Decoder.UNDEFINED;
        }
        Elements m = new Elements(vm, size, U);
        return SimdOperation.lanes(
                64 / size, new Elements(vd, 2 * size, U), m, m, (status, d, n, value) -> value << shift);
    }

    /** VSHLL by the size of its lanes. */
    static Operation vshllMaximum(int z, int vd, int vm) {
        return vshll(true, z, vd, vm, 8 << z);
    }
}
