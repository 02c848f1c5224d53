package dev.hyptrace.emulator.gic;

import dev.hyptrace.emulator.memory.Device;

/**
 * A CPU interface: GICC, or GICV as a guest sees it. It signals the highest pending interrupt of its source if its priority
 * is above the mask and above the running priority.
 */
final class CpuInterface implements Device {
    private static final int CTLR = 0x0000;
    private static final int PMR = 0x0004;
    private static final int BPR = 0x0008;
    private static final int IAR = 0x000c;
    private static final int EOIR = 0x0010;
    private static final int RPR = 0x0014;
    private static final int HPPIR = 0x0018;
    private static final int ABPR = 0x001c;
    private static final int APR = 0x00d0;
    private static final int NSAPR = 0x00e0;
    private static final int IIDR = 0x00fc;
    private static final int DIR = 0x1000;

    private static final int ACK_CTL = 1 << 2;
    private static final int FIQ_EN = 1 << 3;
    private static final int CBPR = 1 << 4;
    private static final int EOI_MODE = 1 << 9;
    /** EOImodeNS: what EOImode is for Non-secure accesses. */
    private static final int EOI_MODE_NS = 1 << 10;

    private static final int CTLR_MASK = 0x21f;
    private static final int ENABLE_GROUP_1 = 2;
    /** The running priority when no interrupt is active. */
    private static final int IDLE = 0x100;

    /** The bit that is set in the priorities that Non-secure software can give. */
    private static final int NON_SECURE = 0x80;

    /** The first NSAPR of priorities that Non-secure software can give. */
    private static final int LOWER_HALF = 2;

    private static final int WRONG_GROUP = 1022;
    private static final int IDENTITY = 0x0002_043b;
    private static final int ID_MASK = 0x3ff;

    private final InterruptSource source;
    private final InterruptOutput output;
    private final ActivePriorities active;
    private final int minimumBinaryPoint;
    private final int priorityMask;
    private final int controlMask;

    private int control;
    private int mask;
    private int binaryPoint;
    private int aliasedBinaryPoint;
    private Runnable changed = this::update;

    /**
     * @param minimumBinaryPoint the least value of BPR: 0 for 128 levels of group priority, 2 for 32
     */
    CpuInterface(InterruptSource source, InterruptOutput output, int minimumBinaryPoint) {
        this(source, output, minimumBinaryPoint, false);
    }

    /**
     * @param securityExtensions whether Group 0 is for Secure state; what is here is then the Secure view, and {@link
     *     #nonSecureView} the other one
     */
    CpuInterface(InterruptSource source, InterruptOutput output, int minimumBinaryPoint, boolean securityExtensions) {
        this.controlMask = securityExtensions ? CTLR_MASK | EOI_MODE_NS : CTLR_MASK;
        this.source = source;
        this.output = output;
        this.minimumBinaryPoint = minimumBinaryPoint;
        this.priorityMask = minimumBinaryPoint == 0 ? 0xff : 0xf8;
        this.active = new ActivePriorities(minimumBinaryPoint + 1);
        reset();
    }

    /** Who is told of changes in place of this interface itself; has to call {@link #update}. */
    void setChanged(Runnable listener) {
        changed = listener;
    }

    void reset() {
        control = 0;
        mask = 0;
        binaryPoint = minimumBinaryPoint;
        aliasedBinaryPoint = minimumBinaryPoint + 1;
        active.clear();
    }

    /** As firmware leaves it to a Non-secure kernel. */
    void giveToNonSecure() {
        mask = NON_SECURE;
    }

    int control() {
        return control;
    }

    ActivePriorities activePriorities() {
        return active;
    }

    // ---- signalling -------------------------------------------------------------------------------------------------

    /** Sets the output to what the state of the source and this interface demand. */
    void update() {
        int id = pending();
        boolean signalled = false;
        boolean fiq = false;
        if (id != InterruptSource.SPURIOUS && source.priority(id) < running()) {
            int group = group(id);
            signalled = isEnabled(group);
            fiq = group == 0 && (control & FIQ_EN) != 0;
        }
        output.set(signalled && !fiq, signalled && fiq);
    }

    /** The highest pending interrupt if it is above the priority mask. */
    private int pending() {
        if (!isEnabled(0) && !isEnabled(1)) {
            return InterruptSource.SPURIOUS;
        }
        int id = source.highestPending();
        return id != InterruptSource.SPURIOUS && source.priority(id) < mask ? id : InterruptSource.SPURIOUS;
    }

    private boolean isEnabled(int group) {
        return source.forwards(group) && (control >>> group & 1) != 0;
    }

    private int group(int id) {
        return source.isGroup1(id) ? 1 : 0;
    }

    private int running() {
        return active.running();
    }

    // ---- registers --------------------------------------------------------------------------------------------------

    @Override
    public long read(int offset, int size) {
        return Integer.toUnsignedLong(
                switch (offset) {
                    case CTLR -> control;
                    case PMR -> mask;
                    case BPR -> binaryPoint;
                    case IAR -> acknowledge();
                    case RPR -> Math.min(running(), 0xff);
                    case HPPIR -> visible(pending());
                    case ABPR -> aliasedBinaryPoint;
                    case IIDR -> IDENTITY;
                    default -> readActivePriorities(offset);
                });
    }

    private int readActivePriorities(int offset) {
        if (offset >= APR && offset < NSAPR + 16) {
            return active.read(offset >= NSAPR ? 1 : 0, offset >>> 2 & 3);
        }
        return 0;
    }

