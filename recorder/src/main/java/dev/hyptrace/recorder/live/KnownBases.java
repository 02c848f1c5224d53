package dev.hyptrace.recorder.live;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The values that HVBAR and MVBAR have and have had: while Hyp mode runs freely, they may come back unseen.
 *
 * <p>The last few are kept. The table of a program that is gone may lie where code of another one runs often: a former value
 * that stopped the target for nothing many times is forgotten, until it is seen in the register again.
 */
final class KnownBases {
    /** Beyond those that hold now. */
    private static final int MOST_FORMER = 4;

    private static final int MOST_FALSE_STOPS = 2000;

    /** Those that hold no more, the one that was seen last at the end. */
    private final Deque<Integer> former = new ArrayDeque<>();

    private final Map<Integer, Integer> falseStops = new HashMap<>();
    private Set<Integer> current = Set.of();

    /** These hold now. */
    void see(Collection<Integer> bases) {
        for (int base : current) {
            if (!bases.contains(base)) {
                former.addLast(base);
            }
        }
        former.removeAll(bases);
        falseStops.keySet().removeAll(bases);
        while (former.size() > MOST_FORMER) {
            falseStops.remove(former.removeFirst());
        }
        current = Set.copyOf(bases);
    }

    /** The target stopped at this address, and it was nothing. */
    void countStop(int address) {
        former.stream()
                .filter(base -> Vectors.isEntry(address, base))
                .forEach(base -> falseStops.merge(base, 1, Integer::sum));
        former.removeIf(base -> falseStops.getOrDefault(base, 0) >= MOST_FALSE_STOPS);
        falseStops.keySet().retainAll(former);
    }

    /** All of them. */
    Set<Integer> all() {
        Set<Integer> all = new TreeSet<>(current);
        all.addAll(former);
        return all;
    }
}
