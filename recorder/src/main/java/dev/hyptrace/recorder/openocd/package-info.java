/**
 * What OpenOCD 0.12 can do for a recording of a Cortex-A beyond the remote protocol: by its commands, which GDB sends with
 * {@code monitor}.
 *
 * <p>Start at {@link dev.hyptrace.recorder.openocd.OpenOcdBoard}. {@code Console} runs commands and finds their results among the
 * log; {@code CoprocessorTable} says which registers {@code arm mrc} reads in which mode; {@code DebugRegisters} are the
 * processor's own (DDI 0406C C11), reached through its debug access port, and with them {@code HardwareBreakpoints} and {@code
 * DebugState}, which executes single instructions.
 *
 * <p>Why not OpenOCD's own breakpoints and steps: it writes DBGBCR with HMC 0, so neither its hardware breakpoints nor its single
 * steps, which are breakpoints on a mismatch, ever match in Hyp mode. A step of an HVC then runs through the whole handler, and
 * a breakpoint at the Hyp vectors is never met. Here HMC is 1. And it reads memory in Supervisor mode, whose translation is not
 * that of Hyp mode; what Hyp mode executes is therefore read by OpenOCD's physical access, which does not change the mode.
 */
package dev.hyptrace.recorder.openocd;
