package dev.hyptrace.emulator.gic;

/** Where the interrupts of a {@link CpuInterface} come from. */
interface InterruptSource {
    /** The ID that stands for no interrupt. */
    int SPURIOUS = 1023;

    /** The enabled pending interrupt of the highest priority, the lowest ID among equals; {@link #SPURIOUS} for none. */
    int highestPending();

    /** Whether interrupts of a group, 0 or 1, reach the CPU interface. */
    boolean forwards(int group);

    /** The priority of an interrupt, 0 the highest to 255. */
    int priority(int id);

    boolean isGroup1(int id);

    /** Makes a pending interrupt active. */
    void activate(int id);

    /**
     * The interrupt is no longer pending, unless its cause persists.
     *
     * @return what IAR reads: the ID, with the source processor in bits [12:10]
     */
    int takePending(int id);

    /** Whether priority drop for this ID is due; if not, that it was asked for has been noted. */
    boolean completes(int id);

    /** Makes an interrupt inactive. */
    void deactivate(int id);
}
