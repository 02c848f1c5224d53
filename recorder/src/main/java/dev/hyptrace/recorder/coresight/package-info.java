/**
 * CoreSight traces of ETMv3 and PTM, as OpenCSD's {@code trc_pkt_lister -decode} lists them. Start at {@link
 * dev.hyptrace.recorder.coresight.CoreSight}.
 *
 * <h2>What the tool writes</h2>
 *
 * <pre>
 * packet  := "Idx:" n "; ID:" hex "; [0x.. 0x.. ];\t" name " : " text    not with -decode_only; ID 0: not mixed
 * element := "Idx:" n "; ID:" hex "; OCSD_GEN_TRC_ELEM_" type "(" fields ["[CC=" n "]; "] ")"    of that packet
 *
 * INSTR_RANGE    exec range=0xA:[0xB] num_i(N) last_sz(S) (ISA=A32|T32) E|N kind    B behind the last; N: it failed
 * EXCEPTION      [pref ret addr:0x..; ]excep num (0xNN)
 *                0 none 1 Debug Halt 2 SMC 3 Hyp 4 asynchronous Data Abort 5 Jazelle 8 reset 9 Undefined A SVC
 *                B Prefetch Abort C Data Fault D generic E IRQ F FIQ
 * EXCEPTION_RET
 * PE_CONTEXT     (ISA=..) [ELn]S;|N; 32-bit; [VMID=..; CTXTID=..;]
 * TRACE_ON [begin or filter|overflow|debug restart]    NO_SYNC [..]    ADDR_NACC    ADDR_UNKNOWN    I_RANGE_NOPATH
 * TIMESTAMP [ TS=0x..];    CYCLE_COUNT [CC=n];    EO_TRACE
 * </pre>
 *
 * <h2>What becomes of it</h2>
 *
 * <ul>
 *   <li>Each trace ID is a processor, numbered in the order in which the listing announces the IDs; a note says which
 *       is which.
 *   <li>A range is the {@code Step}s of its instructions: PC, and the encoding where the code is given. Of Thumb
 *       without code the addresses follow where all instructions before the last must be of one size; else only the
 *       first and the last are steps, with a {@code Gap} between, and the rest is counted. Code that is not the
 *       instructions of a range is left out and said so.
 *   <li>OpenCSD (1.3.3, 1.8.0) takes the A32 ERET for no branch: the range of a PTM runs past it. With the code the
 *       range ends at the ERET; without, a range before an {@code EXCEPTION_RET} that cannot end in a return keeps its
 *       first instruction, and a gap says why. A PTM that leaves Hyp mode says so as exception 0, for which OpenCSD
 *       gives no range at all: with the code the instructions up to the return are steps, without there is a gap. The
 *       counts say how many instructions these are.
 *   <li>{@code EXCEPTION} is an {@code ExceptionEntry}, {@code EXCEPTION_RET} an {@code ExceptionReturn}, with the PC
 *       where it leads. The preferred return address is ELR_hyp in Hyp mode. Exception 3 is HVC or a Hyp Trap, as the
 *       instruction before it says.
 *   <li>Hyp mode and the security state come from the packets, since the elements of a PTM leave Hyp mode out. They are
 *       no CPSR: Hyp mode is the mode of an entry or return; it, the security state, context ID, VMID and, where
 *       encodings are not known, the instruction set are a {@code Note} before the first step that they hold for.
 *   <li>Elements that say that something is missing are a {@code Gap} each. Timestamps and other elements are notes;
 *       cycle counts, failed conditions and packets are counted. Other lines are notes: the first 10,000, of each the
 *       first 200 characters.
 * </ul>
 */
package dev.hyptrace.recorder.coresight;
