package dev.hyptrace.emulator.gic;

import dev.hyptrace.emulator.memory.Device;

/**
 * The distributor's registers as Non-secure accesses see them: Group 0 interrupts are hidden, the lower half of the priorities
 * is the whole. As in QEMU, SGIR generates interrupts of either group.
 */
final class NonSecureDistributor implements Device {
    private static final int IGROUPR = 0x080;
    private static final int ISENABLER = 0x100;
    private static final int IPRIORITYR = 0x400;
    private static final int ITARGETSR = 0x800;
    private static final int ICFGR = 0xc00;
    private static final int SGIR = 0xf00;
    private static final int CPENDSGIR = 0xf10;
    private static final int SPENDSGIR_END = 0xf30;
    private static final int ENABLE_GROUP_1 = 2;

    private final Distributor distributor;

    NonSecureDistributor(Distributor distributor) {
        this.distributor = distributor;
    }

    @Override
    public long read(int offset, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | readByte(offset + i);
        }
        return value;
    }

    private int readByte(int offset) {
        int value = distributor.readByte(offset);
        if (offset == 0) {
            return value >>> 1 & 1;
        }
        if (offset >= IPRIORITYR && offset < ITARGETSR) {
            return isVisible(offset - IPRIORITYR) ? value << 1 & 0xff : 0;
        }
        return value & visible(offset);
    }

    private boolean isVisible(int id) {
        return (distributor.group1Mask(id) & 1) != 0;
    }

    /** The bits of a byte, other than of a priority, that belong to Group 1 or to none. */
    private int visible(int offset) {
        if (offset >= IGROUPR && offset < ISENABLER) {
            return 0;
        }
        if (offset >= ISENABLER && offset < IPRIORITYR) {
            return distributor.group1Mask((offset & 0x7f) * 8);
        }
        if (offset >= ICFGR && offset < SGIR) {
            return pairs(distributor.group1Mask((offset - ICFGR) * 4));
        }
        if (offset >= CPENDSGIR && offset < SPENDSGIR_END) {
            return isVisible(offset & 0xf) ? 0xff : 0;
        }
        return 0xff;
    }

    /** Two bits for each of the lower four. */
    private static int pairs(int mask) {
        int result = 0;
        for (int i = 0; i < 4; i++) {
            result |= (mask >>> i & 1) * 3 << 2 * i;
        }
        return result;
    }

    @Override
    public void write(int offset, int size, long value) {
        if (offset == SGIR && size == 4) {
            distributor.write(offset, size, value);
            return;
        }
        for (int i = 0; i < size; i++) {
            writeByte(offset + i, (int) (value >>> 8 * i) & 0xff);
        }
        distributor.notifyChanged();
    }

    private void writeByte(int offset, int value) {
        if (offset == 0) {
            int others = distributor.readByte(0) & ~ENABLE_GROUP_1;
            distributor.writeByte(0, others | (value & 1) * ENABLE_GROUP_1);
        } else if (offset >= IPRIORITYR && offset < ITARGETSR) {
            if (isVisible(offset - IPRIORITYR)) {
                distributor.writeByte(offset, 0x80 | value >>> 1);
            }
        } else if (offset >= ICFGR && offset < SGIR) {
            int visible = visible(offset);
            distributor.writeByte(offset, distributor.readByte(offset) & ~visible | value & visible);
        } else if (offset < IGROUPR || offset >= ISENABLER) {
            distributor.writeByte(offset, value & visible(offset));
        }
    }
}
