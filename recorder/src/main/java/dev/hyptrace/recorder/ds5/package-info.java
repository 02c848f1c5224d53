/**
 * The trace tables that DS-5 Debugger and Arm DS export. Start at {@link dev.hyptrace.recorder.ds5.Ds5Trace}.
 *
 * <h2>What the tool writes</h2>
 *
 * <pre>
 * table  := header row*      tabs between the columns, which can be others, or in another order
 * header := "Record Type" "Index" "Address" "0x + Opcode" "Cycles" "Detail" "Branch" "Condition Failure"
 * row    := "Instruction" n address "0x" digits cycles disassembly ("true" | "false") ("fail" | "")
 *         | "Function" n address "" "" name "" ""
 *         | ("Info" | "Cycle Count" | "Timestamp" | "Debug stop" | ...) "" "" "" cycles text "" ""
 * address := space ":" ("0x" 8 digits | "?")       space S, N or H; EL0S to EL3 for Armv8
 * digits := 4 | 8 | "?"                            of a 32-bit Thumb instruction the first halfword first
 *
 * without header := address digits disassembly | address "" name | "" "" text
 * text   := "Tracing enabled" | "Tracing disabled" | "Exit from debug state" | "Debug stop" | "Exception: IRQ (14)"
 *         | "Return from exception" | "Timestamp: " n | ...
 * </pre>
 *
 * <h2>What becomes of it</h2>
 *
 * <ul>
 *   <li>An instruction is a {@code Step} of processor 0, with PC and encoding. The table does not say of which
 *       instruction set eight digits are: {@code SetRun} finds it, and what stays open has no
 *       encoding and is counted.
 *   <li>That an instruction failed its condition is counted; a step says it by the instruction that follows.
 *   <li>The address space tells Hyp mode and the security state, which are noted where they change, and the mode of
 *       exceptions. These have the numbers of the trace units.
 *   <li>Rows with {@code ?} are instructions that DS-5 could not read, or knew no address of: a {@code Gap} each, with
 *       what it says. Tracing that is switched off and on is one gap. An address that the instruction before cannot
 *       lead to is one, too.
 *   <li>Functions, timestamps and all other rows are notes. Cycles are not kept.
 * </ul>
 */
package dev.hyptrace.recorder.ds5;
