/**
 * IEEE 754 arithmetic as VFPv4 and Advanced SIMD do it: on bits, with integers, exact in all rounding modes.
 *
 * <p>A value is the bits of one {@link dev.hyptrace.emulator.floatingpoint.Format}, zero-extended to 64. What FPSCR
 * controls, and the cumulative exception bits that operations set, is a
 * {@link dev.hyptrace.emulator.floatingpoint.FpEnvironment}. Finite operands are taken apart into sign, exponent and a
 * significand whose highest bit is bit 62; results are put together in
 * {@link dev.hyptrace.emulator.floatingpoint.Rounding}, which is the only place that rounds. Nothing here knows a register.
 */
package dev.hyptrace.emulator.floatingpoint;
