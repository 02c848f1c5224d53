package dev.hyptrace.emulator.device;

/** What a device asserts when it wants attention. */
@FunctionalInterface
public interface InterruptLine {
    /** Not connected. */
    InterruptLine NONE = asserted -> {};

    /** Sets the level. */
    void set(boolean asserted);
}
