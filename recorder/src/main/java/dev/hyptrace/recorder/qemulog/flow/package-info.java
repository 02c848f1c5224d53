/**
 * Where an instruction can lead, by its encoding alone: {@link dev.hyptrace.recorder.qemulog.flow.Flow}. It tells a branch from
 * a gap in a log; it is no decoder of what instructions do.
 */
package dev.hyptrace.recorder.qemulog.flow;
