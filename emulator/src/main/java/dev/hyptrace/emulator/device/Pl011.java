package dev.hyptrace.emulator.device;

import dev.hyptrace.emulator.memory.Device;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;

/**
 * The PL011 UART: ARM PrimeCell UART (PL011) Technical Reference Manual, DDI 0183, chapter 3 "Programmers Model".
 *
 * <p>As in QEMU (hw/char/pl011.c, 7.2) transmission takes no time, the transmit FIFO is always empty, and each received
 * character raises the receive interrupt. What is typed waits outside until the receive FIFO has room, so that nothing is
 * lost.
 */
public final class Pl011 implements Device {
    private static final int DATA = 0x000;
    private static final int RECEIVE_STATUS = 0x004;
    private static final int FLAGS = 0x018;
    private static final int LINE_CONTROL = 0x02c;
    private static final int CONTROL = 0x030;
    private static final int FIFO_LEVELS = 0x034;
    private static final int INTERRUPT_MASK = 0x038;
    private static final int RAW_INTERRUPTS = 0x03c;
    private static final int MASKED_INTERRUPTS = 0x040;
    private static final int CLEAR_INTERRUPTS = 0x044;
    private static final int DMA_CONTROL = 0x048;

    private static final int FLAG_RECEIVE_EMPTY = 1 << 4;
    private static final int FLAG_RECEIVE_FULL = 1 << 6;
    private static final int FLAG_TRANSMIT_EMPTY = 1 << 7;
    private static final int RECEIVE_INTERRUPT = 1 << 4;
    private static final int TRANSMIT_INTERRUPT = 1 << 5;
    private static final int FIFO_ENABLE = 1 << 4;
    private static final int FIFO_SIZE = 16;

    /** PeriphID0-3 and PCellID0-3 of revision r1p4. */
    private static final Identification IDS = new Identification(0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1);

    private final IntConsumer output;
    private final InterruptLine line;
    private final int[] registers = new int[DMA_CONTROL / 4 + 1];
    private final Deque<Integer> typed = new ArrayDeque<>();
    private final Deque<Integer> received = new ArrayDeque<>();
    private int last;
    private int interrupts;

    /**
     * @param output takes each byte that the guest transmits
     * @param line the combined interrupt
     */
    public Pl011(IntConsumer output, InterruptLine line) {
        this.output = output;
        this.line = line;
        reset();
    }

    /** Everything as after power-on; what has been typed and not yet received stays. */
    public void reset() {
        java.util.Arrays.fill(registers, 0);
        registers[CONTROL / 4] = 0x300;
        registers[FIFO_LEVELS / 4] = 0x12;
        received.clear();
        last = 0;
        interrupts = 0;
        update();
        receive();
    }

    /** Sends bytes to the guest, as fast as it takes them. */
    public void type(byte[] bytes) {
        for (byte value : bytes) {
            typed.add(value & 0xff);
        }
        receive();
    }

    /** How many bytes have been typed that the guest has not taken yet. */
    public int waiting() {
        return typed.size() + received.size();
    }

    private void receive() {
        while (!typed.isEmpty() && !isReceiveFull()) {
            received.add(typed.remove());
            if (received.size() == 1) {
                interrupts |= RECEIVE_INTERRUPT;
                update();
            }
        }
    }

    private boolean isReceiveFull() {
        boolean fifo = (registers[LINE_CONTROL / 4] & FIFO_ENABLE) != 0;
        return received.size() >= (fifo ? FIFO_SIZE : 1);
    }

    private void update() {
        line.set((interrupts & registers[INTERRUPT_MASK / 4]) != 0);
    }

    @Override
    public long read(int offset, int size) {
        if (IDS.contains(offset)) {
            return IDS.read(offset);
        }
        return switch (offset & ~3) {
            case DATA -> take();
            case FLAGS -> flags();
            case RAW_INTERRUPTS -> interrupts;
            case MASKED_INTERRUPTS -> interrupts & registers[INTERRUPT_MASK / 4];
            case RECEIVE_STATUS, CLEAR_INTERRUPTS -> 0;
            default -> offset <= DMA_CONTROL ? Integer.toUnsignedLong(registers[offset >>> 2]) : 0;
        };
    }

    /** What lies in the data register when nothing has been received is what was there last. */
    private int take() {
        if (!received.isEmpty()) {
            last = received.remove();
        }
        if (received.isEmpty()) {
            interrupts &= ~RECEIVE_INTERRUPT;
            update();
        }
        receive();
        return last;
    }

    private int flags() {
        return FLAG_TRANSMIT_EMPTY
                | (received.isEmpty() ? FLAG_RECEIVE_EMPTY : 0)
                | (isReceiveFull() ? FLAG_RECEIVE_FULL : 0);
    }

    @Override
    public void write(int offset, int size, long value) {
        int word = (int) value;
        switch (offset & ~3) {
            case DATA -> {
                output.accept(word & 0xff);
                interrupts |= TRANSMIT_INTERRUPT;
                update();
            }
            case CLEAR_INTERRUPTS -> {
                interrupts &= ~word;
                update();
            }
            case RECEIVE_STATUS, FLAGS, RAW_INTERRUPTS, MASKED_INTERRUPTS -> {}
            case LINE_CONTROL -> {
                if (((registers[LINE_CONTROL / 4] ^ word) & FIFO_ENABLE) != 0) {
                    received.clear();
                }
                registers[LINE_CONTROL / 4] = word;
                receive();
            }
            default -> store(offset, word);
        }
    }

    private void store(int offset, int word) {
        if (offset <= DMA_CONTROL) {
            registers[offset >>> 2] = word;
            update();
        }
    }
}
