package dev.hyptrace.emulator.device;

import dev.hyptrace.emulator.memory.Device;
import java.util.function.IntConsumer;

/**
 * The PL061 general purpose input and output: ARM PrimeCell General Purpose Input/Output (PL061) Technical Reference Manual,
 * DDI 0190. Its inputs, of which the board connects the power button, stay low.
 */
public final class Pl061 implements Device {
    private static final int DATA_END = 0x400;
    private static final int DIRECTION = 0x400;
    private static final int SENSE = 0x404;
    private static final int EVENT = 0x40c;
    private static final int MASK = 0x410;
    private static final int RAW_STATUS = 0x414;
    private static final int MASKED_STATUS = 0x418;
    private static final int CLEAR = 0x41c;
    private static final int ALTERNATE_FUNCTION = 0x420;
    private static final Identification IDS =
            new Identification(0, 0, 0, 0, 0x61, 0x10, 0x04, 0, 0x0d, 0xf0, 0x05, 0xb1);

    private final int[] registers = new int[(ALTERNATE_FUNCTION - DIRECTION) / 4 + 1];
    private final InterruptLine line;
    private final IntConsumer outputs;
    private int data;
    private int status;

    /**
     * @param line the interrupt
     */
    public Pl061(InterruptLine line) {
        this(line, levels -> {});
    }

    /**
     * @param line the interrupt
     * @param outputs takes the levels of the outputs, one bit each, whenever they may have changed
     */
    public Pl061(InterruptLine line, IntConsumer outputs) {
        this.line = line;
        this.outputs = outputs;
    }

    /** Everything as after power-on. */
    public void reset() {
        java.util.Arrays.fill(registers, 0);
        data = 0;
        status = 0;
        update();
    }

    /** A line that is sensed by its level, and has it, is asserted until it is cleared. */
    private void update() {
        status |= ~(data ^ register(EVENT)) & register(SENSE);
        line.set((status & register(MASK)) != 0);
        outputs.accept(data & register(DIRECTION));
    }

    private int register(int offset) {
        return registers[offset - DIRECTION >>> 2];
    }

    @Override
    public long read(int offset, int size) {
        if (IDS.contains(offset)) {
            return IDS.read(offset);
        }
        if (offset < DATA_END) {
            return data & offset >>> 2;
        }
        return switch (offset) {
            case RAW_STATUS -> status;
            case MASKED_STATUS -> status & register(MASK);
            case CLEAR -> 0;
            default -> offset <= ALTERNATE_FUNCTION ? register(offset & ~3) : 0;
        };
    }

    /** Address bits [9:2] select the outputs that a write to the data register changes. */
    @Override
    public void write(int offset, int size, long value) {
        if (offset < DATA_END) {
            int selected = offset >>> 2 & register(DIRECTION);
            data = data & ~selected | (int) value & selected;
        } else if (offset == CLEAR) {
            status &= ~(int) value;
        } else if (offset <= ALTERNATE_FUNCTION && offset != RAW_STATUS && offset != MASKED_STATUS) {
            registers[offset - DIRECTION >>> 2] = (int) value & 0xff;
        }
        update();
    }
}
