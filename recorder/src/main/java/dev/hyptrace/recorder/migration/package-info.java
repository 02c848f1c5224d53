/**
 * QEMU's migration stream of an Arm machine ({@code migrate "exec:cat > FILE"}): all registers of its processors at one moment,
 * banked registers and ELR_hyp included. Start at {@link dev.hyptrace.recorder.migration.Migration}.
 *
 * <h2>What QEMU writes</h2>
 *
 * <pre>
 * stream   := "QEVM" 3 [0x07 name subsection*] section* 0x00 0x06 size json        all numbers big-endian
 * section  := (0x01 | 0x04) id name instance version content footer       begins one, or is all of one
 *           | (0x02 | 0x03) id content footer                             a part of one, the end of one
 *           | 0x08 command length content
 * footer   := 0x7e id
 * </pre>
 *
 * <p>Only the JSON at the end says what the content of a section is: fields by name, size and number. The section of RAM is not
 * in it: pages with their addresses, of which the last 12 bits are flags. QEMU 7.2 (migration/savevm.c, migration/ram.c,
 * migration/vmstate.c, target/arm/machine.c) was looked at; other machine types have the same form with other fields.
 *
 * <h2>What becomes of it</h2>
 *
 * <ul>
 *   <li>A {@code Note} with the machine type, and a {@code Snapshot} for each section "cpu".
 *   <li>QEMU keeps R8 to R14 and SPSR of the current mode in {@code env.regs} and {@code env.spsr}; what the arrays of banks hold for
 *       that mode is from when it was last left, and not used. R14 of Hyp mode is that of User mode. ELR_hyp is {@code env.elr_el[2]}.
 *   <li>Coprocessor registers come with indexes as KVM has them; {@code coprocessor-registers.txt} says which is which. Secure
 *       copies count if the machine has SCR. Registers that QEMU makes up when they are read (MPIDR, ID_PFR1, counters) are not in a
 *       stream and unknown.
 *   <li>D0 to D31, FPSCR, FPEXC and FPSID, if there.
 *   <li>RAM is passed over, or goes to a {@link dev.hyptrace.recorder.migration.RamSink} page by page. Memory does not depend on
 *       its size: the devices behind it may have 64 MiB.
 * </ul>
 */
package dev.hyptrace.recorder.migration;
