package dev.hyptrace.emulator.gic;

import dev.hyptrace.emulator.memory.Device;
import java.util.Arrays;

/**
 * The distributor, GICD: which interrupts are enabled, pending and active, and their priorities. Its registers can be
 * accessed by bytes, halfwords and words.
 */
final class Distributor implements Device, InterruptSource {
    /** 16 SGIs, 16 PPIs and 256 SPIs. */
    static final int INTERRUPTS = 288;

    private static final int SGIS = 16;
    private static final int CTLR = 0x000;
    private static final int TYPER = 0x004;
    private static final int IIDR = 0x008;
    /** Arm, revision 0. */
    private static final int IDENTITY = 0x43b;

    private static final int ENABLE_BOTH_GROUPS = 3;
    /** TYPER.SecurityExtn, in its second byte. */
    private static final int SECURITY_EXTN = 1 << 2;

    private static final int SGIR = 0xf00;
    private static final int IDENTIFICATION = 0xfd0;

    /** PIDR4 to PIDR7, PIDR0 to PIDR3, CIDR0 to CIDR3. */
    private static final int[] IDS = {4, 0, 0, 0, 0x90, 0xb4, 0x2b, 0, 0x0d, 0xf0, 0x05, 0xb1};

    private final InterruptSet group1 = new InterruptSet(INTERRUPTS);
    private final InterruptSet enabled = new InterruptSet(INTERRUPTS);
    private final InterruptSet pending = new InterruptSet(INTERRUPTS);
    private final InterruptSet active = new InterruptSet(INTERRUPTS);
    private final InterruptSet level = new InterruptSet(INTERRUPTS);
    private final InterruptSet edge = new InterruptSet(INTERRUPTS);
    private final int[] priorities = new int[INTERRUPTS];
    private final Runnable changed;
    private final boolean securityExtensions;
    private int control;

    /**
     * @param changed called whenever the highest pending interrupt may have changed
     * @param securityExtensions whether Group 0 is for Secure state; what is here is then the Secure view of the registers
     */
    Distributor(Runnable changed, boolean securityExtensions) {
        this.changed = changed;
        this.securityExtensions = securityExtensions;
        reset();
    }

    void reset() {
        control = 0;
        for (InterruptSet set : new InterruptSet[] {group1, enabled, pending, active, level, edge}) {
            set.clear();
        }
        Arrays.fill(priorities, 0);
        for (int id = 0; id < SGIS; id++) {
            enabled.add(id);
            edge.add(id);
        }
    }

    /** As firmware leaves it to a Non-secure kernel: every interrupt in Group 1, with the highest priority of that. */
    void giveToNonSecure() {
        for (int id = 0; id < INTERRUPTS; id++) {
            group1.add(id);
        }
        Arrays.fill(priorities, 0x80);
    }

    /** Tells that a view of the registers has changed something. */
    void notifyChanged() {
        changed.run();
    }

    /** Which of eight interrupts from {@code first} on are in Group 1, the first in bit 0. */
    int group1Mask(int first) {
        int mask = 0;
        for (int i = 0; i < 8 && first + i < INTERRUPTS; i++) {
            mask |= group1.contains(first + i) ? 1 << i : 0;
        }
        return mask;
    }

    /** An interrupt's line changes its level, or keeps it. */
    void setLine(int id, boolean asserted) {
        if (level.contains(id) != asserted) {
            level.set(id, asserted);
            if (asserted && edge.contains(id)) {
                pending.add(id);
            }
            changed.run();
        }
    }

    // ---- for the CPU interface --------------------------------------------------------------------------------------

    @Override
    public int highestPending() {
        int best = SPURIOUS;
        int bestPriority = 0x100;
        for (int i = 0; i < enabled.wordCount(); i++) {
            long candidates = enabled.word(i) & (pending.word(i) | level.word(i) & ~edge.word(i)) & ~active.word(i);
            for (; candidates != 0; candidates &= candidates - 1) {
                int id = 64 * i + Long.numberOfTrailingZeros(candidates);
                if (priorities[id] < bestPriority) {
                    best = id;
                    bestPriority = priorities[id];
                }
            }
        }
        return best;
    }

    @Override
    public boolean forwards(int group) {
        return (control >>> group & 1) != 0;
    }

    @Override
    public int priority(int id) {
        return priorities[id];
    }

    @Override
    public boolean isGroup1(int id) {
        return group1.contains(id);
    }

    @Override
    public void activate(int id) {
        active.add(id);
    }

    @Override
    public int takePending(int id) {
        pending.remove(id);
        return id;
    }

    @Override
    public boolean completes(int id) {
        return id < INTERRUPTS;
    }

    @Override
    public void deactivate(int id) {
        if (id < INTERRUPTS) {
            active.remove(id);
        }
    }

    // ---- registers --------------------------------------------------------------------------------------------------

