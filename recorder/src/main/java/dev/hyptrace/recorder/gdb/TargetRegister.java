package dev.hyptrace.recorder.gdb;

/**
 * One register as a stub describes it.
 *
 * @param name the stub's name for it; not unique (QEMU has several named DUMMY)
 * @param number what {@code p} and {@code P} packets call it
 * @param bits its width: a positive multiple of 8
 */
public record TargetRegister(String name, int number, int bits) {
    /** The digits that carry it in a packet. */
    public int digits() {
        return bits / 4;
    }
}
