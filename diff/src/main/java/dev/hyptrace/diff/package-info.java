/**
 * Recordings compared: where two sequences of hypercalls, or a recording and its replay, do not agree, and why.
 *
 * <p>{@link dev.hyptrace.diff.TraceDiff} compares two recordings and is the tour. What a comparison answers with is in
 * {@code result}, what it looks like in {@code report}. In between: {@code align} finds which hypercalls correspond,
 * {@code compare} compares two states field by field, {@code fold} decides which divergences follow from which, and
 * {@code explain} puts them into words, with what {@code abi} knows of the hyp stub.
 */
package dev.hyptrace.diff;
