/**
 * What Advanced SIMD does with the lanes of vectors: data types of lanes, saturation, shifts, polynomials.
 *
 * <p>A lane is a long, sign- or zero-extended from its size: {@link dev.hyptrace.emulator.simd.Elements} reads and writes
 * them, a {@link dev.hyptrace.emulator.simd.LaneOperation} computes one, and
 * {@link dev.hyptrace.emulator.simd.SimdStatus} collects what they do to FPSCR. The instructions themselves are in the
 * {@code instruction} package.
 */
package dev.hyptrace.emulator.simd;
