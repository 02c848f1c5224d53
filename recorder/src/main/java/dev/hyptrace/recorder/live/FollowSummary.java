package dev.hyptrace.recorder.live;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a recording came to.
 *
 * @param end why it ended
 * @param hypercalls how many arrived at a vector
 * @param steps how many instructions were recorded
 * @param stops how often the target was stopped, single steps included
 * @param elapsed from the first stop to the end
 * @param sites where hypercalls were made
 */
public record FollowSummary(
        End end, int hypercalls, long steps, long stops, Duration elapsed, SortedSet<Integer> sites) {

    public FollowSummary {
        sites = Collections.unmodifiableSortedSet(new TreeSet<>(sites));
    }

    /** Why a recording ended. */
    public enum End {
        /** It has not. */
        NOT_YET("still recording"),
        LIMIT("the limit of hypercalls was reached"),
        TIME("the time limit was reached"),
        REQUESTED("it was asked to stop"),
        EXITED("the guest ended");

        private final String text;

        End(String text) {
            this.text = text;
        }

        /** The reason in words. */
        public String text() {
            return text;
        }
    }
}
