/**
 * Step replay: each recorded instruction is executed on the recorded state before it, and what comes out is set beside what
 * was recorded next.
 *
 * <p>{@link dev.hyptrace.replayer.step.StepReplay} is the way in. No image is needed: encodings come from the recording, and
 * what the recording does not hold (memory that nobody wrote, registers that nobody saw) is unknown. What rests on
 * something unknown is found by executing the instruction twice with different fillers: {@link
 * dev.hyptrace.replayer.step.StepExecutor}.
 *
 * <p>{@link dev.hyptrace.replayer.step.BlockRecovery} uses the same to give registers to steps of a recording that have none.
 */
package dev.hyptrace.replayer.step;
