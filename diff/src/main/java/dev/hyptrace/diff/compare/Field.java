package dev.hyptrace.diff.compare;

import dev.hyptrace.traces.model.Register;
import java.util.List;

/** What is compared as one thing: a register, or some bits of one. There is one object for each in {@link FieldTable}. */
public final class Field {
    private final int index;
    private final Register register;
    private final String name;
    private final List<BitRange> ranges;
    private final long mask;
    private final int width;

    Field(int index, Register register, String name, List<BitRange> ranges) {
        this.index = index;
        this.register = register;
        this.name = name;
        this.ranges = List.copyOf(ranges);
        this.mask = ranges.stream().mapToLong(BitRange::mask).reduce(0, (a, b) -> a | b);
        this.width = ranges.stream().mapToInt(BitRange::width).sum();
    }

    /** Bits {@code high} down to {@code low} of a register. */
    record BitRange(int high, int low) {
        BitRange {
            if (low < 0 || high < low || high > 63) {
                throw new IllegalArgumentException("no bit range " + high + ":" + low);
            }
        }

        int width() {
            return high - low + 1;
        }

        long mask() {
            return -1L >>> 64 - width() << low;
        }
    }

    /** Its place among all fields, from 0. */
    public int index() {
        return index;
    }

    public Register register() {
        return register;
    }

    /** {@code R0}; {@code CPSR.M} for a part of a register. */
    public String name() {
        return name;
    }

    /** Its bits within the register. */
    public long mask() {
        return mask;
    }

    /** How many bits it has. */
    public int width() {
        return width;
    }

    /** Whether it is the register in full. */
    public boolean isWhole() {
        return mask == register.mask();
    }

    /** Its value in a register's value, right-aligned, the first range in the most significant place. */
    public long of(long registerBits) {
        if (isWhole()) {
            return registerBits;
        }
        long value = 0;
        for (BitRange range : ranges) {
            value = value << range.width() | (registerBits & range.mask()) >>> range.low();
        }
        return value;
    }

    @Override
    public String toString() {
        return name;
    }
}
