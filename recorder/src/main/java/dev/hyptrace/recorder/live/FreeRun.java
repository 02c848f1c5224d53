package dev.hyptrace.recorder.live;

import dev.hyptrace.recorder.live.FollowSummary.End;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Lets the target run until it meets a breakpoint, or until it is time to look at it. */
final class FreeRun {
    /** How often HVBAR is looked at while the target runs freely in a mode that can change it. */
    static final Duration POLL = Duration.ofMillis(10);

    /** How often a running target is given up for an outside reason, at most. */
    private static final Duration SLICE = Duration.ofMillis(50);

    private final LiveProcessor processor;
    private final Progress progress;
    private final Runnable tell;

    FreeRun(LiveProcessor processor, Progress progress, Runnable tell) {
        this.processor = processor;
        this.progress = progress;
        this.tell = tell;
    }

    /**
     * Runs.
     *
     * @param atMost after which time it is stopped in any case
     */
    Stop run(Duration atMost) throws IOException {
        long end = atMost.compareTo(SLICE) > 0 ? Long.MAX_VALUE : System.nanoTime() + atMost.toNanos();
        Duration slice = atMost.compareTo(SLICE) > 0 ? SLICE : atMost;
        processor.resume();
        while (true) {
            Optional<Stop> stop = processor.await(slice);
            if (stop.isPresent()) {
                return stop.get();
            }
            tell.run();
            if (progress.outsideReason() != End.NOT_YET || System.nanoTime() >= end) {
                return processor.interrupt();
            }
        }
    }
}
