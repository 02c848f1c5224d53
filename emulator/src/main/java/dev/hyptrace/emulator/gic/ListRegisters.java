package dev.hyptrace.emulator.gic;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * The list registers of the hypervisor interface, GICH_LR0 to GICH_LR3, as the source of a guest's interrupts.
 *
 * <pre>
 * 31   30     29 28   27 .. 23   22 .. 20   19 .... 10    9 ..... 0
 * HW   Grp1   State   Priority   -          PhysicalID    VirtualID
 *                                           19: EOI, 12..10: CPUID while HW is 0
 * </pre>
 */
final class ListRegisters implements InterruptSource {
    static final int COUNT = 4;

    private static final int ID = 0x3ff;
    private static final int PENDING = 1 << 28;
    private static final int ACTIVE = 1 << 29;
    private static final int GROUP1 = 1 << 30;
    private static final int HARDWARE = 1 << 31;
    private static final int EOI = 1 << 19;
    private static final int LINES = 32;
    private static final int SGIS = 16;

    /** What of a register can be written. */
    private static final int MASK = 0xff8f_ffff;

    private final int[] registers = new int[COUNT];
    private final IntConsumer deactivatePhysical;
    private boolean enabled;
    private int endOfInterruptCount;

    /**
     * @param deactivatePhysical deactivates the interrupt of the distributor behind a hardware interrupt
     */
    ListRegisters(IntConsumer deactivatePhysical) {
        this.deactivatePhysical = deactivatePhysical;
    }

    void reset() {
        Arrays.fill(registers, 0);
        enabled = false;
        endOfInterruptCount = 0;
    }

    /** GICH_HCR.En. */
    void setEnabled(boolean enable) {
        enabled = enable;
    }

    /** GICH_HCR.EOICount: 5 bits. */
    int endOfInterruptCount() {
        return endOfInterruptCount;
    }

    void setEndOfInterruptCount(int count) {
        endOfInterruptCount = count & 0x1f;
    }

    int get(int index) {
        return registers[index];
    }

    void set(int index, int value) {
        registers[index] = value & MASK;
    }

    /** ELRSR: the list registers that hold no interrupt and await no maintenance. */
    int free() {
        return matching(value -> isFree(value) && ((value & HARDWARE) != 0 || (value & EOI) == 0));
    }

    /** EISR: the list registers whose interrupt has ended and demands maintenance. */
    int ended() {
        return matching(value -> isFree(value) && (value & HARDWARE) == 0 && (value & EOI) != 0);
    }

    /** The list registers that hold a pending, and not active, interrupt. */
    int pending() {
        return matching(value -> (value & (PENDING | ACTIVE)) == PENDING);
    }

    /** The list registers that hold an interrupt. */
    int valid() {
        return matching(value -> !isFree(value));
    }

    private int matching(IntPredicate condition) {
        int found = 0;
        for (int i = 0; i < COUNT; i++) {
            found |= condition.test(registers[i]) ? 1 << i : 0;
        }
        return found;
    }

    private static boolean isFree(int value) {
        return (value & (PENDING | ACTIVE)) == 0;
    }

    // ---- as a source ------------------------------------------------------------------------------------------------

    @Override
    public int highestPending() {
        int best = SPURIOUS;
        int bestPriority = 0x100;
        for (int value : registers) {
            int priority = value >>> 20 & 0xf8;
            if ((value & (PENDING | ACTIVE)) == PENDING && priority < bestPriority) {
                best = value & ID;
                bestPriority = priority;
            }
        }
        return best;
    }

    @Override
    public boolean forwards(int group) {
        return enabled;
    }

    /** The register that holds an interrupt; -1 when none does. */
    private int find(int id) {
        for (int i = 0; i < COUNT; i++) {
            if ((registers[i] & ID) == id && !isFree(registers[i])) {
                return i;
            }
        }
        return -1;
    }

    private int entry(int id) {
        int index = find(id);
        return index < 0 ? 0 : registers[index];
    }

    @Override
    public int priority(int id) {
        return entry(id) >>> 20 & 0xf8;
    }

    @Override
    public boolean isGroup1(int id) {
        return (entry(id) & GROUP1) != 0;
    }

    @Override
    public void activate(int id) {
        registers[find(id)] |= ACTIVE;
    }

    @Override
    public int takePending(int id) {
        int index = find(id);
        registers[index] &= ~PENDING;
        boolean software = id < SGIS && (registers[index] & HARDWARE) == 0;
        return software ? id | registers[index] & 7 << 10 : id;
    }

    /** An interrupt that no list register holds is counted for the hypervisor. */
    @Override
    public boolean completes(int id) {
        return id < LINES * 32 - 4;
    }

    @Override
    public void deactivate(int id) {
        int index = find(id);
        if (index < 0) {
            setEndOfInterruptCount(endOfInterruptCount + 1);
            return;
        }
        registers[index] &= ~ACTIVE;
        int physical = registers[index] >>> 10 & ID;
        if ((registers[index] & HARDWARE) != 0 && physical >= SGIS && physical < Distributor.INTERRUPTS) {
            deactivatePhysical.accept(physical);
        }
    }
}
