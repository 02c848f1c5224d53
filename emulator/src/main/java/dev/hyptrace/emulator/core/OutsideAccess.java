package dev.hyptrace.emulator.core;

/**
 * Thrown out of a step when an instruction reaches for what lies outside of processor and RAM, while that is closed because
 * it cannot be brought back: a device, or firmware.
 */
public final class OutsideAccess extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean device;
    private final long address;

    private OutsideAccess(String message, boolean device, long address) {
        super(message, null, false, false);
        this.device = device;
        this.address = address;
    }

    /** An access to a device at a physical address. */
    public static OutsideAccess device(long physicalAddress) {
        return new OutsideAccess(String.format("a device at 0x%08x", physicalAddress), true, physicalAddress);
    }

    /** A call that firmware would answer. */
    public static OutsideAccess firmware(FirmwareCalls.Conduit conduit) {
        return new OutsideAccess("firmware by " + conduit, false, 0);
    }

    /** Whether it was a device, and not firmware. */
    public boolean isDevice() {
        return device;
    }

    /** The physical address of the access, for a device. */
    public long address() {
        return address;
    }
}
