package dev.hyptrace.diff.bisect;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Halves a series between a good build and a bad one. Where the middle cannot be tested it looks elsewhere, far from it rather
 * than beside it: neighbours tend to be broken alike.
 *
 * <p>The choice depends on the verdicts alone, so that a session can be repeated.
 */
public final class Search {
    /** Halves, quarters, ... down to this part of what is left are tried before the builds one by one. */
    private static final int FINEST = 64;

    private final Set<Integer> skipped = new TreeSet<>();
    private int good;
    private int bad;

    /**
     * @param size how many builds there are, 2 or more: the first is known to be good, the last to be bad
     */
    public Search(int size) {
        if (size < 2) {
            throw new IllegalArgumentException("a series of " + size + ", expected 2 builds or more");
        }
        this.bad = size - 1;
    }

    /** The last build that is known to be good. */
    public int good() {
        return good;
    }

    /** The first build that is known to be bad. */
    public int bad() {
        return bad;
    }

    /** Those between the two that could not be tested. */
    public List<Integer> skipped() {
        return skipped.stream().filter(this::isBetween).toList();
    }

    /** The build to test next; empty at the end. */
    public OptionalInt next() {
        for (int parts = 2; parts <= FINEST; parts *= 2) {
            for (int part = 1; part < parts; part += 2) {
                int build = good + (int) ((long) (bad - good) * part / parts);
                if (isOpen(build)) {
                    return OptionalInt.of(build);
                }
            }
        }
        for (int build = good + 1; build < bad; build++) {
            if (isOpen(build)) {
                return OptionalInt.of(build);
            }
        }
        return OptionalInt.empty();
    }

    /** Takes in the verdict on a build between the two. */
    public void learn(int build, Verdict verdict) {
        if (!isBetween(build)) {
            throw new IllegalArgumentException(build + " is not between " + good + " and " + bad);
        }
        switch (verdict) {
            case GOOD -> good = build;
            case BAD -> bad = build;
            case SKIP -> skipped.add(build);
        }
    }

    /** How many steps are left at most, if no more builds have to be skipped. */
    public int stepsLeft() {
        int open = bad - good - 1 - skipped().size();
        return Integer.SIZE - Integer.numberOfLeadingZeros(open);
    }

    /** The builds of which one is the first bad one: a single one, unless some could not be tested. */
    public List<Integer> suspects() {
        List<Integer> suspects = new ArrayList<>();
        for (int build = good + 1; build <= bad; build++) {
            suspects.add(build);
        }
        return suspects;
    }

    private boolean isBetween(int build) {
        return good < build && build < bad;
    }

    private boolean isOpen(int build) {
        return isBetween(build) && !skipped.contains(build);
    }
}
