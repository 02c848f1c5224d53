/**
 * Recording the hypercalls of a guest in {@code qemu-system-arm}, from its first instruction.
 *
 * <p>Start at {@link dev.hyptrace.recorder.qemu.QemuRecording}: it starts QEMU stopped and with its GDB stub on a UNIX socket that
 * only this user can reach, writes the recording's header, lets a
 * {@link dev.hyptrace.recorder.live.HypercallFollower} follow the guest, and ends QEMU whatever happens.
 * {@link dev.hyptrace.recorder.qemu.QemuOptions} says what to start, {@code QemuArguments} reads the machine and the images
 * out of QEMU's own arguments, {@code QemuProcess} is the process.
 */
package dev.hyptrace.recorder.qemu;
