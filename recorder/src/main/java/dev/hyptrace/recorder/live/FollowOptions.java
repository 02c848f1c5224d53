package dev.hyptrace.recorder.live;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What to record of a live target.
 *
 * @param limit the number of hypercalls after which to end, above 0
 * @param hypSteps how many instructions in a row are single-stepped in Hyp or Monitor mode before it runs freely
 * @param stepsFromStart how many instructions are recorded from where the target stands when the recording begins
 * @param stepsAfterReturn how many instructions are recorded after each hypercall's return
 * @param rewind whether the target is set back to the HVC when a hypercall from an unknown place arrives at its vector, so that
 *     the state at the HVC is recorded; if not, that state is derived
 * @param inject whether registers that the stub does not show are read by executing MRS in the target
 * @param windows stretches to record instruction by instruction
 * @param sites addresses of HVCs that are known beforehand
 * @param bases where Hyp vectors are until HVBAR is seen
 */
public record FollowOptions(
        int limit,
        long hypSteps,
        long stepsFromStart,
        long stepsAfterReturn,
        boolean rewind,
        boolean inject,
        List<StepWindow> windows,
        SortedSet<Integer> sites,
        SortedSet<Integer> bases) {

    /** Enough for any stub and for KVM's world switch. */
    public static final long DEFAULT_HYP_STEPS = 1000;

    public FollowOptions {
        if (limit < 1 || hypSteps < 1 || stepsFromStart < 0 || stepsAfterReturn < 0) {
            throw new IllegalArgumentException("a limit of " + limit + " hypercalls, " + hypSteps + " steps in HYP, "
                    + stepsFromStart + " from the start and " + stepsAfterReturn
                    + " after a return; expected at least 1, 1, 0 and 0");
        }
        windows = List.copyOf(windows);
        sites = Collections.unmodifiableSortedSet(new TreeSet<>(sites));
        bases = Collections.unmodifiableSortedSet(new TreeSet<>(bases));
    }

    /** Every hypercall, for ever, with all that can be known of it. */
    public static FollowOptions defaults() {
        return new FollowOptions(
                Integer.MAX_VALUE, DEFAULT_HYP_STEPS, 0, 0, true, true, List.of(), new TreeSet<>(), new TreeSet<>());
    }

    public FollowOptions withLimit(int newLimit) {
        return new FollowOptions(
                newLimit, hypSteps, stepsFromStart, stepsAfterReturn, rewind, inject, windows, sites, bases);
    }

    public FollowOptions withHypSteps(long steps) {
        return new FollowOptions(limit, steps, stepsFromStart, stepsAfterReturn, rewind, inject, windows, sites, bases);
    }

    public FollowOptions withStepsFromStart(long steps) {
        return new FollowOptions(limit, hypSteps, steps, stepsAfterReturn, rewind, inject, windows, sites, bases);
    }

    public FollowOptions withStepsAfterReturn(long steps) {
        return new FollowOptions(limit, hypSteps, stepsFromStart, steps, rewind, inject, windows, sites, bases);
    }

    public FollowOptions withRewind(boolean yes) {
        return new FollowOptions(limit, hypSteps, stepsFromStart, stepsAfterReturn, yes, inject, windows, sites, bases);
    }

    public FollowOptions withInjection(boolean yes) {
        return new FollowOptions(limit, hypSteps, stepsFromStart, stepsAfterReturn, rewind, yes, windows, sites, bases);
    }

    public FollowOptions withWindows(List<StepWindow> list) {
        return new FollowOptions(limit, hypSteps, stepsFromStart, stepsAfterReturn, rewind, inject, list, sites, bases);
    }

    public FollowOptions withSites(SortedSet<Integer> addresses) {
        return new FollowOptions(
                limit, hypSteps, stepsFromStart, stepsAfterReturn, rewind, inject, windows, addresses, bases);
    }

    public FollowOptions withBases(SortedSet<Integer> addresses) {
        return new FollowOptions(
                limit, hypSteps, stepsFromStart, stepsAfterReturn, rewind, inject, windows, sites, addresses);
    }

    /** What a recording's header says of how it was made. */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("state-at-hvc", rewind ? "rewound" : "derived");
        attributes.put("hidden-registers", inject ? "injected MRS" : "not read");
        attributes.put("hyp-steps", Long.toString(hypSteps));
        return attributes;
    }
}
