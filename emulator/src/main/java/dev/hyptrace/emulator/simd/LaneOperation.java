package dev.hyptrace.emulator.simd;

/** What an instruction computes for one lane of its result. */
@FunctionalInterface
public interface LaneOperation {
    /**
     * The lane's new value; bits above its size do not matter.
     *
     * @param d the lane's old value
     * @param n the lane of the first operand
     * @param m the lane of the second operand
     */
    long apply(SimdStatus status, long d, long n, long m);
}
