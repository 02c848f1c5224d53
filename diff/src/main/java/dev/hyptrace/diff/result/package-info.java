/**
 * What a comparison found: values only, without a way to find or to print them.
 *
 * <p>{@link dev.hyptrace.diff.result.DiffResult} is the whole, a {@link dev.hyptrace.diff.result.Divergence} one difference:
 * at which {@link dev.hyptrace.diff.result.Place}, of which {@link dev.hyptrace.diff.result.Kind}, with which
 * {@link dev.hyptrace.diff.result.Reading} on either side, and what that means ({@link dev.hyptrace.diff.result.Verdict}).
 */
package dev.hyptrace.diff.result;
