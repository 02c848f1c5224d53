/**
 * What a board writes to its serial console. Start at {@link dev.hyptrace.recorder.uart.UartLog}.
 *
 * <h2>What is looked for</h2>
 *
 * <pre>
 * line    := [ "&lt;" level "&gt;" ] [ "[" seconds "." micros "]" ] text [ CR ] LF
 *
 * CPU: All CPU(s) started in HYP mode.                                   boot mode; also SVC
 * CPU: Virtualization extensions available.
 * CPU: WARNING: CPU(s) started in wrong/inconsistent modes (primary CPU mode 0x13)
 * CPU: This may indicate a broken bootloader or firmware.
 * kvm [1]: Hyp mode initialized successfully | HYP mode not available | error initializing Hyp mode: -19 | vgic interrupt IRQ16
 *
 * Internal error: Oops: 206 [#1] SMP ARM                                 why, and on which processor, there is a register dump
 * CPU: 0 PID: 13 Comm: kdevtmpfs ...
 * pc : [&lt;c014ad14&gt;]    lr : [&lt;c014ad10&gt;]    psr: 60000053
 * sp : cf85deb8  ip : 00000007  fp : 00000000
 * r10: 00000000  r9 : 00000000  r8 : c02a3768                          and so on to r0
 * Flags: nZCv  IRQs on  FIQs off  Mode SVC_32  ISA ARM  Segment user
 * </pre>
 *
 * <h2>What becomes of it</h2>
 *
 * <ul>
 *   <li>A register dump is a {@code Snapshot}: PC, CPSR, R0 to R12, and SP and LR under the names that the mode gives them, from
 *       {@code psr} or else from {@code Mode}. Without either it is not known which SP and LR they are, and they are left out. In
 *       FIQ mode R8 to R12 are R8_fiq to R12_fiq. An address that the kernel hides, {@code (ptrval)}, is unknown.
 *   <li>Every other line is a {@code Note}: all those of the boot mode and of KVM, with what they say before them, and the first
 *       10,000 of the rest. Other lines can stand between those of a dump.
 *   <li>A line that one of the user's own expressions ({@link dev.hyptrace.recorder.uart.LinePattern}) matches is a {@code
 *       Snapshot} of the registers that its groups name.
 * </ul>
 */
package dev.hyptrace.recorder.uart;
