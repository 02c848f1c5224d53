package dev.hyptrace.emulator.board;

/** Where things lie on QEMU's {@code virt} board: hw/arm/virt.c (7.2), and the tree that {@code dumpdtb} prints. */
public final class VirtMap {
    public static final long FLASH = 0;
    /** The size of each of the two banks of flash. */
    public static final int FLASH_BANK_SIZE = 0x0400_0000;

    public static final int GIC_DISTRIBUTOR = 0x0800_0000;
    public static final int GIC_CPU_INTERFACE = 0x0801_0000;
    public static final int GIC_V2M = 0x0802_0000;
    public static final int GIC_HYP_INTERFACE = 0x0803_0000;
    public static final int GIC_VIRTUAL_CPU_INTERFACE = 0x0804_0000;
    public static final int GIC_REGION_SIZE = 0x1_0000;
    /** How much of each region registers take. */
    static final int GIC_FRAME_SIZE = 0x1000;

    static final int GIC_CPU_FRAME_SIZE = 0x2000;

    public static final int UART = 0x0900_0000;
    /** The second UART, for Secure accesses only. */
    public static final int SECURE_UART = 0x0904_0000;

    /** GPIO whose outputs switch the machine off, or reset it: for Secure accesses only. */
    public static final int SECURE_GPIO = 0x090b_0000;

    /** RAM for Secure accesses only. */
    public static final int SECURE_RAM = 0x0e00_0000;

    public static final int SECURE_RAM_SIZE = 0x0100_0000;
    public static final int RTC = 0x0901_0000;
    public static final int FW_CFG = 0x0902_0000;
    public static final int FW_CFG_SIZE = 0x18;
    public static final int GPIO = 0x0903_0000;
    public static final int DEVICE_SIZE = 0x1000;
    public static final int VIRTIO = 0x0a00_0000;
    public static final int VIRTIO_COUNT = 32;
    public static final int PLATFORM_BUS = 0x0c00_0000;
    public static final int PLATFORM_BUS_SIZE = 0x0200_0000;
    public static final int PCI_MEMORY = 0x1000_0000;
    public static final int PCI_MEMORY_SIZE = 0x2eff_0000;
    public static final int PCI_IO = 0x3eff_0000;
    public static final int PCI_IO_SIZE = 0x1_0000;
    public static final long PCI_CONFIGURATION = 0x40_1000_0000L;
    public static final int PCI_CONFIGURATION_SIZE = 0x1000_0000;
    public static final long RAM = 0x4000_0000L;

    /** Shared peripheral interrupts, counted from 0 as a device tree does. */
    public static final int UART_INTERRUPT = 1;

    public static final int RTC_INTERRUPT = 2;
    public static final int PCI_INTERRUPT = 3;
    public static final int GPIO_INTERRUPT = 7;
    public static final int SECURE_UART_INTERRUPT = 8;
    public static final int VIRTIO_INTERRUPT = 16;
    public static final int GIC_V2M_INTERRUPT = 48;
    public static final int GIC_V2M_COUNT = 64;

    /** Interrupt IDs of the timers, which are private to the processor. */
    static final int HYP_TIMER = 26;

    static final int VIRTUAL_TIMER = 27;
    static final int SECURE_PHYSICAL_TIMER = 29;
    static final int PHYSICAL_TIMER = 30;

    /** Where a Linux image is put, relative to RAM: hw/arm/boot.c, KERNEL_LOAD_ADDR. */
    static final int KERNEL_OFFSET = 0x1_0000;

    /** An initrd is put this far into RAM, or half-way when RAM is smaller than twice that; the tree follows it. */
    static final int INITRD_OFFSET = 0x0800_0000;

    private VirtMap() {}
}
