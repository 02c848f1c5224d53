/**
 * The system registers: CP14 and CP15 of a Cortex-A15, as QEMU models it.
 *
 * <p>{@link dev.hyptrace.emulator.system.SystemRegisters} is the way in: it reads {@code registers.table}, one line per
 * register, and finds the {@link dev.hyptrace.emulator.system.CoprocessorRegister} that an instruction names. The values are
 * in {@link dev.hyptrace.emulator.core.SystemState}; what is here is the way to them: rights
 * ({@link dev.hyptrace.emulator.system.Rights}), traps ({@link dev.hyptrace.emulator.system.AccessRule}), and what an access
 * does besides ({@link dev.hyptrace.emulator.system.Effects}). {@link dev.hyptrace.emulator.system.GenericTimer} tells a
 * board when its timers fire.
 */
package dev.hyptrace.emulator.system;
