package dev.hyptrace.emulator.board;

/** Where things lie on QEMU's {@code virt} board: hw/arm/virt.c (7.2), and the tree that {@code dumpdtb} prints. */
public final class VirtMap {
    public static final long FLASH = 0;
    public static final long FLASH_SIZE = 0x0800_0000L;
    public static final int GIC_DISTRIBUTOR = 0x0800_0000;
    public static final int GIC_CPU_INTERFACE = 0x0801_0000;
    public static final int GIC_HYP_INTERFACE = 0x0803_0000;
    public static final int GIC_VIRTUAL_CPU_INTERFACE = 0x0804_0000;
    public static final int GIC_REGION_SIZE = 0x1_0000;
    public static final int UART = 0x0900_0000;
    public static final int RTC = 0x0901_0000;
    public static final int DEVICE_SIZE = 0x1000;
    public static final long RAM = 0x4000_0000L;

    /** Shared peripheral interrupts, counted from 0 as a device tree does. */
    public static final int UART_INTERRUPT = 1;

    public static final int RTC_INTERRUPT = 2;

    /** Where a Linux image is put, relative to RAM: hw/arm/boot.c, KERNEL_LOAD_ADDR. */
    static final int KERNEL_OFFSET = 0x1_0000;

    /** An initrd is put this far into RAM, or half-way when RAM is smaller than twice that; the tree follows it. */
    static final int INITRD_OFFSET = 0x0800_0000;

    private VirtMap() {}
}
