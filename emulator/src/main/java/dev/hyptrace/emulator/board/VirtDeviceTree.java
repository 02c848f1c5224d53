package dev.hyptrace.emulator.board;

import dev.hyptrace.emulator.device.EmptyVirtioSlots;

/**
 * Describes the board to a guest: the nodes, properties and phandles of the tree that QEMU 7.2 makes for {@code -M
 * virt,virtualization=on -cpu cortex-a15}, with {@code secure=on} or without, in its order. The seeds, random in QEMU, are
 * always the same here.
 */
final class VirtDeviceTree {
    private static final int CLOCK = 0x8000;
    private static final int PROCESSOR = 0x8001;
    private static final int INTERRUPT_CONTROLLER = 0x8002;
    private static final int MSI_CONTROLLER = 0x8003;
    private static final int GPIO = 0x8004;
    private static final int SECURE_GPIO = 0x8005;
    private static final int SHARED = 0;
    private static final int PRIVATE = 1;
    private static final int EDGE_RISING = 1;
    private static final int LEVEL_HIGH = 4;
    private static final int PROCESSOR_0 = 0x100;
    private static final int UART_CLOCK_HZ = 24_000_000;
    private static final int POWER_KEY = 0x74;
    private static final int POWER_BUTTON_LINE = 3;
    private static final int[] RANDOM_SEED = {
        0x9e37_79b9, 0x7f4a_7c15, 0xf39c_c060, 0x5ced_c834, 0x1082_276b, 0xf3a2_7251, 0xf86c_6a11, 0xd0c1_8e95
    };
    private static final int[] LAYOUT_SEED = {0x2767_f0b1, 0x53d2_7f6b};

    /** QEMU's tree has this size: a kernel reserves as much memory. */
    private static final int SIZE = 1 << 20;

    private VirtDeviceTree() {}

    /**
     * What is told about the board.
     *
     * @param ramSize in bytes
     * @param commandLine the kernel's command line, or null for none
     * @param initrd the initial RAM disk's first address and the one after its last, or null for none
     * @param secure whether there is a Secure world
     * @param psci whether the board answers PSCI calls
     * @param guest the kernel that the image is to start as its guest, or null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // Held once and never compared.
    record Content(long ramSize, String commandLine, int[] initrd, boolean secure, boolean psci, FirstGuest guest) {}

    /** The tree. */
    static byte[] build(Content content) {
        FlattenedTree tree = new FlattenedTree();
        tree.begin("")
                .cells("interrupt-parent", INTERRUPT_CONTROLLER)
                .text("model", "linux,dummy-virt")
                .cells("#size-cells", 2)
                .cells("#address-cells", 2)
                .text("compatible", "linux,dummy-virt");
        if (content.psci) {
            psci(tree);
        }
        tree.begin("memory@40000000")
                .cells("reg", 0, (int) VirtMap.RAM, (int) (content.ramSize >>> 32), (int) content.ramSize)
                .text("device_type", "memory")
                .end();
        devices(tree, content.secure);
        processor(tree);
        timer(tree);
        clock(tree);
        if (content.secure) {
            tree.begin("secure-chosen").text("stdout-path", "/" + node("pl011", VirtMap.SECURE_UART));
            seeds(tree).end();
        }
        chosen(tree, content);
        return tree.end().toBytes(SIZE);
    }

    private static void devices(FlattenedTree tree, boolean secure) {
        platformBus(tree);
        firmwareConfiguration(tree);
        for (int i = 0; i < VirtMap.VIRTIO_COUNT; i++) {
            virtio(tree, i);
        }
        if (secure) {
            secureGpio(tree);
        }
        gpio(tree);
        PciNode.add(tree, INTERRUPT_CONTROLLER, MSI_CONTROLLER);
        primecell(tree.begin(node("pl031", VirtMap.RTC)), "pl031", VirtMap.RTC, VirtMap.RTC_INTERRUPT, "apb_pclk");
        if (secure) {
            tree.begin(node("pl011", VirtMap.SECURE_UART));
            uart(secureOnly(tree), VirtMap.SECURE_UART, VirtMap.SECURE_UART_INTERRUPT);
            secureMemory(tree);
        }
        uart(tree.begin(node("pl011", VirtMap.UART)), VirtMap.UART, VirtMap.UART_INTERRUPT);
        tree.begin("pmu").end();
        interruptController(tree);
        if (secure) {
            secureFlash(tree);
        } else {
            flash(tree);
        }
    }

    private static String node(String name, int base) {
        return name + "@" + Integer.toHexString(base);
    }

    /** In the node opened last: a device that only Secure accesses reach. */
    private static FlattenedTree secureOnly(FlattenedTree tree) {
        return tree.text("secure-status", "okay").text("status", "disabled");
    }

