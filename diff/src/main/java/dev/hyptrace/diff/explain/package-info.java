/**
 * Divergences in words: what differs, what that means, and what to look at next.
 *
 * <p>{@link dev.hyptrace.diff.explain.HypercallExplainer} speaks about one difference between two hypercalls,
 * {@link dev.hyptrace.diff.explain.StubStory} about a whole comparison. They say what was observed; where they conclude, the
 * wording says so.
 */
package dev.hyptrace.diff.explain;