    @Override
    public long read(int offset, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | readByte(offset + i);
        }
        return value;
    }

    int readByte(int offset) {
        if (offset >= IDENTIFICATION) {
            return offset < 0x1000 && (offset & 3) == 0 ? IDS[offset - IDENTIFICATION >>> 2] : 0;
        }
        if (offset >= 0xf10) {
            return offset < 0xf30 && pending.contains(offset & 0xf) ? 1 : 0;
        }
        if (offset < 0x80) {
            return readHeader(offset);
        }
        if (offset < 0x400) {
            return readBits(offset, (offset & 0x7f) * 8);
        }
        if (offset < 0x800) {
            return offset - 0x400 < INTERRUPTS ? priorities[offset - 0x400] : 0;
        }
        // ITARGETSR: with one processor they read as zero.
        return offset >= 0xc00 && offset < SGIR ? readConfiguration((offset - 0xc00) * 4) : 0;
    }

    private int readHeader(int offset) {
        return switch (offset) {
            case CTLR -> control;
            case TYPER -> INTERRUPTS / 32 - 1;
            case TYPER + 1 -> securityExtensions ? SECURITY_EXTN : 0;
            case IIDR, IIDR + 1 -> IDENTITY >>> 8 * (offset - IIDR) & 0xff;
            default -> 0;
        };
    }

    private int readBits(int offset, int first) {
        int value = 0;
        for (int i = 0; i < 8 && first + i < INTERRUPTS; i++) {
            value |= isSet(offset, first + i) ? 1 << i : 0;
        }
        return value;
    }

    private boolean isSet(int offset, int id) {
        return switch (offset >>> 7) {
            case 1 -> group1.contains(id);
            case 2, 3 -> enabled.contains(id);
            case 4, 5 -> pending.contains(id) || level.contains(id) && !edge.contains(id);
            default -> active.contains(id);
        };
    }

    private int readConfiguration(int first) {
        int value = 0;
        for (int i = 0; i < 4 && first + i < INTERRUPTS; i++) {
            value |= edge.contains(first + i) ? 2 << 2 * i : 0;
        }
        return value;
    }

    @Override
    public void write(int offset, int size, long value) {
        if (offset == SGIR && size == 4) {
            generate((int) value);
        } else {
            for (int i = 0; i < size; i++) {
                writeByte(offset + i, (int) (value >>> 8 * i) & 0xff);
            }
        }
        changed.run();
    }

    /** SGIR: TargetListFilter 0 takes bit 16 of the list, 1 means all other processors, of which there is none. */
    private void generate(int value) {
        int filter = value >>> 24 & 3;
        if (filter >= 2 || filter == 0 && (value & 1 << 16) != 0) {
            pending.add(value & 0xf);
        }
    }

    void writeByte(int offset, int value) {
        if (offset == CTLR) {
            control = value & ENABLE_BOTH_GROUPS;
        } else if (offset >= 0x80 && offset < 0x400) {
            for (int i = 0; i < 8; i++) {
                int id = (offset & 0x7f) * 8 + i;
                if ((offset >>> 7 == 1 || (value >>> i & 1) != 0) && id < INTERRUPTS) {
                    writeBit(offset >>> 7, id, (value >>> i & 1) != 0);
                }
            }
        } else if (offset >= 0x400 && offset < 0x400 + INTERRUPTS) {
            priorities[offset - 0x400] = value;
        } else if (offset >= 0xc00 && offset < SGIR) {
            writeConfiguration((offset - 0xc00) * 4, value);
        } else if (offset >= 0xf10 && offset < 0xf30 && (value & 1) != 0) {
            pending.set(offset & 0xf, offset >= 0xf20);
        }
    }

    /** IGROUPR, ISENABLER, ICENABLER, ISPENDR, ICPENDR, ISACTIVER, ICACTIVER: in this order from block 1 on. */
    private void writeBit(int block, int id, boolean value) {
        boolean sgi = id < SGIS;
        switch (block) {
            case 1 -> group1.set(id, value);
            case 2 -> enable(id);
            case 3 -> enabled.set(id, sgi);
            case 4 -> pending.set(id, !sgi || pending.contains(id));
            case 5 -> pending.set(id, sgi && pending.contains(id));
            case 6 -> active.add(id);
            default -> active.remove(id);
        }
    }

    /** As in QEMU, a level-sensitive interrupt whose line is asserted stays pending once it has been enabled. */
    private void enable(int id) {
        enabled.add(id);
        if (level.contains(id) && !edge.contains(id)) {
            pending.add(id);
        }
    }

    private void writeConfiguration(int first, int value) {
        for (int i = 0; i < 4 && first + i < INTERRUPTS; i++) {
            edge.set(first + i, first < SGIS || (value & 2 << 2 * i) != 0);
        }
    }
}
