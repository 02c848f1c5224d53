/**
 * Arm Tarmac: the text traces of Fast Models, cycle models, RTL test benches and gem5. Start at {@link
 * dev.hyptrace.recorder.tarmac.Tarmac}.
 *
 * <h2>What producers write</h2>
 *
 * <pre>
 * line   := [time [unit]] ["cpu" N] record         the unit may touch the time; a line without cpu is of the last one named
 * header := "Tarmac Text Rev " x
 * insn   := ("IT" | "IS" | "IF") " (" index ") " address [":" physical ["," physical]] " " code " " set " " mode " : " text
 *         | ("IT" | "IS" | "IF") " (" address ") " code " " set " " mode " : " text
 *         | "ES  (" address ":" code ") " set " " mode ":" ["CCFAIL"] text        code "--------": the fetch failed
 * set    := "A" | "T" | "T16" | "T32" | "X"        "O" is AArch64, which is refused
 * mode   := ("usr" | "fiq" | ... | "sys") ["_" world]       world "s", or "n" and "ns"
 * reg    := "R " name ["(" bank ")"] ["&lt;" high ":" low "&gt;"] value      digits "-" and "x" are not known
 * memory := "M" ["N"] ("R" | "W") size flags " " address [":" physical] " " (data | "(ABORTED)")
 *         | ("R" | "W") size2 " " ["X "] address " " data
 *         | ("LD" | "ST") address 4 x 8 digits     16 bytes, the highest first; ".." not accessed, "##" not known; the next line
 *                                                  may leave out the first word
 * event  := "E " address [mode] number "CoreEvent_" name | ["ES"] "EXC" ["[" vector "]"] name
 * own    := "hyptrace: gap: " reason | "hyptrace: note: " text      of {@link dev.hyptrace.recorder.tarmac.TarmacWriter} only
 * </pre>
 *
 * <h2>What becomes of it</h2>
 *
 * <ul>
 *   <li>An instruction line is a {@code Step}. Values follow the instruction that wrote them, so the registers before a step are
 *       those written up to it; a register that was never written is unknown. All banks and system registers are kept: {@code
 *       r13_hyp} and {@code SP_HYP} are SP_hyp, {@code r14_hyp} is LR_usr (Hyp mode has no LR of its own), {@code SCTLR_S} is
 *       SCTLR_s, {@code SCTLR_NS} is SCTLR; a CP15 name without a suffix is of the world that the last instruction was in.
 *       32 bits for a 64-bit register leave its upper half as it was, or zero if nothing is known of it.
 *   <li>Memory lines are the accesses of the step, in the order of the trace. 16-byte lines are split where accesses are aligned.
 *   <li>{@code CoreEvent} and {@code EXC} lines, except mode changes, are an {@code ExceptionEntry} with the state before the next
 *       instruction. A jump to a vector in the mode of that vector is one too, when no line says so. SPSR, the link register and
 *       the syndrome of the mode entered are unknown unless the exception's own lines give them; after HVC they are derived.
 *   <li>An exception return is found by its encoding and that it was executed.
 *   <li>CPSR is the last one written, with J, T and IT as the instructions since then made them; it is unknown when its mode is
 *       not that of the line.
 *   <li>Where an instruction cannot follow the one before, by the encoding of that, there is a {@code Gap}, and all that is not
 *       written in between is unknown after it.
 *   <li>{@code BR} lines say nothing more and are left out. All other lines, and registers that the model does not have, are
 *       {@code Note}s after the step they belong to: the first 10,000, of each the first 200 characters.
 *   <li>The registers after the last instruction are a {@code Snapshot}. Times are not kept.
 * </ul>
 */
package dev.hyptrace.recorder.tarmac;
