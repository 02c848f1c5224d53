package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.floatingpoint.FixedFormat;
import dev.hyptrace.emulator.floatingpoint.Format;
import dev.hyptrace.emulator.floatingpoint.FpArithmetic;
import dev.hyptrace.emulator.floatingpoint.FpComparison;
import dev.hyptrace.emulator.floatingpoint.FpConversion;
import dev.hyptrace.emulator.floatingpoint.FpEnvironment;
import dev.hyptrace.emulator.floatingpoint.FpEstimate;
import dev.hyptrace.emulator.floatingpoint.RoundingMode;
import dev.hyptrace.emulator.simd.LaneOperation;
import dev.hyptrace.emulator.simd.LaneType;

/** Advanced SIMD instructions on single-precision lanes. They use the standard FPSCR value, whatever FPSCR says. */
final class SimdFloatingPoint {
    private static final Format SINGLE = Format.SINGLE;

    private SimdFloatingPoint() {}

    /** An operation with the standard environment. */
    private interface Binary {
        long of(FpEnvironment env, Format format, long n, long m);
    }

    private interface Unary {
        long of(FpEnvironment env, long m);
    }

    private static LaneOperation lane(Binary operation) {
        return (status, d, n, m) -> operation.of(status.environment(), SINGLE, n, m);
    }

    private static Operation same(int q, int vd, int vn, int vm, Binary operation) {
        return SimdOperation.same(32, true, q, vd, vn, vm, lane(operation));
    }

    private static Operation one(int q, int vd, int vm, Unary operation) {
        return SimdOperation.same(32, true, q, vd, vm, vm, (status, d, n, m) -> operation.of(status.environment(), m));
    }

    // ---- arithmetic -----------------------------------------------------------------------------------------------

    static Operation vaddSimd(int q, int vd, int vn, int vm) {
        return same(q, vd, vn, vm, FpArithmetic::add);
    }

    static Operation vsubSimd(int q, int vd, int vn, int vm) {
        return same(q, vd, vn, vm, FpArithmetic::subtract);
    }

    static Operation vmulSimd(int q, int vd, int vn, int vm) {
        return same(q, vd, vn, vm, FpArithmetic::multiply);
    }

    static Operation vabdSimd(int q, int vd, int vn, int vm) {
        return same(q, vd, vn, vm, (env, format, n, m) -> format.absolute(FpArithmetic.subtract(env, format, n, m)));
    }

    static Operation vmaxSimd(int q, int vd, int vn, int vm) {
        return same(q, vd, vn, vm, FpComparison::max);
    }

    static Operation vminSimd(int q, int vd, int vn, int vm) {
        return same(q, vd, vn, vm, FpComparison::min);
    }

    static Operation vrecps(int q, int vd, int vn, int vm) {
        return same(q, vd, vn, vm, (env, format, n, m) -> FpEstimate.reciprocalStep(env, n, m));
    }

    static Operation vrsqrts(int q, int vd, int vn, int vm) {
        return same(q, vd, vn, vm, (env, format, n, m) -> FpEstimate.reciprocalSquareRootStep(env, n, m));
    }

    static Operation vmlaSimd(int q, int vd, int vn, int vm) {
        return SimdOperation.same(32, true, q, vd, vn, vm, accumulate(false));
    }

    static Operation vmlsSimd(int q, int vd, int vn, int vm) {
        return SimdOperation.same(32, true, q, vd, vn, vm, accumulate(true));
    }

    /** VMLA and VMLS: the product is rounded. */
    static LaneOperation accumulate(boolean subtract) {
        return (status, d, n, m) -> {
            long product = FpArithmetic.multiply(status.environment(), SINGLE, n, m);
            return FpArithmetic.add(status.environment(), SINGLE, d, subtract ? SINGLE.negated(product) : product);
        };
    }

    /** VMUL. */
    static LaneOperation product() {
        return lane(FpArithmetic::multiply);
    }

    static Operation vfmaSimd(int q, int vd, int vn, int vm) {
        return SimdOperation.same(
                32,
                true,
                q,
                vd,
                vn,
                vm,
                (status, d, n, m) -> FpArithmetic.multiplyAdd(status.environment(), SINGLE, d, n, m));
    }

    static Operation vfmsSimd(int q, int vd, int vn, int vm) {
        return SimdOperation.same(
                32,
                true,
                q,
                vd,
                vn,
                vm,
                (status, d, n, m) -> FpArithmetic.multiplyAdd(status.environment(), SINGLE, d, SINGLE.negated(n), m));
    }

    static Operation vpaddSimd(int vd, int vn, int vm) {
        return SimdOperation.pairs(32, true, vd, vn, vm, lane(FpArithmetic::add));
    }

    static Operation vpmaxSimd(int vd, int vn, int vm) {
        return SimdOperation.pairs(32, true, vd, vn, vm, lane(FpComparison::max));
    }

