/**
 * The border between a recording's registers and the emulator's: {@link dev.hyptrace.replayer.machine.RegisterAccess} reads
 * and writes a processor by {@link dev.hyptrace.traces.model.Register},
 * {@link dev.hyptrace.replayer.machine.MachineRecorder} turns what a running machine does into events.
 */
package dev.hyptrace.replayer.machine;
