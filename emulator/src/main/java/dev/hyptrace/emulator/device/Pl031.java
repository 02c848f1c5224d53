package dev.hyptrace.emulator.device;

import dev.hyptrace.emulator.memory.Device;
import java.util.function.LongSupplier;

/**
 * The PL031 real time clock: ARM PrimeCell Real Time Clock (PL031) Technical Reference Manual, DDI 0224. It counts the
 * seconds of the machine's own time from a given start, so that a run can be repeated.
 */
public final class Pl031 implements Device {
    private static final int DATA = 0x00;
    private static final int MATCH = 0x04;
    private static final int LOAD = 0x08;
    private static final int CONTROL = 0x0c;
    private static final int MASK = 0x10;
    private static final int RAW_STATUS = 0x14;
    private static final int MASKED_STATUS = 0x18;
    private static final int CLEAR = 0x1c;
    private static final Identification IDS = new Identification(0x31, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1);

    private final int start;
    private final LongSupplier seconds;
    private final InterruptLine line;
    private final Runnable alarmChanged;

    private int offset;
    private int match;
    private int load;
    private int mask;
    private int status;
    private long alarm = Long.MAX_VALUE;

    /**
     * @param start seconds since 1970 when the machine is switched on
     * @param seconds gives the seconds since then
     * @param alarmChanged called when {@link #alarm} has changed
     */
    public Pl031(int start, LongSupplier seconds, InterruptLine line, Runnable alarmChanged) {
        this.start = start;
        this.seconds = seconds;
        this.line = line;
        this.alarmChanged = alarmChanged;
        this.offset = start;
    }

    /** Everything as after power-on. */
    public void reset() {
        offset = start;
        match = 0;
        load = 0;
        mask = 0;
        status = 0;
        alarm = Long.MAX_VALUE;
        update();
    }

    /** When the alarm is due, in seconds since the machine was switched on; {@link Long#MAX_VALUE} for never. */
    public long alarm() {
        return alarm;
    }

    /** Raises the alarm if it is due. */
    public void tick() {
        if (seconds.getAsLong() >= alarm) {
            alarm = Long.MAX_VALUE;
            status = 1;
            update();
        }
    }

    private int count() {
        return offset + (int) seconds.getAsLong();
    }

    private void update() {
        line.set((status & mask) != 0);
    }

    private void setAlarm() {
        alarm = seconds.getAsLong() + Integer.toUnsignedLong(match - count());
        tick();
        alarmChanged.run();
    }

    @Override
    public long read(int address, int size) {
        if (IDS.contains(address)) {
            return IDS.read(address);
        }
        return Integer.toUnsignedLong(
                switch (address) {
                    case DATA -> count();
                    case MATCH -> match;
                    case LOAD -> load;
                    case CONTROL -> 1;
                    case MASK -> mask;
                    case RAW_STATUS -> status;
                    case MASKED_STATUS -> status & mask;
                    default -> 0;
                });
    }

    @Override
    public void write(int address, int size, long value) {
        int word = (int) value;
        switch (address) {
            case LOAD -> {
                offset += word - count();
                load = word;
                setAlarm();
            }
            case MATCH -> {
                match = word;
                setAlarm();
            }
            case MASK -> mask = word & 1;
            case CLEAR -> status &= ~word;
            default -> {
                // CONTROL cannot stop the clock; the rest is read-only.
            }
        }
        update();
    }
}
