/**
 * The board: QEMU's {@code virt} machine with a Cortex-A15.
 *
 * <p>{@link dev.hyptrace.emulator.board.Machine} is the whole: processor, memory, devices, and a way to run it.
 * {@link dev.hyptrace.emulator.board.BootImage} understands what can be booted;
 * {@link dev.hyptrace.emulator.board.VirtDeviceTree} describes the board to the guest.
 */
package dev.hyptrace.emulator.board;
