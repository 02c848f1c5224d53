/**
 * Recordings compared: where two sequences of hypercalls, or a recording and its replay, do not agree, and why.
 *
 * <p>The values that a comparison answers with are in {@code result}.
 */
package dev.hyptrace.diff;
