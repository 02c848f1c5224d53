package dev.hyptrace.recorder.live;

import dev.hyptrace.recorder.gdb.GdbClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The hardware breakpoints that are set in the target.
 *
 * <p>A breakpoint is an address and nothing else: while a decompressor runs where a moved copy of its image will make a
 * hypercall later, the site's address may lie in a hot loop. An address that stopped the target for nothing many times is left
 * out until {@link #forgive}.
 */
final class Breakpoints {
    private static final int MOST_FALSE_STOPS = 500;

    private final GdbClient client;
    private final SortedSet<Integer> set = new TreeSet<>();
    private final Map<Integer, Integer> falseStops = new HashMap<>();

    Breakpoints(GdbClient client) {
        this.client = client;
    }

    /** Makes these addresses, but for those left out, the ones at which the target stops. */
    void arm(Set<Integer> wanted) throws IOException {
        SortedSet<Integer> next = new TreeSet<>(wanted);
        next.removeIf(address -> falseStops.getOrDefault(address, 0) >= MOST_FALSE_STOPS);
        for (int address : set) {
            if (!next.contains(address)) {
                client.removeBreakpoint(address);
            }
        }
        for (int address : next) {
            if (!set.contains(address)) {
                client.insertBreakpoint(address);
            }
        }
        set.clear();
        set.addAll(next);
    }

    /** The target stopped there, and it was nothing. */
    void countFalseStop(int address) {
        falseStops.merge(address, 1, Integer::sum);
    }

    /** Gives every address another chance: code may have moved. */
    void forgive() {
        falseStops.clear();
    }

    boolean contains(int address) {
        return set.contains(address);
    }
}
