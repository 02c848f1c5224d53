package dev.hyptrace.traces.hypercall;

import java.util.ArrayList;
import java.util.List;

/**
 * The addresses around which a handler has executed so far: a few disjoint ranges, each reaching {@value #MARGIN} bytes
 * beyond what was executed on both sides, so that the instruction a function returns to and the entries of a jump table are
 * part of the handler. More than that would take a payload that was put close to the vectors for a part of the handler.
 */
final class VisitedCode {
    static final long MARGIN = 64;
    /** A handler with more separate places than this is taken to be at home between them, too. */
    private static final int MAX_RANGES = 32;

    private final List<Range> ranges = new ArrayList<>(2);
    private Range last = new Range(0, -1);

    private record Range(long from, long to) {
        boolean holds(long address) {
            return address >= from && address <= to;
        }

        boolean touches(Range other) {
            return from <= other.to && other.from <= to;
        }

        Range with(Range other) {
            return new Range(Math.min(from, other.from), Math.max(to, other.to));
        }
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    boolean holds(int address) {
        long a = Integer.toUnsignedLong(address);
        return last.holds(a) || ranges.stream().anyMatch(range -> range.holds(a));
    }

    /** Notes that an instruction at this address was executed. */
    void visit(int address) {
        long a = Integer.toUnsignedLong(address);
        if (last.holds(a - MARGIN) && last.holds(a + MARGIN)) {
            return;
        }
        Range merged = new Range(a - MARGIN, a + MARGIN);
        for (int i = ranges.size() - 1; i >= 0; i--) {
            if (ranges.get(i).touches(merged) || ranges.size() >= MAX_RANGES) {
                merged = merged.with(ranges.remove(i));
            }
        }
        ranges.add(merged);
        last = merged;
    }
}
