package dev.hyptrace.diff.result;

import java.util.List;
import java.util.Optional;

/**
 * A divergence in words.
 *
 * @param text what differs and what that means, one or two sentences
 * @param lastEqual where the field was last seen equal
 * @param writers the instructions that wrote it, at most one per side
 * @param next what to look at next, one sentence; empty when there is nothing to add
 */
public record Explanation(String text, Optional<Place> lastEqual, List<Writer> writers, String next) {
    public Explanation {
        writers = List.copyOf(writers);
    }
}
