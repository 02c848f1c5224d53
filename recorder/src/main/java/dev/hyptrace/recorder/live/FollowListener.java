package dev.hyptrace.recorder.live;

import java.util.OptionalInt;

/** Is told how a recording goes. Called on the recording thread; must not take long. */
public interface FollowListener {
    /** Hears nothing. */
    FollowListener NONE = new FollowListener() {};

    /** A hypercall arrived at its vector: its number from 1, where it was made and its immediate, as far as known. */
    default void hypercall(int number, OptionalInt site, OptionalInt immediate) {}

    /** How far it is; at most a few times a second. */
    default void progress(FollowSummary soFar) {}

    /** Something that the user should know, as one sentence. */
    default void note(String text) {}
}
