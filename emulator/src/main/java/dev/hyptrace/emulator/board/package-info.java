/**
 * The board: QEMU's {@code virt} machine with a Cortex-A15.
 *
 * <p>{@link dev.hyptrace.emulator.board.Machine} is the whole: processor, memory, devices, and a way to run it.
 * {@link dev.hyptrace.emulator.board.VirtDevices} puts the devices to their places in {@link
 * dev.hyptrace.emulator.board.VirtMap}, connects their interrupts, and is the clock of the timers; {@link
 * dev.hyptrace.emulator.board.VirtDeviceTree} describes them to the guest, {@link dev.hyptrace.emulator.board.Psci} and {@link
 * dev.hyptrace.emulator.board.Semihosting} answer its calls. {@link dev.hyptrace.emulator.board.BootImage} understands what
 * can be booted.
 *
 * <p>Time is counted in instructions, one to the nanosecond; a processor that waits is taken to the next event at once. So
 * the same image, options and typed input give the same run. There is no device behind virtio and PCI, no {@code secure=on},
 * and one processor.
 */
package dev.hyptrace.emulator.board;
