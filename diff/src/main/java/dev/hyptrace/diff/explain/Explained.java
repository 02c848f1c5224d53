package dev.hyptrace.diff.explain;

import dev.hyptrace.diff.result.Cause;
import java.util.Optional;

/**
 * What is to be said of a difference.
 *
 * @param text what differs and what that means
 * @param next what to look at next; may be empty
 * @param cause the class of cause, where it can be told
 */
public record Explained(String text, String next, Optional<Cause> cause) {}
