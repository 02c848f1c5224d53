package dev.hyptrace.emulator.device;

import dev.hyptrace.emulator.memory.Device;
import java.util.function.IntConsumer;

/**
 * The PL011 UART: ARM PrimeCell UART (PL011) Technical Reference Manual, DDI 0183, chapter 3 "Programmers Model".
 *
 * <p>Transmission takes no time; the transmit FIFO is always empty.
 */
public final class Pl011 implements Device {
    private static final int DATA = 0x000;
    private static final int FLAGS = 0x018;
    private static final int PERIPHERAL_ID = 0xfe0;
    private static final int FLAG_RECEIVE_EMPTY = 1 << 4;
    private static final int FLAG_TRANSMIT_EMPTY = 1 << 7;

    /** UARTPeriphID0-3 and UARTPCellID0-3 of revision r1p4. */
    private static final int[] IDS = {0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1};

    private final IntConsumer output;
    private final int[] registers = new int[0x1000 / 4];

    /**
     * @param output takes each byte that the guest transmits
     */
    public Pl011(IntConsumer output) {
        this.output = output;
        registers[0x030 / 4] = 0x300;
        registers[0x034 / 4] = 0x12;
    }

    @Override
    public long read(int offset, int size) {
        if (offset >= PERIPHERAL_ID) {
            return IDS[offset - PERIPHERAL_ID >>> 2];
        }
        return switch (offset & ~3) {
            case DATA -> 0;
            case FLAGS -> FLAG_RECEIVE_EMPTY | FLAG_TRANSMIT_EMPTY;
            default -> Integer.toUnsignedLong(registers[offset >>> 2]);
        };
    }

    @Override
    public void write(int offset, int size, long value) {
        if (offset == DATA) {
            output.accept((int) value & 0xff);
        } else if (offset != FLAGS && offset < PERIPHERAL_ID) {
            registers[offset >>> 2] = (int) value;
        }
    }
}
