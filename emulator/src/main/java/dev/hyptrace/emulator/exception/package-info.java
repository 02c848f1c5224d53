/**
 * Taking exceptions and returning from them: DDI 0406C B1.8 and B1.9.
 *
 * <p>{@link dev.hyptrace.emulator.exception.Exceptions} is what the interpreter calls: for an instruction that was stopped,
 * and between instructions for interrupts. Instructions whose purpose is an exception call
 * {@link dev.hyptrace.emulator.exception.ExceptionCalls}; those that return call
 * {@link dev.hyptrace.emulator.exception.ExceptionReturn}. {@link dev.hyptrace.emulator.exception.ExceptionEntry} is the
 * common end of all entries: banks, masks, instruction set, vector. {@link dev.hyptrace.emulator.exception.FaultStatus}
 * encodes why a memory access failed.
 *
 * <p>Where QEMU differs from the manual, the processor follows QEMU if software can tell; such places name it.
 */
package dev.hyptrace.emulator.exception;