    static Operation vpminSimd(int vd, int vn, int vm) {
        return SimdOperation.pairs(32, true, vd, vn, vm, lane(FpComparison::min));
    }

    static Operation vabsSimd(int q, int vd, int vm) {
        return one(q, vd, vm, (env, m) -> SINGLE.absolute(m));
    }

    static Operation vnegSimd(int q, int vd, int vm) {
        return one(q, vd, vm, (env, m) -> SINGLE.negated(m));
    }

    // ---- comparison -----------------------------------------------------------------------------------------------

    private static long equal(FpEnvironment env, Format format, long n, long m) {
        return LaneType.mask(FpComparison.isEqual(env, format, n, m));
    }

    private static long greaterOrEqual(FpEnvironment env, Format format, long n, long m) {
        return LaneType.mask(FpComparison.isGreaterOrEqual(env, format, n, m));
    }

    private static long greater(FpEnvironment env, Format format, long n, long m) {
        return LaneType.mask(FpComparison.isGreater(env, format, n, m));
    }

    static Operation vceqSimd(int q, int vd, int vn, int vm) {
        return same(q, vd, vn, vm, SimdFloatingPoint::equal);
    }

    static Operation vcgeSimd(int q, int vd, int vn, int vm) {
        return same(q, vd, vn, vm, SimdFloatingPoint::greaterOrEqual);
    }

    static Operation vcgtSimd(int q, int vd, int vn, int vm) {
        return same(q, vd, vn, vm, SimdFloatingPoint::greater);
    }

    static Operation vacge(int q, int vd, int vn, int vm) {
        return same(
                q,
                vd,
                vn,
                vm,
                (env, format, n, m) -> greaterOrEqual(env, format, format.absolute(n), format.absolute(m)));
    }

    static Operation vacgt(int q, int vd, int vn, int vm) {
        return same(q, vd, vn, vm, (env, format, n, m) -> greater(env, format, format.absolute(n), format.absolute(m)));
    }

    static Operation vceqZeroSimd(int q, int vd, int vm) {
        return one(q, vd, vm, (env, m) -> equal(env, SINGLE, m, 0));
    }

    static Operation vcgeZeroSimd(int q, int vd, int vm) {
        return one(q, vd, vm, (env, m) -> greaterOrEqual(env, SINGLE, m, 0));
    }

    static Operation vcgtZeroSimd(int q, int vd, int vm) {
        return one(q, vd, vm, (env, m) -> greater(env, SINGLE, m, 0));
    }

    static Operation vcleZeroSimd(int q, int vd, int vm) {
        return one(q, vd, vm, (env, m) -> greaterOrEqual(env, SINGLE, 0, m));
    }

    static Operation vcltZeroSimd(int q, int vd, int vm) {
        return one(q, vd, vm, (env, m) -> greater(env, SINGLE, 0, m));
    }

    // ---- estimates and conversions --------------------------------------------------------------------------------

    static Operation vrecpe(int q, int vd, int vm, boolean F) {
        return one(q, vd, vm, (env, m) -> F ? FpEstimate.reciprocal(env, m) : FpEstimate.reciprocalUnsigned(m));
    }

    static Operation vrsqrte(int q, int vd, int vm, boolean F) {
        return one(
                q,
                vd,
                vm,
                (env, m) -> F ? FpEstimate.reciprocalSquareRoot(env, m) : FpEstimate.reciprocalSquareRootUnsigned(m));
    }

    /** VCVT to an integer or fixed point with {@code fbits} fraction bits, rounding towards zero. */
    static Operation vcvtSimdToFixed(int q, int vd, int vm, boolean U, int fbits) {
        FixedFormat fixed = new FixedFormat(32, U, fbits);
        return one(q, vd, vm, (env, m) -> FpConversion.toFixed(env, SINGLE, m, fixed, RoundingMode.ZERO));
    }

    /** VCVT from an integer or fixed point, rounding to nearest. */
    static Operation vcvtSimdFromFixed(int q, int vd, int vm, boolean U, int fbits) {
        return one(
                q,
                vd,
                vm,
                (env, m) -> FpConversion.fromFixed(env, SINGLE, U ? m : (int) m, fbits, RoundingMode.NEAREST));
    }

    /** VCVT.F16.F32: four lanes. */
    static Operation vcvtSimdToHalf(int vd, int vm) {
        return SimdOperation.narrowing(
                32, true, vd, vm, vm, (status, d, n, m) -> FpConversion.toHalf(status.environment(), m));
    }

    /** VCVT.F32.F16: four lanes. */
    static Operation vcvtSimdFromHalf(int vd, int vm) {
        return SimdOperation.widening(
                16, true, vd, vm, vm, (status, d, n, m) -> FpConversion.fromHalf(status.environment(), m));
    }
}
