package dev.hyptrace.recorder.live;

import dev.hyptrace.recorder.live.FollowSummary.End;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** How far a recording is, and whether its time is up. */
final class Progress {
    private static final long TELL_NANOS = 250_000_000;

    private final FollowListener listener;
    private final int limit;
    private final BooleanSupplier stopRequested;
    private final long start = System.nanoTime();
    private final long nanosAllowed;
    private long told = start;
    private int hypercalls;

    Progress(FollowListener listener, int limit, Duration timeLimit, BooleanSupplier stopRequested) {
        this.listener = listener;
        this.limit = limit;
        this.stopRequested = stopRequested;
        nanosAllowed = timeLimit.compareTo(Duration.ofDays(10_000)) > 0 ? Long.MAX_VALUE : timeLimit.toNanos();
    }

    /** One more hypercall. */
    void hypercall(OptionalInt site, OptionalInt immediate) {
        hypercalls++;
        listener.hypercall(hypercalls, site, immediate);
    }

    boolean isLimitReached() {
        return hypercalls >= limit;
    }

    /** Whether to end at once, whatever the target is doing. */
    End outsideReason() {
        if (stopRequested.getAsBoolean()) {
            return End.REQUESTED;
        }
        return System.nanoTime() - start >= nanosAllowed ? End.TIME : End.NOT_YET;
    }

    /** Tells the listener, if it was not told a moment ago. */
    void tell(EventLog log, LiveProcessor processor, Collection<Integer> sites) {
        if (System.nanoTime() - told >= TELL_NANOS) {
            told = System.nanoTime();
            listener.progress(summary(End.NOT_YET, log, processor, sites));
        }
    }

    FollowSummary summary(End end, EventLog log, LiveProcessor processor, Collection<Integer> sites) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new FollowSummary(end, hypercalls, log.steps(), processor.stops(), elapsed, new TreeSet<>(sites));
    }
}
