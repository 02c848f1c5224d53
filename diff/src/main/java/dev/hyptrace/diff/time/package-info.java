/**
 * What depends on time, shown by experiment: {@link dev.hyptrace.diff.time.TimeEvidence} is what differs between runs of one
 * machine that have nothing but the rate of the clock apart, {@link dev.hyptrace.diff.time.Interrupts} where each side was
 * interrupted.
 */
package dev.hyptrace.diff.time;
