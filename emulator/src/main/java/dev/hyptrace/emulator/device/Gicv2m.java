package dev.hyptrace.emulator.device;

import dev.hyptrace.emulator.memory.Device;

/**
 * The frame that turns writes into interrupts, for PCI's MSI: ARM Server Base System Architecture, DEN 0029, appendix
 * "GICv2m Architecture".
 */
public final class Gicv2m implements Device {
    private static final int MSI_TYPER = 0x008;
    private static final int MSI_SETSPI_NS = 0x040;
    private static final int MSI_IIDR = 0xfcc;
    private static final int IDENTITY = 'Q' << 20;
    private static final int ID_MASK = 0x3ff;

    private final int first;
    private final InterruptLine[] lines;

    /**
     * @param first the interrupt ID of the first line
     * @param lines the inputs of the interrupt controller
     */
    public Gicv2m(int first, InterruptLine... lines) {
        this.first = first;
        this.lines = lines.clone();
    }

    @Override
    public long read(int offset, int size) {
        return switch (offset) {
            case MSI_TYPER -> first << 16 | lines.length;
            case MSI_IIDR -> IDENTITY;
            default -> 0;
        };
    }

    @Override
    public void write(int offset, int size, long value) {
        int index = ((int) value & ID_MASK) - first;
        if (offset == MSI_SETSPI_NS && index >= 0 && index < lines.length) {
            lines[index].set(true);
            lines[index].set(false);
        }
    }
}