    private static FlattenedTree seeds(FlattenedTree tree) {
        return tree.cells("rng-seed", RANDOM_SEED).cells("kaslr-seed", LAYOUT_SEED);
    }

    private static void chosen(FlattenedTree tree, Content content) {
        tree.begin("chosen");
        if (content.initrd != null) {
            tree.cells("linux,initrd-end", content.initrd[1]).cells("linux,initrd-start", content.initrd[0]);
        }
        if (content.commandLine != null) {
            tree.text("bootargs", content.commandLine);
        }
        tree.text("stdout-path", "/" + node("pl011", VirtMap.UART));
        seeds(tree);
        if (content.guest != null) {
            guest(tree, content.guest);
        }
        tree.end();
    }

    /** As the multiboot protocol of Xen for device trees has it, and QEMU's guest-loader. */
    private static void guest(FlattenedTree tree, FirstGuest guest) {
        long address = guest.address();
        tree.begin("module@0x" + Long.toHexString(address));
        if (guest.commandLine() != null) {
            tree.text("bootargs", guest.commandLine());
        }
        tree.text("compatible", "multiboot,module", "multiboot,kernel")
                .cells("reg", (int) (address >>> 32), (int) address, 0, guest.image().length)
                .end();
    }

    private static void secureGpio(FlattenedTree tree) {
        String[] names = {"gpio-restart", "gpio-poweroff"};
        for (int i = 0; i < names.length; i++) {
            secureOnly(tree.begin(names[i]))
                    .cells("gpios", SECURE_GPIO, names.length - 1 - i, 0)
                    .text("compatible", names[i])
                    .end();
        }
        secureOnly(tree.begin(node("pl061", VirtMap.SECURE_GPIO)));
        gpioController(tree, SECURE_GPIO, VirtMap.SECURE_GPIO, 0);
    }

    private static void secureMemory(FlattenedTree tree) {
        secureOnly(tree.begin(node("secram", VirtMap.SECURE_RAM)))
                .cells("reg", 0, VirtMap.SECURE_RAM, 0, VirtMap.SECURE_RAM_SIZE)
                .text("device_type", "memory")
                .end();
    }

    private static void psci(FlattenedTree tree) {
        tree.begin("psci")
                .cells("migrate", 0x8400_0005)
                .cells("cpu_on", 0x8400_0003)
                .cells("cpu_off", 0x8400_0002)
                .cells("cpu_suspend", 0x8400_0001)
                .text("method", "smc")
                .text("compatible", "arm,psci-1.0", "arm,psci-0.2", "arm,psci")
                .end();
    }

    private static void platformBus(FlattenedTree tree) {
        tree.begin("platform-bus@" + Integer.toHexString(VirtMap.PLATFORM_BUS))
                .cells("interrupt-parent", INTERRUPT_CONTROLLER)
                .cells("ranges", 0, 0, VirtMap.PLATFORM_BUS, VirtMap.PLATFORM_BUS_SIZE)
                .cells("#address-cells", 1)
                .cells("#size-cells", 1)
                .text("compatible", "qemu,platform", "simple-bus")
                .end();
    }

    private static void firmwareConfiguration(FlattenedTree tree) {
        tree.begin("fw-cfg@" + Integer.toHexString(VirtMap.FW_CFG))
                .flag("dma-coherent")
                .cells("reg", 0, VirtMap.FW_CFG, 0, VirtMap.FW_CFG_SIZE)
                .text("compatible", "qemu,fw-cfg-mmio")
                .end();
    }

    private static void virtio(FlattenedTree tree, int index) {
        int base = VirtMap.VIRTIO + index * EmptyVirtioSlots.SLOT_SIZE;
        tree.begin("virtio_mmio@" + Integer.toHexString(base))
                .flag("dma-coherent")
                .cells("interrupts", SHARED, VirtMap.VIRTIO_INTERRUPT + index, EDGE_RISING)
                .cells("reg", 0, base, 0, EmptyVirtioSlots.SLOT_SIZE)
                .text("compatible", "virtio,mmio")
                .end();
    }

    private static void gpio(FlattenedTree tree) {
        tree.begin("gpio-keys")
                .text("compatible", "gpio-keys")
                .begin("poweroff")
                .cells("gpios", GPIO, POWER_BUTTON_LINE, 0)
                .cells("linux,code", POWER_KEY)
                .text("label", "GPIO Key Poweroff")
                .end()
                .end();
        gpioController(tree.begin(node("pl061", VirtMap.GPIO)), GPIO, VirtMap.GPIO, VirtMap.GPIO_INTERRUPT);
    }

    private static void gpioController(FlattenedTree tree, int phandle, int base, int interrupt) {
        tree.cells("phandle", phandle)
                .text("clock-names", "apb_pclk")
                .cells("clocks", CLOCK)
                .cells("interrupts", SHARED, interrupt, LEVEL_HIGH)
                .flag("gpio-controller")
                .cells("#gpio-cells", 2)
                .text("compatible", "arm,pl061", "arm,primecell")
                .cells("reg", 0, base, 0, VirtMap.DEVICE_SIZE)
                .end();
    }