    @Override
    public void write(int offset, int size, long value) {
        int word = (int) value;
        switch (offset) {
            case CTLR -> control = word & controlMask;
            case PMR -> mask = word & priorityMask;
            case BPR -> binaryPoint = Math.max(word & 7, minimumBinaryPoint);
            case EOIR -> complete(word & ID_MASK, EOI_MODE);
            case ABPR -> aliasedBinaryPoint = Math.max(word & 7, 1);
            case DIR -> deactivate(word & ID_MASK, EOI_MODE);
            default -> {
                if (offset >= APR && offset < NSAPR + 16) {
                    active.write(offset >= NSAPR ? 1 : 0, offset >>> 2 & 3, word);
                }
            }
        }
        changed.run();
    }

    /** IAR: the pending interrupt becomes active. */
    private int acknowledge() {
        return acknowledge(visible(pending()));
    }

    /** The same, if {@code answer}, what the reader may see of the pending interrupt, is an interrupt. */
    private int acknowledge(int answer) {
        int id = answer;
        if (answer >= WRONG_GROUP) {
            return answer;
        }
        if (source.priority(id) >= running()) {
            return InterruptSource.SPURIOUS;
        }
        active.enter(group(id), groupPriority(id));
        source.activate(id);
        int result = source.takePending(id);
        changed.run();
        return result;
    }

    /** A Group 1 interrupt shows in IAR and HPPIR only with CTLR.AckCtl. */
    private int visible(int id) {
        boolean hidden = id != InterruptSource.SPURIOUS && source.isGroup1(id) && (control & ACK_CTL) == 0;
        return hidden ? WRONG_GROUP : id;
    }

    /** What of a priority decides about preemption: a binary point of n leaves bits [7:n+1]. */
    private int groupPriority(int id) {
        boolean aliased = source.isGroup1(id) && (control & CBPR) == 0;
        int point = aliased ? aliasedBinaryPoint - 1 : binaryPoint;
        return source.priority(id) & -1 << point + 1;
    }

    /** EOIR: drops the running priority, and deactivates unless CTLR.EOImode leaves that to DIR. */
    private void complete(int id, int splitMode) {
        if (!source.completes(id) || running() == IDLE) {
            return;
        }
        active.leave(group(id));
        if ((control & splitMode) == 0) {
            source.deactivate(id);
        }
    }

    private void deactivate(int id, int splitMode) {
        if ((control & splitMode) != 0) {
            source.deactivate(id);
        }
    }

    // ---- what Non-secure accesses see -------------------------------------------------------------------------------

    /** The registers as Non-secure accesses see them. */
    Device nonSecureView() {
        return new NonSecureView();
    }

    /** The lower half of the priorities is the whole, Group 0 interrupts are hidden. */
    private final class NonSecureView implements Device {
        @Override
        public long read(int offset, int size) {
            return switch (offset) {
                case CTLR -> (control & (ENABLE_GROUP_1 | EOI_MODE_NS)) >>> 1;
                case PMR -> priority(mask);
                case BPR -> (control & CBPR) != 0 ? Math.min(binaryPoint + 1, 7) : aliasedBinaryPoint;
                case IAR -> acknowledge(visible());
                case RPR -> running() == IDLE ? 0xff : priority(running());
                case HPPIR -> visible();
                case IIDR -> IDENTITY;
                case APR, APR + 4 -> Integer.toUnsignedLong(active.read(1, LOWER_HALF + (offset - APR >>> 2)));
                default -> 0;
            };
        }

        private int priority(int priority) {
            return (priority & NON_SECURE) != 0 ? priority << 1 & 0xff : 0;
        }

        private int visible() {
            int id = pending();
            return id != InterruptSource.SPURIOUS && source.isGroup1(id) ? id : InterruptSource.SPURIOUS;
        }

        private boolean isHidden(int id) {
            return source.completes(id) && !source.isGroup1(id);
        }

        @Override
        public void write(int offset, int size, long value) {
            int word = (int) value;
            switch (offset) {
                case CTLR -> {
                    int writable = ENABLE_GROUP_1 | EOI_MODE_NS;
                    control = control & ~writable | word << 1 & writable;
                }
                case PMR -> mask = (mask & NON_SECURE) != 0 ? NON_SECURE | (word & 0xff) >>> 1 : mask;
                case BPR -> aliasedBinaryPoint = (control & CBPR) != 0 ? aliasedBinaryPoint : Math.max(word & 7, 1);
                case EOIR -> {
                    if (!isHidden(word & ID_MASK)) {
                        complete(word & ID_MASK, EOI_MODE_NS);
                    }
                }
                case DIR -> {
                    if (!isHidden(word & ID_MASK)) {
                        deactivate(word & ID_MASK, EOI_MODE_NS);
                    }
                }
                case APR, APR + 4 -> active.write(1, LOWER_HALF + (offset - APR >>> 2), word);
                default -> {}
            }
            changed.run();
        }
    }

    // ---- what the hypervisor interface shows of a virtual one
    // ---------------------------------------------------------

    /** VMCR. */
    int virtualMachineControl() {
        return control & CTLR_MASK | aliasedBinaryPoint << 18 | binaryPoint << 21 | (mask & 0xf8) << 24;
    }

    void setVirtualMachineControl(int value) {
        control = value & CTLR_MASK;
        aliasedBinaryPoint = Math.max(value >>> 18 & 7, minimumBinaryPoint + 1);
        binaryPoint = Math.max(value >>> 21 & 7, minimumBinaryPoint);
        mask = value >>> 24 & 0xf8;
    }
}
