package dev.hyptrace.recorder.qemu;

import dev.hyptrace.recorder.live.FollowListener;

/** Is told how a recording goes, and what QEMU prints. */
public interface QemuListener extends FollowListener {
    /** Hears nothing. */
    QemuListener NONE = new QemuListener() {};

    /** A line that QEMU wrote to its standard output: the guest's UART with {@code -nographic}. On a thread of its own. */
    default void console(String line) {}

    /** A line that QEMU wrote to its standard error. On a thread of its own. */
    default void complaint(String line) {}
}
