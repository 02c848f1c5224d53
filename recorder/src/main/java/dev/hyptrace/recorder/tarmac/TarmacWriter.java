package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.recorder.qemulog.flow.Condition;
import dev.hyptrace.recorder.qemulog.flow.Flow;
import dev.hyptrace.recorder.text.Disassembly;
import dev.hyptrace.recorder.text.LeftOut;
import dev.hyptrace.recorder.text.OwnLine;
import dev.hyptrace.recorder.text.TextWriter;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.MemoryAccess;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Writes events as Fast Models write Tarmac.
 *
 * <ul>
 *   <li>The time is the number of the step, from 0, in {@code clk}; a recording has no other time.
 *   <li>The registers that are known first come as R lines before the first instruction; after it those that changed, under the
 *       names of Fast Models. A register that is no longer known is written with dashes for digits.
 *   <li>A derived value is left out, and so is what it was derived from if that is what the reader would take for its value. CPSR
 *       whose J, T and IT bits follow from the instructions is as the last R line has it, as in any such trace.
 *   <li>An instruction that failed its condition is {@code IS}; where CPSR is not known it is taken to have passed. One whose
 *       encoding is not known is an {@code ES} line with dashes, because {@code IT} has no sign for that.
 *   <li>The mode is that of CPSR, or of the last exception or return; {@code -} where neither is known. The world is given where
 *       SCR.NS or Hyp mode tells.
 *   <li>An access without data is an {@code LD} or {@code ST} line with {@code #} for digits: an {@code M} line has no sign for
 *       that.
 *   <li>An exception is {@code E} with the number and name of its {@code CoreEvent}. The documents of Fast Models have none for
 *       entry to Hyp mode by HVC or a trap, for SMC and for virtual exceptions: these are {@code EXC} lines with the vector and
 *       the manual's name.
 *   <li>An exception return has no line: the instruction tells. Notes and gaps are {@link OwnLine}s, which readers take for an
 *       event that they do not know.
 *   <li>{@code cpuN} stands behind the time from the first event of another processor than 0 on.
 * </ul>
 */
public final class TarmacWriter implements TextWriter {
    private static final int VECTOR = 0x1f;
    private static final int WINDOW = 16;
    private static final int WORD = 4;

    private final Appendable out;
    private final Disassembly disassembly;
    private final LeftOut leftOut = new LeftOut();
    private final StringBuilder text = new StringBuilder();
    private final Map<Integer, Traced> processors = new HashMap<>();
    private boolean several;
    private long steps;

    /** What was written of one processor. */
    private static final class Traced {
        private final WrittenRegisters registers = new WrittenRegisters();
        /** The mode by the events, and the mode that a reader takes it to be in. */
        private Mode mode;

        private Mode read;
        private boolean returned;
        /** Which registers a reader forgets unless they are written before the next instruction. */
        private Predicate<Register> again = TarmacWriter::never;
    }

    /** @param out is neither flushed nor closed */
    public TarmacWriter(Appendable out, Disassembly disassembly) {
        this.out = out;
        this.disassembly = disassembly;
    }

    @Override
    public LeftOut leftOut() {
        return leftOut;
    }

    @Override
    public void accept(Event event) throws IOException {
        text.setLength(0);
        several |= event.cpu() != 0;
        Traced traced = processors.computeIfAbsent(event.cpu(), cpu -> new Traced());
        if (traced.returned && !(event instanceof Event.Note)) {
            traced.returned = false;
            if (!(event instanceof Event.Step)) {
                leftOut.count("exception returns that no instruction follows");
            }
        }
        if (event instanceof Event.Step step) {
            step(step, traced);
        } else if (event instanceof Event.ExceptionEntry entry) {
            entry(entry, traced);
        } else if (event instanceof Event.ExceptionReturn left) {
            returned(left, traced);
        } else if (event instanceof Event.Snapshot snapshot) {
            registers(snapshot.cpu(), snapshot.state(), traced, false);
        } else if (event instanceof Event.Gap gap) {
            own(gap.cpu(), OwnLine.gap(gap.reason()));
            traced.registers.forgetAll();
            traced.mode = null;
            traced.read = null;
        } else if (event instanceof Event.Note note) {
            own(note.cpu(), OwnLine.note(note.text()));
        }
        out.append(text);
    }

    private String start(int cpu) {
        String time = Math.max(0, steps - 1) + " clk ";
        return several ? time + "cpu" + cpu + " " : time;
    }

    private void own(int cpu, String line) {
        text.append(start(cpu)).append(line).append('\n');
    }

    private void registers(int cpu, State state, Traced traced, boolean complete) {
        if (traced.read == null && state.isKnown(Register.CPSR)) {
            traced.read = state.mode().orElse(null);
        }
        traced.registers.append(text, start(cpu), state, traced.read, traced.again, complete);
        leftOut.registers(state, register -> true);
    }

    private void step(Event.Step step, Traced traced) {
        registers(step.cpu(), step.before(), traced, true);
        traced.registers.startStep();
        steps++;
        traced.mode = mode(step.before()).orElse(traced.mode);
        traced.read = traced.mode;
        Optional<Instruction> instruction = step.instruction();
        boolean returns = instruction.map(TarmacWriter::isReturn).orElse(false);
        traced.again = returns ? TarmacWriter::isStatus : TarmacWriter::never;
        text.append(start(step.cpu()));
        if (instruction.isPresent() && instruction.get().set() != InstructionSet.JAZELLE) {
            executed(step, instruction.get(), traced);
        } else {
            unknown(step, traced);
        }
        for (MemoryAccess access : step.accesses()) {
            access(step.cpu(), access);
        }
    }

    private static boolean never(Register register) {
        return false;
    }

    private static boolean isStatus(Register register) {
        return register == Register.CPSR;
    }

    private static boolean isReturn(Instruction instruction) {
        return isUnderstood(instruction) && Flow.of(instruction).exceptionReturn();
    }

    private static boolean isUnderstood(Instruction instruction) {
        return instruction.set() == InstructionSet.A32 || instruction.set() == InstructionSet.T32;
    }

    /** The mode in CPSR, if that was recorded or differs from what was recorded in J, T and IT only. */
    private static Optional<Mode> mode(State state) {
        boolean told = state.isKnown(Register.CPSR)
                || state.rule(Register.CPSR)
                        .filter(DerivationRule.STATUS_FROM_INSTRUCTIONS::equals)
                        .isPresent();
        return told ? state.mode() : Optional.empty();
    }

    private void executed(Event.Step step, Instruction instruction, Traced traced) {
        text.append(passes(instruction, step.before()) ? "IT (" : "IS (")
                .append(steps - 1)
                .append(") ");
        hex(text, step.address(), 8);
        text.append(' ');
        hex(text, instruction.encoding(), 2 * instruction.size());
        text.append(' ').append(letter(instruction.set())).append(' ');
        mode(traced, step.before());
        text.append(" : ").append(OwnLine.printable(disassembly.of(instruction, step.address())));
        text.append('\n');
    }

    private void unknown(Event.Step step, Traced traced) {
        boolean thumb = step.before().has(Register.CPSR)
                && InstructionSet.ofStatus(step.before().require(Register.CPSR)) == InstructionSet.T32;
        text.append("ES  (");
        hex(text, step.address(), 8);
        text.append(thumb ? ":--------) T " : ":--------) A ");
        mode(traced, step.before());
        text.append(": the encoding is not recorded\n");
    }

    private static char letter(InstructionSet set) {
        return set == InstructionSet.A32 ? 'A' : set == InstructionSet.T32 ? 'T' : 'X';
    }

    private void mode(Traced traced, State state) {
        if (traced.mode == null) {
            text.append('-');
            return;
        }
        text.append(traced.mode.suffix());
        if (traced.mode == Mode.HYP) {
            text.append("_n");
        } else if (traced.mode == Mode.MON) {
            text.append("_s");
        } else if (state.isKnown(Register.SCR)) {
            text.append((state.require(Register.SCR) & 1) == 0 ? "_s" : "_n");
        }
    }

    private static boolean passes(Instruction instruction, State before) {
        if (!isUnderstood(instruction) || mode(before).isEmpty()) {
            return true;
        }
        int psr = (int) before.require(Register.CPSR);
        Flow flow = Flow.of(instruction);
        if (flow.kind() == Flow.Kind.COMPARE_BRANCH) {
            return true;
        }
        boolean inItBlock = instruction.set() == InstructionSet.T32 && Condition.itState(psr) != 0;
        return Condition.passes(inItBlock ? Condition.itState(psr) >>> 4 : condition(instruction, flow), psr);
    }

    /** The condition of an A32 instruction is in its first bits, also where it has none to do with what comes next. */
    private static int condition(Instruction instruction, Flow flow) {
        int first = instruction.encoding() >>> 28;
        return instruction.set() == InstructionSet.A32 && first != 0xf ? first : flow.condition();
    }

    private void access(int cpu, MemoryAccess access) {
        if (access.data().isEmpty()) {
            windows(cpu, access);
            return;
        }
        text.append(start(cpu))
                .append(access.write() ? "MW" : "MR")
                .append(access.size())
                .append(' ');
        hex(text, access.address(), 8);
        text.append(' ');
        hex(text, access.data().getAsLong(), 2 * access.size());
        text.append('\n');
    }

    /** One line for each aligned sixteen bytes that the access touches, the highest byte first. */
    private void windows(int cpu, MemoryAccess access) {
        int base = access.address() & -WINDOW;
        int first = access.address() - base;
        for (int from = first; from < first + access.size(); from = (from & -WINDOW) + WINDOW) {
            int to = Math.min(first + access.size(), (from & -WINDOW) + WINDOW);
            text.append(start(cpu)).append(access.write() ? "ST " : "LD ");
            hex(text, base + (from & -WINDOW), 8);
            for (int i = WINDOW - 1; i >= 0; i--) {
                int at = (from & -WINDOW) + i;
                text.append(i % WORD == WORD - 1 ? " " : "").append(at >= from && at < to ? "##" : "..");
            }
            text.append('\n');
        }
    }

    private void entry(Event.ExceptionEntry entry, Traced traced) {
        State at = entry.atVector();
        text.append(start(entry.cpu()));
        int number = coreEvent(entry.kind());
        if (number != 0 && at.isKnown(Register.PC)) {
            text.append("E ");
            hex(text, at.require(Register.PC), 8);
            text.append(' ');
            hex(text, number, 8);
            text.append(" CoreEvent_").append(coreEventName(entry.kind()));
        } else {
            text.append("EXC ");
            if (at.isKnown(Register.PC)) {
                text.append("[0x");
                hex(text, at.require(Register.PC) & VECTOR, 2);
                text.append("] ");
            }
            text.append(entry.kind().manualName());
        }
        text.append('\n');
        if (entry.kind() == ExceptionKind.RESET) {
            traced.registers.forgetAll();
        }
        traced.mode = entry.to().or(at::mode).orElse(null);
        Mode entered = traced.mode;
        traced.again = register -> isWrittenOnEntry(register, entered);
        registers(entry.cpu(), at, traced, at.isKnown(Register.PC));
    }

    /** What {@link Entry} makes unknown unless it is written. */
    private static boolean isWrittenOnEntry(Register register, Mode entered) {
        return switch (register) {
            case CPSR, HSR, HDFAR, HIFAR, HPFAR, DFSR, DFAR, IFSR, IFAR, DFSR_S, DFAR_S, IFSR_S, IFAR_S -> true;
            case ELR_HYP -> entered == Mode.HYP;
            default ->
                entered != null
                        && (register == entered.linkRegister()
                                || register == entered.savedStatus().orElse(null));
        };
    }

    /** The number of the documents: Fast Models Reference Guide, "Tarmac Trace", core events. */
    private static int coreEvent(ExceptionKind kind) {
        return switch (kind) {
            case RESET -> 1;
            case UNDEFINED_INSTRUCTION -> 2;
            case SUPERVISOR_CALL -> 3;
            case PREFETCH_ABORT -> 4;
            case DATA_ABORT -> 5;
            case IRQ -> 7;
            case FIQ -> 8;
            default -> 0;
        };
    }

    private static String coreEventName(ExceptionKind kind) {
        return switch (kind) {
            case RESET -> "Reset";
            case UNDEFINED_INSTRUCTION -> "UndefinedInstr";
            case SUPERVISOR_CALL -> "SWI";
            case PREFETCH_ABORT -> "PrefetchAbort";
            case DATA_ABORT -> "DataAbort";
            default -> kind.name();
        };
    }

    private void returned(Event.ExceptionReturn left, Traced traced) {
        traced.again = TarmacWriter::isStatus;
        registers(
                left.cpu(),
                left.after(),
                traced,
                left.after().isKnown(Register.PC) && left.after().size() > 1);
        traced.mode = left.to().or(left.after()::mode).orElse(null);
        traced.returned = true;
    }

    static void hex(StringBuilder text, long bits, int digits) {
        for (int shift = 4 * digits - 4; shift >= 0; shift -= 4) {
            text.append(Character.forDigit((int) (bits >>> shift) & 0xf, 16));
        }
    }
}
