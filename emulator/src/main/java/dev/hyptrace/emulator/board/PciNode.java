package dev.hyptrace.emulator.board;

/** The device tree's node of the PCI Express host bridge. */
final class PciNode {
    private static final int LEVEL_HIGH = 4;
    private static final int SLOTS = 4;
    private static final int PINS = 4;
    private static final int CELLS_PER_ENTRY = 10;
    private static final int SPACE_IO = 0x0100_0000;
    private static final int SPACE_MEMORY_32 = 0x0200_0000;
    private static final int SPACE_MEMORY_64 = 0x0300_0000;
    /** The window for 64-bit addresses lies at 512 GiB and is as large. */
    private static final int HIGH_WINDOW = 0x80;

    private PciNode() {}

    static void add(FlattenedTree tree, int interruptController, int msiController) {
        int memory = VirtMap.PCI_MEMORY;
        int io = VirtMap.PCI_IO;
        long configuration = VirtMap.PCI_CONFIGURATION;
        tree.begin("pcie@" + Integer.toHexString(memory))
                .cells("interrupt-map-mask", SLOTS - 1 << 11, 0, 0, 7)
                .cells("interrupt-map", interruptMap(interruptController))
                .cells("#interrupt-cells", 1);
        int[] ranges = {
            SPACE_IO, 0, 0, 0, io, 0, VirtMap.PCI_IO_SIZE,
            SPACE_MEMORY_32, 0, memory, 0, memory, 0, VirtMap.PCI_MEMORY_SIZE,
            SPACE_MEMORY_64, HIGH_WINDOW, 0, HIGH_WINDOW, 0, HIGH_WINDOW, 0
        };
        tree.cells("ranges", ranges)
                .cells("reg", (int) (configuration >>> 32), (int) configuration, 0, VirtMap.PCI_CONFIGURATION_SIZE)
                .cells("msi-map", 0, msiController, 0, 0x1_0000)
                .flag("dma-coherent")
                .cells("bus-range", 0, 0xff)
                .cells("linux,pci-domain", 0)
                .cells("#size-cells", 2)
                .cells("#address-cells", 3)
                .text("device_type", "pci")
                .text("compatible", "pci-host-ecam-generic")
                .end();
    }

    /** Which interrupt each pin of each slot leads to: they rotate. */
    private static int[] interruptMap(int interruptController) {
        int[] cells = new int[SLOTS * PINS * CELLS_PER_ENTRY];
        for (int slot = 0; slot < SLOTS; slot++) {
            for (int pin = 0; pin < PINS; pin++) {
                int at = (slot * PINS + pin) * CELLS_PER_ENTRY;
                cells[at] = slot << 11;
                cells[at + 3] = pin + 1;
                cells[at + 4] = interruptController;
                cells[at + 8] = VirtMap.PCI_INTERRUPT + (slot + pin) % PINS;
                cells[at + 9] = LEVEL_HIGH;
            }
        }
        return cells;
    }
}
