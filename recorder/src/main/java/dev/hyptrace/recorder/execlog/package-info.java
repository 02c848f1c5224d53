/**
 * The log of QEMU's plugin execlog, of QEMU 6 to 10. Start at {@link dev.hyptrace.recorder.execlog.Execlog}.
 *
 * <h2>What the plugin writes</h2>
 *
 * <pre>
 * line   := cpu ", 0x" address ", 0x" word ", \"" disassembly "\"" memory* change*
 * memory := ", " ("load" | "store") ", 0x" physical [", " device]       the virtual address when it has no physical one
 * change := ", " register " -> 0x" value       with -plugin execlog,reg=GLOB: 8, 16 or 32 digits, the size of the register
 * </pre>
 *
 * <p>A line is written when the next instruction starts, and lists the registers that are not what they were when the line before
 * it was written: those that the instruction changed, and those that an exception changed that came in between. The first line
 * lists what differs from when the processor was made. The last line of a processor, written when QEMU ends, has no changes.
 *
 * <p>The word holds four bytes as they lie in memory, the first byte lowest: the halfwords of a 32-bit Thumb instruction are
 * exchanged, and above a 16-bit one there is nothing (QEMU 9 and later) or what was left of another instruction (before).
 *
 * <h2>What becomes of it</h2>
 *
 * <ul>
 *   <li>A line is a {@code Step}. A register is known from the first line that lists it; from there on each line says what it is,
 *       if only by leaving it out. {@code r8} to {@code r12}, {@code sp} and {@code lr} are those of the mode in {@code cpsr}, and
 *       of no use but for R8 to R12 outside of FIQ mode until that has been listed.
 *   <li>System registers have QEMU's names in small letters; the table of the GDB stub's names tells what they are. Of a 64-bit
 *       register a 32-bit view alone is not kept. MIDR and MPIDR are kept from Hyp and Monitor mode only: elsewhere QEMU shows
 *       VPIDR and VMPIDR for them.
 *   <li>The plugin does not see SPSRs, ELR_hyp and the banked registers of other modes. What is known of them, from when their
 *       mode was left or by the rules of an exception, is forgotten at an instruction that may write them: MSR (banked), MSR to
 *       SPSR, LDM (user registers).
 *   <li>In blocks of several instructions QEMU does not keep the IT bits of CPSR: they are those that the instructions give.
 *   <li>The instruction set is CPSR.T. Where {@code cpsr} is not listed it follows from what a line says by itself, or from the
 *       line before it; when it does not, the step has no encoding.
 *   <li>Exceptions are jumps to a vector in the mode of that vector. Without {@code cpsr} only HVC, SVC and SMC with a vector
 *       after them are recognised, and what else does not follow from the instruction before is a {@code Gap}. With {@code pc}
 *       (or the instruction before it) a line that is missing, by {@code ifilter=} or {@code afilter=}, is a {@code Gap}, too; the
 *       registers before the step after it are unknown.
 *   <li>Memory accesses have a physical address, no size and no data: those of a line are one {@code Note} after its step. Lines
 *       of another form are notes, too; of all notes the first 10,000 are kept.
 * </ul>
 *
 * <p>QEMU 7.2 and 10.0.2 were looked at, in their sources (contrib/plugins/execlog.c) and logs.
 */
package dev.hyptrace.recorder.execlog;
