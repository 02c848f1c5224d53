/**
 * A client of the GDB remote serial protocol, and what a stub's registers are called in hyptrace.
 *
 * <p>Start at {@link dev.hyptrace.recorder.gdb.GdbClient}: one connection to one stub (QEMU, OpenOCD, a J-Link server), over
 * a UNIX socket or TCP. Beneath it, {@link dev.hyptrace.recorder.gdb.GdbChannel} moves bytes before a deadline and
 * {@code PacketReader} makes packets of them. Beside it, {@link dev.hyptrace.recorder.gdb.TargetDescription} is the stub's own
 * list of registers, {@link dev.hyptrace.recorder.gdb.RegisterAliases} the table {@code register-aliases.txt} that gives each
 * of its names a {@link dev.hyptrace.traces.model.Register} or a reason to ignore it, and
 * {@link dev.hyptrace.recorder.gdb.RegisterReader} reads states by both.
 *
 * <p>What a stub sends is not trusted: packets, descriptions and waits are bounded, and whatever is not as the protocol says
 * becomes one {@link dev.hyptrace.recorder.gdb.GdbException}. Nothing here knows what a hypercall is.
 */
package dev.hyptrace.recorder.gdb;
