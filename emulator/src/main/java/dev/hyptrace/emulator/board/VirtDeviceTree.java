package dev.hyptrace.emulator.board;

/** Describes the board to a guest, with the nodes and phandles that it really has. */
final class VirtDeviceTree {
    private static final int CLOCK = 0x8000;
    private static final int INTERRUPT_CONTROLLER = 0x8002;
    private static final int SHARED = 0;
    private static final int PRIVATE = 1;
    private static final int LEVEL_HIGH = 4;
    private static final int UART_CLOCK_HZ = 24_000_000;

    private VirtDeviceTree() {}

    /**
     * The tree.
     *
     * @param ramSize in bytes
     * @param commandLine the kernel's command line, or null for none
     * @param initrd the initial RAM disk's first address and the one after its last, or null for none
     * @param psciByHvc whether the PSCI conduit is HVC and not SMC
     */
    static byte[] build(long ramSize, String commandLine, int[] initrd, boolean psciByHvc) {
        FlattenedTree tree = new FlattenedTree();
        tree.begin("")
                .cells("interrupt-parent", INTERRUPT_CONTROLLER)
                .text("model", "linux,dummy-virt")
                .cells("#size-cells", 2)
                .cells("#address-cells", 2)
                .text("compatible", "linux,dummy-virt");
        chosen(tree, commandLine, initrd);
        tree.begin("memory@40000000")
                .cells("reg", 0, (int) VirtMap.RAM, (int) (ramSize >>> 32), (int) ramSize)
                .text("device_type", "memory")
                .end();
        psci(tree, psciByHvc);
        processor(tree);
        timer(tree);
        interruptController(tree);
        clock(tree);
        primecell(tree, "pl011", VirtMap.UART, VirtMap.UART_INTERRUPT, "uartclk", "apb_pclk");
        primecell(tree, "pl031", VirtMap.RTC, VirtMap.RTC_INTERRUPT, "apb_pclk");
        return tree.end().toBytes();
    }

    private static void chosen(FlattenedTree tree, String commandLine, int[] initrd) {
        tree.begin("chosen").text("stdout-path", "/pl011@9000000");
        if (commandLine != null) {
            tree.text("bootargs", commandLine);
        }
        if (initrd != null) {
            tree.cells("linux,initrd-start", initrd[0]).cells("linux,initrd-end", initrd[1]);
        }
        tree.end();
    }

    private static void psci(FlattenedTree tree, boolean hvc) {
        tree.begin("psci")
                .cells("migrate", 0x8400_0005)
                .cells("cpu_on", 0x8400_0003)
                .cells("cpu_off", 0x8400_0002)
                .cells("cpu_suspend", 0x8400_0001)
                .text("method", hvc ? "hvc" : "smc")
                .text("compatible", "arm,psci-1.0", "arm,psci-0.2", "arm,psci")
                .end();
    }

    private static void processor(FlattenedTree tree) {
        tree.begin("cpus")
                .cells("#size-cells", 0)
                .cells("#address-cells", 1)
                .begin("cpu@0")
                .cells("reg", 0)
                .text("compatible", "arm,cortex-a15")
                .text("device_type", "cpu")
                .end()
                .end();
    }

    /** Private peripheral interrupts 13 (Secure), 14, 11 (virtual) and 10 (Hyp), level-triggered, for processor 0. */
    private static void timer(FlattenedTree tree) {
        int flags = 0x100 | LEVEL_HIGH;
        tree.begin("timer")
                .cells("interrupts", PRIVATE, 13, flags, PRIVATE, 14, flags, PRIVATE, 11, flags, PRIVATE, 10, flags)
                .flag("always-on")
                .text("compatible", "arm,armv7-timer")
                .end();
    }

    private static void interruptController(FlattenedTree tree) {
        int size = VirtMap.GIC_REGION_SIZE;
        tree.begin("intc@8000000")
                .cells("phandle", INTERRUPT_CONTROLLER)
                .cells("interrupts", PRIVATE, 9, LEVEL_HIGH)
                .cells(
                        "reg",
                        0,
                        VirtMap.GIC_DISTRIBUTOR,
                        0,
                        size,
                        0,
                        VirtMap.GIC_CPU_INTERFACE,
                        0,
                        size,
                        0,
                        VirtMap.GIC_HYP_INTERFACE,
                        0,
                        size,
                        0,
                        VirtMap.GIC_VIRTUAL_CPU_INTERFACE,
                        0,
                        size)
                .text("compatible", "arm,cortex-a15-gic")
                .flag("ranges")
                .cells("#size-cells", 2)
                .cells("#address-cells", 2)
                .flag("interrupt-controller")
                .cells("#interrupt-cells", 3)
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

    private static void primecell(FlattenedTree tree, String name, int base, int interrupt, String... clocks) {
        int[] phandles = new int[clocks.length];
        java.util.Arrays.fill(phandles, CLOCK);
        tree.begin(name + "@" + Integer.toHexString(base))
                .text("clock-names", clocks)
                .cells("clocks", phandles)
                .cells("interrupts", SHARED, interrupt, LEVEL_HIGH)
                .cells("reg", 0, base, 0, VirtMap.DEVICE_SIZE)
                .text("compatible", "arm," + name, "arm,primecell")
                .end();
    }
}
