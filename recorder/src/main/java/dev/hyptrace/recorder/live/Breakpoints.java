package dev.hyptrace.recorder.live;

import dev.hyptrace.recorder.gdb.GdbException;
import dev.hyptrace.traces.model.Hex;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The hardware breakpoints that are set in the target.
 *
 * <p>A breakpoint is an address and nothing else: while a decompressor runs where a moved copy of its image will make a
 * hypercall later, the site's address may lie in a hot loop. An address that stopped the target for nothing many times is left
 * out until {@link #forgive}.
 */
final class Breakpoints {
    private static final int MOST_FALSE_STOPS = 500;

    private final Board board;
    private final Consumer<String> note;
    private final SortedSet<Integer> set = new TreeSet<>();
    private final Map<Integer, Integer> falseStops = new HashMap<>();
    /** How many the target has; known when it refuses one more. */
    private int most = Integer.MAX_VALUE;

    /** @param note is told once that not all addresses are watched */
    Breakpoints(Board board, Consumer<String> note) {
        this.board = board;
        this.note = note;
    }

    /**
     * Makes these addresses, but for those left out, the ones at which the target stops.
     *
     * @param wanted the most important first: a board has few, and the last go without
     */
    void arm(Collection<Integer> wanted) throws IOException {
        Set<Integer> next = new LinkedHashSet<>(wanted);
        next.removeIf(address -> falseStops.getOrDefault(address, 0) >= MOST_FALSE_STOPS);
        limit(next);
        for (int address : List.copyOf(set)) {
            if (!next.contains(address)) {
                board.removeBreakpoint(address);
                set.remove(address);
            }
        }
        for (int address : next) {
            if (!set.contains(address) && set.size() < most && insert(address)) {
                set.add(address);
            }
        }
    }

    private void limit(Set<Integer> addresses) {
        List<Integer> first = addresses.stream().limit(most).toList();
        addresses.retainAll(first);
    }

    private boolean insert(int address) throws IOException {
        try {
            board.insertBreakpoint(address);
            return true;
        } catch (GdbException e) {
            if (e.kind() != GdbException.Kind.REFUSED || set.isEmpty()) {
                throw e;
            }
            most = set.size();
            note.accept("the target takes no more than " + most + " breakpoints: " + Hex.word(address)
                    + " and what matters less is not watched, such as vectors that no hypercall takes ("
                    + e.getMessage() + ")");
            return false;
        }
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
