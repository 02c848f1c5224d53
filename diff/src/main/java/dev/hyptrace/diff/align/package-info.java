/**
 * Which hypercall of one recording corresponds to which of another.
 *
 * <p>{@link dev.hyptrace.diff.align.HypercallAligner} reads both sequences and gives out pairs and calls without a partner, in
 * order. It holds a window of each sequence; {@link dev.hyptrace.diff.align.Similarity} says how well two calls fit,
 * {@code WindowAlignment} finds the best alignment of two windows from it, and {@code Reordering} recognises calls that both
 * sides made in another order.
 */
package dev.hyptrace.diff.align;