    private static void uart(FlattenedTree tree, int base, int interrupt) {
        primecell(tree, "pl011", base, interrupt, "uartclk", "apb_pclk");
    }

    private static void primecell(FlattenedTree tree, String name, int base, int interrupt, String... clocks) {
        int[] phandles = new int[clocks.length];
        java.util.Arrays.fill(phandles, CLOCK);
        tree.text("clock-names", clocks)
                .cells("clocks", phandles)
                .cells("interrupts", SHARED, interrupt, LEVEL_HIGH)
                .cells("reg", 0, base, 0, VirtMap.DEVICE_SIZE)
                .text("compatible", "arm," + name, "arm,primecell")
                .end();
    }

    private static void interruptController(FlattenedTree tree) {
        int size = VirtMap.GIC_REGION_SIZE;
        int[] frames = {
            VirtMap.GIC_DISTRIBUTOR,
            VirtMap.GIC_CPU_INTERFACE,
            VirtMap.GIC_HYP_INTERFACE,
            VirtMap.GIC_VIRTUAL_CPU_INTERFACE
        };
        int[] registers = new int[4 * frames.length];
        for (int i = 0; i < frames.length; i++) {
            registers[4 * i + 1] = frames[i];
            registers[4 * i + 3] = size;
        }
        tree.begin("intc@" + Integer.toHexString(VirtMap.GIC_DISTRIBUTOR))
                .cells("phandle", INTERRUPT_CONTROLLER)
                .cells("interrupts", PRIVATE, 9, LEVEL_HIGH)
                .cells("reg", registers)
                .text("compatible", "arm,cortex-a15-gic")
                .flag("ranges")
                .cells("#size-cells", 2)
                .cells("#address-cells", 2)
                .flag("interrupt-controller")
                .cells("#interrupt-cells", 3)
                .begin("v2m@" + Integer.toHexString(VirtMap.GIC_V2M))
                .cells("phandle", MSI_CONTROLLER)
                .cells("reg", 0, VirtMap.GIC_V2M, 0, VirtMap.GIC_FRAME_SIZE)
                .flag("msi-controller")
                .text("compatible", "arm,gic-v2m-frame")
                .end()
                .end();
    }

    private static void flash(FlattenedTree tree) {
        int bank = VirtMap.FLASH_BANK_SIZE;
        tree.begin("flash@0")
                .cells("bank-width", 4)
                .cells("reg", 0, 0, 0, bank, 0, bank, 0, bank)
                .text("compatible", "cfi-flash")
                .end();
    }

    /** The bank that the processor starts from is the Secure world's. */
    private static void secureFlash(FlattenedTree tree) {
        int bank = VirtMap.FLASH_BANK_SIZE;
        flashBank(tree.begin(node("flash", bank)), bank);
        flashBank(secureOnly(tree.begin("secflash@0")), 0);
    }

    private static void flashBank(FlattenedTree tree, int base) {
        tree.cells("bank-width", 4)
                .cells("reg", 0, base, 0, VirtMap.FLASH_BANK_SIZE)
                .text("compatible", "cfi-flash")
                .end();
    }

    private static void processor(FlattenedTree tree) {
        tree.begin("cpus")
                .cells("#size-cells", 0)
                .cells("#address-cells", 1)
                .begin("cpu-map")
                .begin("socket0")
                .begin("cluster0")
                .begin("core0")
                .cells("cpu", PROCESSOR)
                .end()
                .end()
                .end()
                .end()
                .begin("cpu@0")
                .cells("phandle", PROCESSOR)
                .cells("reg", 0)
                .text("compatible", "arm,cortex-a15")
                .text("device_type", "cpu")
                .end()
                .end();
    }

    /** Private peripheral interrupts 13 (Secure), 14, 11 (virtual) and 10 (Hyp), level-triggered, for processor 0. */
    private static void timer(FlattenedTree tree) {
        int flags = PROCESSOR_0 | LEVEL_HIGH;
        tree.begin("timer")
                .cells("interrupts", PRIVATE, 13, flags, PRIVATE, 14, flags, PRIVATE, 11, flags, PRIVATE, 10, flags)
                .flag("always-on")
                .text("compatible", "arm,armv7-timer")
                .end();
    }

    private static void clock(FlattenedTree tree) {
        tree.begin("apb-pclk")
                .cells("phandle", CLOCK)
                .text("clock-output-names", "clk24mhz")
                .cells("clock-frequency", UART_CLOCK_HZ)
                .cells("#clock-cells", 0)
                .text("compatible", "fixed-clock")
                .end();
    }
}
