package dev.hyptrace.emulator.gic;

import dev.hyptrace.emulator.memory.Device;

/** The hypervisor interface, GICH: the state of a guest's CPU interface, its interrupts, and when maintenance is due. */
final class HypervisorInterface implements Device {
    private static final int HCR = 0x00;
    private static final int VTR = 0x04;
    private static final int VMCR = 0x08;
    private static final int MISR = 0x10;
    private static final int EISR0 = 0x20;
    private static final int ELRSR0 = 0x30;
    private static final int APR = 0xf0;
    private static final int LR0 = 0x100;

    /** 5 bits of priority and of preemption, and the list registers less one. */
    private static final int TYPE = 4 << 29 | 4 << 26 | ListRegisters.COUNT - 1;

    private static final int ENABLES = 0xff;
    private static final int EN = 1;
    private static final int UIE = 1 << 1;
    private static final int LRENPIE = 1 << 2;
    private static final int NPIE = 1 << 3;
    private static final int VGRP0EIE = 1 << 4;
    private static final int VGRP0DIE = 1 << 5;
    private static final int VGRP1EIE = 1 << 6;
    private static final int VGRP1DIE = 1 << 7;

    private final ListRegisters list;
    private final CpuInterface guest;
    private final Runnable changed;
    private int control;

    /**
     * @param guest the virtual CPU interface
     * @param changed called after each write
     */
    HypervisorInterface(ListRegisters list, CpuInterface guest, Runnable changed) {
        this.list = list;
        this.guest = guest;
        this.changed = changed;
    }

    void reset() {
        control = 0;
    }

    /** Whether the maintenance interrupt is asserted. */
    boolean isMaintenanceDue() {
        return (control & EN) != 0 && maintenance() != 0;
    }

    /** MISR: each bit at the place of its enable in HCR; bit 0 for interrupts that have ended. */
    private int maintenance() {
        int enabledGroups = guest.control() & 3;
        return (list.ended() != 0 ? 1 : 0)
                | due(UIE, Integer.bitCount(list.valid()) < 2)
                | due(LRENPIE, list.endOfInterruptCount() != 0)
                | due(NPIE, list.pending() == 0)
                | due(VGRP0EIE, (enabledGroups & 1) != 0)
                | due(VGRP0DIE, (enabledGroups & 1) == 0)
                | due(VGRP1EIE, (enabledGroups & 2) != 0)
                | due(VGRP1DIE, (enabledGroups & 2) == 0);
    }

    private int due(int enable, boolean condition) {
        return condition ? control & enable : 0;
    }

    @Override
    public long read(int offset, int size) {
        return Integer.toUnsignedLong(
                switch (offset) {
                    case HCR -> control | list.endOfInterruptCount() << 27;
                    case VTR -> TYPE;
                    case VMCR -> guest.virtualMachineControl();
                    case MISR -> maintenance();
                    case EISR0 -> list.ended();
                    case ELRSR0 -> list.free();
                    case APR -> guest.activePriorities().read(0, 0);
                    default -> isList(offset) ? list.get(offset - LR0 >>> 2) : 0;
                });
    }

    private static boolean isList(int offset) {
        return offset >= LR0 && offset < LR0 + 4 * ListRegisters.COUNT;
    }

    @Override
    public void write(int offset, int size, long value) {
        int word = (int) value;
        switch (offset) {
            case HCR -> {
                control = word & ENABLES;
                list.setEnabled((word & EN) != 0);
                list.setEndOfInterruptCount(word >>> 27);
            }
            case VMCR -> guest.setVirtualMachineControl(word);
            case APR -> guest.activePriorities().write(0, 0, word);
            default -> {
                if (isList(offset)) {
                    list.set(offset - LR0 >>> 2, word);
                }
            }
        }
        changed.run();
    }
}
