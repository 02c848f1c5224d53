/**
 * Descriptions of ABIs side by side: what each does with each value of the selector ({@link
 * dev.hyptrace.diff.abi.compare.AbiMatrix}), and what a caller of one may not assume of another ({@link
 * dev.hyptrace.diff.abi.compare.Hazards}), with the hypercall that shows it.
 *
 * <p>Registers of AArch64 are compared with those of AArch32 that stand in their place: {@link
 * dev.hyptrace.diff.abi.compare.Correspondence}.
 */
package dev.hyptrace.diff.abi.compare;
