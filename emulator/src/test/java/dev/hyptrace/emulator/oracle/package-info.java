/**
 * Instructions compared with QEMU, one by one.
 *
 * <p>A {@link dev.hyptrace.emulator.oracle.Case} is an instruction and the state before it; its
 * {@link dev.hyptrace.emulator.oracle.Outcome} is the state when the next exception is taken.
 * {@link dev.hyptrace.emulator.oracle.Qemu} and {@link dev.hyptrace.emulator.oracle.Emulator} both execute cases.
 */
package dev.hyptrace.emulator.oracle;
