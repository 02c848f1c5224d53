/**
 * The events of KVM on a 32-bit Arm processor, as text: {@code trace} and {@code trace_pipe} of ftrace, {@code trace-cmd report}
 * and {@code perf script}. Start at {@link dev.hyptrace.recorder.ftrace.Ftrace}.
 *
 * <h2>What the kernel writes</h2>
 *
 * <pre>
 * line    := task ( "-" | " " ) thread [ "(" process ")" ] "[" processor "]" [ flags ] time ":" [ "kvm:" ] event ":" text
 *          | "CPU:" processor " [LOST" [ count ] " EVENTS]" | "CPU:" processor " [" count " EVENTS DROPPED]"
 *          | "##### CPU " processor " buffer started ####"
 *          | "# entries-in-buffer/entries-written: " kept "/" written ...        other lines with "#" are comments
 *
 * kvm_entry            PC: 0x%08lx
 * kvm_exit             PC: 0x%08lx                                             Linux 3.9 to 3.18
 *                      HSR_EC: 0x%04x, PC: 0x%08lx                             4.1
 *                      %s: HSR_EC: 0x%04x (%s), PC: 0x%08lx                    4.4 to 5.6
 * kvm_hvc              HVC at 0x%08lx (r0: 0x%08lx, imm: 0x%lx                 the parenthesis is never closed
 * kvm_guest_fault      guest fault at PC %#08lx (hxfar %#08lx, ipa %#16llx, hsr %#08lx          3.9 to 3.11
 *                      ipa %#llx, hsr %#08lx, hxfar %#08lx, pc %#08lx                           3.13 to 5.6
 * kvm_wfi, kvm_wfx     guest executed wfi at: 0x%08lx
 * kvm_emulate_cp15_imp Implementation defined CP15: mrc p15, 0, r4, c1, c0, 1
 * </pre>
 *
 * <h2>What becomes of it</h2>
 *
 * <ul>
 *   <li>The processor of an event is the guest's: a virtual one for each thread that enters a guest, numbered from 0 in the order
 *       in which they appear. A thread moves between the host's processors, and two guests share one, so that the number in
 *       brackets would chain the exit of one guest to the entry of another.
 *   <li>{@code kvm_exit} with the event that says more about it ({@code kvm_hvc}, {@code kvm_guest_fault}, ...) is one {@code
 *       ExceptionEntry} to Hyp mode. Its PC is ELR_hyp: of an HVC the address after it, of an abort or a trap the instruction
 *       itself. The state at the vector holds nothing else but what the events give: R0 of an HVC, HSR and HDFAR or HIFAR of
 *       a fault. HSR of an HVC is derived from the immediate. The intermediate physical address of a fault is a {@code Note}.
 *   <li>{@code kvm_entry} is an {@code ExceptionReturn} from Hyp mode, with PC and nothing else: not the mode, nor R0.
 *   <li>Which exception it was: the type before {@code HSR_EC} where there is one ("HVC" there is any exception that the guest's
 *       instruction took to Hyp mode, of which HSR_EC is the class; with IRQ and FIQ, HSR_EC is that of an earlier exit). In the
 *       texts without a type HSR_EC can be that of an earlier exit, too, and only the events that follow tell; when none does,
 *       the kind is unknown.
 *   <li>A hypercall that the host makes to its own Hyp code is no event of KVM and does not appear.
 *   <li>Where the buffer had no room or an exit or entry is missing, there is a {@code Gap}; for lost events, on every virtual
 *       processor, because a thread can have come and gone on the processor that lost them.
 *   <li>Other events of KVM and markers are {@code Note}s, the first 10,000 of them; events of other subsystems are counted.
 *       The times are not kept.
 * </ul>
 */
package dev.hyptrace.recorder.ftrace;
