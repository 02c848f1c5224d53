/**
 * The text log of QEMU's Arm emulation: {@code -d in_asm,exec,cpu,int,nochain}. Start at {@link
 * dev.hyptrace.recorder.qemulog.QemuLog}. The plugin's log is another format: {@code recorder.execlog}.
 *
 * <h2>What QEMU writes</h2>
 *
 * <pre>
 * file    := item*                     no header, no version, no time
 * item    := inblk | trace | regs | event | chatter
 * inblk   := "----------------" "IN: " [symbol]  insn+  ""
 * insn    := "0x" address ":  " ( hex8 | hex4 | hex4 " " hex4 ) "  " disassembly | "0x" address ":  " "OBJD-T: " bytes
 * trace   := "Trace " cpu ": 0x" place " [" csbase "/" pc "/" flags ["/" cflags] "] " [symbol]
 * regs    := 4 x "Rnn=hex8 Rnn=hex8 Rnn=hex8 Rnn=hex8"   "PSR=" hex8 " NZCV " ("A"|"T") " " ["S "|"NS "] mode "32"
 *            [ with -d fpu: n x "snn=hex8 snn=hex8 dnn=hex16"   "FPSCR: " hex8 ]
 * event   := "Taking exception " n " [" name "] on CPU " c   "...from EL" a " to EL" b   "...with ESR 0x" ec "/0x" syndrome
 *            [ "...with HIFAR 0x.." | "...with HDFAR 0x.." | "...with DFSR 0x.. DFAR 0x.." | "...with IFSR 0x.. IFAR 0x.."
 *            | "...handled as PSCI call" | "...handling as semihosting call 0x.." ]
 *          | "Exception return from AArch32 " mode " to " mode " PC 0x" target
 *          | "AArch32 mode switch from " mode " to " mode " PC 0x" pc
 *          | "Stopped execution of TB chain before 0x" place " [" pc "]"         takes back the Trace line before it
 *          | "cpu_io_recompile: rewound execution of TB to " pc                  takes it back from that instruction on
 *          | "CPU Reset (CPU " c ")"  regs
 * own     := "hyptrace: gap: " reason | "hyptrace: note: " text | "hyptrace: cpu " n      see {@link
 *            dev.hyptrace.recorder.text.OwnLine}
 * chatter := any other line
 * </pre>
 *
 * <h2>What becomes of it</h2>
 *
 * <ul>
 *   <li>A Trace line with its registers is a {@code Step} with the registers before it: R0 to R12, SP and LR under the name
 *       that the mode in PSR gives them (in FIQ mode R8_fiq to R12_fiq, too), PC and CPSR, and D0 to D31 and FPSCR if printed.
 *       All are known; nothing else is. A log of Trace lines only gives steps with PC only, one of registers only steps at R15.
 *       Without IN blocks a {@code Gap} follows each, unless the log shows that it was single-stepped: see {@code Stepping}.
 *   <li>Of a block of several instructions the first has registers. The others become steps without any state, as far as the
 *       block ran: to its end, to the instruction that was rewound or that LR at the vector names, or to the only one that can
 *       have aborted or been trapped. When none of these tells, a {@code Gap} follows the first step instead.
 *   <li>{@code Taking exception} with its details is an {@code ExceptionEntry}. If the next Trace line is at the right vector in
 *       the right mode, its registers are the state at the vector, and the base of the vectors (HVBAR, VBAR, MVBAR) is derived
 *       from its address. ELR_hyp and the SPSR of the mode entered are derived from the instruction before, if the exception can
 *       have been taken at it; after an interrupt neither is, because that instruction may have changed them. Which exception it
 *       is and what of the syndrome is HSR: {@link dev.hyptrace.recorder.qemulog.TakenException}. Fault registers are known.
 *   <li>{@code Exception return} is an {@code ExceptionReturn}, with the registers of the next Trace line if that is at the
 *       target, else with PC only. QEMU prints it only when the mode changes: a return within a mode is found by its encoding.
 *   <li>A call that QEMU handles itself (PSCI, semihosting) takes no vector: it is a {@code Note} "... handled as PSCI call".
 *   <li>A mode switch is a {@code Note}; so is a change between Secure and Non-secure state, which says SCR.NS but not the rest
 *       of SCR; so are other lines, the first 10,000 of them, of each the first 200 characters.
 *   <li>A line of an exception or return that does not follow from the event and those before it is a {@code Note} before it: a
 *       syndrome that is not HSR's (what an interrupt finds left over, what an exception to another mode has, unless the
 *       instruction or the fault registers tell it), a name or a level that is not the usual one. {@link
 *       dev.hyptrace.recorder.qemulog.QemuLogWriter}, which writes logs, puts it back.
 *   <li>The registers of a reset are a {@code Snapshot}.
 *   <li>Where a step cannot follow from the step before, by the encoding and registers of that, there is a {@code Gap}; also
 *       where exceptions were taken outside of what {@code -dfilter} left in the log. A log without any Trace line has none.
 * </ul>
 */
package dev.hyptrace.recorder.qemulog;
