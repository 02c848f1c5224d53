package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.recorder.text.Disassembly;
import dev.hyptrace.recorder.text.LeftOut;
import dev.hyptrace.recorder.text.OwnLine;
import dev.hyptrace.recorder.text.TextWriter;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes events as the log of QEMU 7.2 with {@code -singlestep -d in_asm,exec,cpu,int,nochain}.
 *
 * <p>Of a recording that was imported from such a log, each register line, PSR line and exception line comes back as it was. What
 * differs from the original log:
 *
 * <ul>
 *   <li>In Trace lines the place in the host's memory stands for the address and the instruction set, csbase and flags are 0, and
 *       of cflags only the count is there, 1. A symbol is not written.
 *   <li>A block of several instructions is written as one block for each, and each has a Trace line, without registers if they
 *       were not recorded.
 *   <li>IN blocks come when the instruction at an address is seen for the first time, or changes, or was forgotten: {@value
 *       #REMEMBERED} are remembered. Their disassembly is not capstone's.
 *   <li>R08 and up are not written where PSR has no mode of ARMv7, as at a reset.
 *   <li>Trace lines that were taken back, and the lines that did that, are not recorded.
 *   <li>Syndromes that a processor in AArch32 state does not show (of exceptions that are not taken to Hyp mode, and what
 *       interrupts find left over) are written only if the recording comes from a log.
 *   <li>Other lines, and gaps, are written as {@link OwnLine}s. Of other lines the importer keeps the first 10,000.
 * </ul>
 *
 * <p>What is no line of a log is left out and counted: derived values, registers that QEMU does not print, memory accesses,
 * snapshots other than a reset, states that no instruction follows.
 */
public final class QemuLogWriter implements TextWriter {
    private static final int REMEMBERED = 1 << 16;
    private static final int MIX = 0x9e37_79b9;
    private static final String RULE = "----------------\nIN: \n";
    private static final String NO_STEP = "states that no instruction follows";

    private final Appendable out;
    private final Disassembly disassembly;
    private final boolean fromLog;
    private final LeftOut leftOut = new LeftOut();
    private final StringBuilder text = new StringBuilder();
    private final Map<Integer, LineHistory> histories = new HashMap<>();
    private final Map<Integer, State> awaiting = new HashMap<>();
    private final int[] seenAddresses = new int[REMEMBERED];
    private final Instruction[] seen = new Instruction[REMEMBERED];
    private int current;

    /**
     * @param header of the recording: what came from a log goes back as it was
     * @param out is neither flushed nor closed
     */
    public QemuLogWriter(TraceHeader header, Appendable out, Disassembly disassembly) {
        this.fromLog = header.source().equals(QemuLog.SOURCE);
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
        LineHistory history = histories.computeIfAbsent(event.cpu(), LineHistory::new);
        if (!(event instanceof Event.Note)) {
            settle(event);
        }
        if (event instanceof Event.Step step) {
            step(step, history);
        } else if (event instanceof Event.ExceptionEntry entry) {
            entry(entry, history);
        } else if (event instanceof Event.ExceptionReturn left) {
            returned(left, history);
        } else if (event instanceof Event.Snapshot snapshot) {
            snapshot(snapshot);
        } else if (event instanceof Event.Gap gap) {
            own(gap.cpu(), OwnLine.gap(gap.reason()));
        } else if (event instanceof Event.Note note) {
            note(note, history);
        }
        if (fromLog || !(event instanceof Event.Note)) {
            history.follow(event);
        }
        out.append(text);
    }

    /** The registers after an exception or return are those of the step that follows, or have no place. */
    private void settle(Event next) {
        State state = awaiting.remove(next.cpu());
        boolean follows = next instanceof Event.Step step
                && state != null
                && state.bits(Register.PC).orElse(-1) == Integer.toUnsignedLong(step.address());
        if (state != null && state.size() > 1 && !follows) {
            leftOut.count(NO_STEP);
        }
    }

    private void step(Event.Step step, LineHistory history) {
        if (step.instruction().isPresent()) {
            translated(step.address(), step.instruction().get());
        }
        current = step.cpu();
        text.append("Trace ").append(step.cpu()).append(": 0x");
        RegisterLines.hex(text, place(step), 12);
        text.append(" [00000000/");
        RegisterLines.hex(text, step.address(), 8);
        text.append("/00000000/00000001] \n");
        RegisterLines.append(text, step.before(), history.world(), leftOut);
        for (int i = 0; i < step.accesses().size(); i++) {
            leftOut.count("memory accesses");
        }
    }

    /** Where the block lies, which is how a reader knows it again. */
    private static long place(Event.Step step) {
        boolean thumb = step.instruction().map(QemuLogWriter::isThumb).orElse(false);
        return 0x7f00_0000_0000L | Integer.toUnsignedLong(step.address()) << 1 | (thumb ? 1 : 0);
    }

    private static boolean isThumb(Instruction instruction) {
        return instruction.set() != InstructionSet.A32;
    }

    private void translated(int address, Instruction instruction) {
        int slot = (address * MIX + (isThumb(instruction) ? 1 : 0)) >>> 16;
        if (seenAddresses[slot] == address && instruction.equals(seen[slot])) {
            return;
        }
        seenAddresses[slot] = address;
        seen[slot] = instruction;
        text.append(RULE).append("0x");
        RegisterLines.hex(text, address, 8);
        text.append(":  ").append(instruction).append("  ");
        text.append(OwnLine.printable(disassembly.of(instruction, address))).append("\n\n");
    }

    private void entry(Event.ExceptionEntry entry, LineHistory history) {
        current = entry.cpu();
        if (entry.kind() == ExceptionKind.RESET) {
            reset(entry.cpu(), entry.atVector(), history);
            return;
        }
        Optional<Mode> to = entry.to().or(() -> entry.atVector().mode());
        boolean syndrome = fromLog || to.equals(Optional.of(Mode.HYP)) && !ExceptionHead.isInterrupt(entry.kind());
        for (String line : history.taking(entry.kind(), entry.from(), to, entry.atVector())) {
            if (syndrome || !ExceptionHead.isEsr(line)) {
                text.append(line).append('\n');
            }
        }
        faults(entry, to, history.world());
        awaiting.put(entry.cpu(), entry.atVector());
        leftOut.registers(entry.atVector(), register -> true);
    }

    /** {@code ...with DFSR 0x8 DFAR 0xfff00000}, or the register of Hyp mode. */
    private void faults(Event.ExceptionEntry entry, Optional<Mode> to, RegisterBlock.World world) {
        boolean hyp = to.equals(Optional.of(Mode.HYP));
        boolean secure = world == RegisterBlock.World.SECURE;
        if (entry.kind() == ExceptionKind.DATA_ABORT) {
            if (hyp) {
                fault(entry.atVector(), Register.HDFAR);
            } else {
                fault(
                        entry.atVector(),
                        secure ? Register.DFSR_S : Register.DFSR,
                        secure ? Register.DFAR_S : Register.DFAR);
            }
        } else if (entry.kind() == ExceptionKind.PREFETCH_ABORT) {
            if (hyp) {
                fault(entry.atVector(), Register.HIFAR);
            } else {
                fault(
                        entry.atVector(),
                        secure ? Register.IFSR_S : Register.IFSR,
                        secure ? Register.IFAR_S : Register.IFAR);
            }
        }
    }

    private void fault(State at, Register... registers) {
        for (Register register : registers) {
            if (!at.isKnown(register)) {
                return;
            }
        }
        text.append("...with");
        for (Register register : registers) {
            String name = register.manualName();
            text.append(' ').append(name.endsWith("_s") ? name.substring(0, name.length() - 2) : name);
            text.append(" 0x").append(Long.toHexString(at.require(register)));
        }
        text.append('\n');
    }

    private void returned(Event.ExceptionReturn left, LineHistory history) {
        String line = history.returning(left);
        if (line != null) {
            text.append(line).append('\n');
        }
        awaiting.put(left.cpu(), left.after());
    }

    private void snapshot(Event.Snapshot snapshot) {
        if (snapshot.reason().equals(Processor.RESET)) {
            current = snapshot.cpu();
            reset(snapshot.cpu(), snapshot.state(), histories.get(snapshot.cpu()));
        } else {
            leftOut.count("register dumps between instructions");
        }
    }

    private void reset(int cpu, State state, LineHistory history) {
        text.append("CPU Reset (CPU ").append(cpu).append(")\n");
        RegisterLines.append(text, state, history.world(), leftOut);
    }

    private void note(Event.Note note, LineHistory history) {
        ExceptionKind handled = fromLog ? LineHistory.handled(note.text()) : null;
        if (handled != null) {
            handled(note, handled, history);
        } else if (fromLog && LineHistory.isSwitch(note.text())) {
            text.append(note.text()).append('\n');
        } else if (!fromLog || !LineHistory.isLine(note.text())) {
            own(note.cpu(), OwnLine.note(note.text()));
        }
    }

    /** A call that QEMU took no vector for. */
    private void handled(Event.Note note, ExceptionKind kind, LineHistory history) {
        current = note.cpu();
        for (String line : history.taking(kind, Optional.empty(), Optional.empty(), State.unknown())) {
            text.append(line).append('\n');
        }
        text.append(
                note.text().endsWith("PSCI call") ? "...handled as PSCI call\n" : "...handling as semihosting call\n");
    }

    private void own(int cpu, String line) {
        if (cpu != current) {
            current = cpu;
            text.append(OwnLine.cpu(cpu)).append('\n');
        }
        text.append(line).append('\n');
    }
}
