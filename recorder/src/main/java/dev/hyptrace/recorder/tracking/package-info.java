/**
 * What the importers of instruction traces have in common: the registers of a processor as the lines so far give them ({@link
 * dev.hyptrace.recorder.tracking.TrackedState}), what can follow an instruction ({@link dev.hyptrace.recorder.tracking.Chain}),
 * CPSR between the lines that write it ({@link dev.hyptrace.recorder.tracking.Status}), and what an exception does to registers
 * that no line tells of ({@link dev.hyptrace.recorder.tracking.Entry}).
 *
 * <p>Nothing here reads text or knows a format.
 */
package dev.hyptrace.recorder.tracking;
