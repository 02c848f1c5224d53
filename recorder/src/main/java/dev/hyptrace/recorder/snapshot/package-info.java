/**
 * Snapshots of a board, as DS-5 Debugger writes and OpenCSD reads them ("ARM Trace and Debug Snapshot file format
 * 0v2"). Start at {@link dev.hyptrace.recorder.snapshot.Ds5Snapshot}.
 *
 * <h2>What the tool writes</h2>
 *
 * <pre>
 * snapshot.ini: [snapshot] version=1.0    [device_list] device1=device1.ini ...    [trace] metadata=trace.ini
 * device1.ini:  [device] name=.. class=core|trace_source|.. type=Cortex-A15
 *               [regs]  NAME[(id:0x..,size:64)]=0x..
 *               [dump1] file=.. address=0x.. [length=..] [space=S|N|H|..]
 * </pre>
 *
 * Lines that begin with {@code ;} or {@code #} are comments.
 *
 * <h2>What becomes of it</h2>
 *
 * <ul>
 *   <li>Each device of the class core is a {@code Snapshot} event; processors are numbered in the order of the list. Of
 *       other devices, trace units mostly, a note tells name, class and the number of registers.
 *   <li>SP, LR, R8 to R14 and SPSR without a suffix are those of the mode in CPSR; without CPSR it is not known whose
 *       they are.
 *   <li>{@code N_SCTLR} is the Non-secure copy, SCTLR here, {@code S_SCTLR} the Secure one, SCTLR_s. A banked register
 *       without a prefix is the copy that SCR.NS selects, the Non-secure one when SCR is not listed. {@code TTBR0_64}
 *       is TTBR0 with all of its bits; {@code MAIR0} is PRRR; {@code PMXEVTYPER} is that of the counter in PMSELR; S0
 *       and S1 are the halves of D0.
 *   <li>When two names of one register have different values, the name that says more is kept, and a note has both.
 *   <li>Registers that the model does not have are notes, with their values, and counted; so are memory dumps, with
 *       their places.
 * </ul>
 */
package dev.hyptrace.recorder.snapshot;
