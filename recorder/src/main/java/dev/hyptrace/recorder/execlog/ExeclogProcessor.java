package dev.hyptrace.recorder.execlog;

import dev.hyptrace.recorder.qemulog.flow.Flow;
import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.recorder.tracking.Chain;
import dev.hyptrace.recorder.tracking.Code;
import dev.hyptrace.recorder.tracking.Entry;
import dev.hyptrace.recorder.tracking.Status;
import dev.hyptrace.recorder.tracking.TrackedState;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.List;
import java.util.Optional;

/** Joins the lines of one processor to events: a step is complete when the next line comes. */
final class ExeclogProcessor {
    private static final int OFFSET = 0x1f;
    private static final int CALL_SLOT = 0x08;
    private static final int HYP_SLOT = 0x14;

    private final int cpu;
    private final TextOutput out;
    private final TrackedState state = new TrackedState();
    private final Status status = new Status(state);
    private final Chain chain = new Chain();
    private final Code.Cache codes = new Code.Cache();
    private final RegisterView view;
    private ExeclogLine open;
    private InstructionSet openSet;
    private State before;
    /** A line is missing before the open one, so that its changes are not only its own. */
    private boolean afterGap;

    ExeclogProcessor(int cpu, TextOutput out, RegisterMeanings meanings) {
        this.cpu = cpu;
        this.out = out;
        this.view = new RegisterView(meanings, state);
    }

    /** The next line. */
    void line(ExeclogLine line) {
        Mode from = afterGap ? null : view.mode();
        if (open != null) {
            complete(line.address());
        }
        ExceptionKind found = exception(line.address(), from);
        boolean missing = isMissing(line.address(), found);
        ExceptionKind kind = missing ? null : found;
        boolean returned = kind == null && !missing && returned(line.address(), from);
        Mode to = kind == null || view.mode() != null ? view.mode() : target(line.address());
        if (missing) {
            gap(Hex.word(line.address()) + " does not follow from " + Hex.word(chain.address()));
        } else if (kind != null) {
            new Entry(state, kind, to, chain, before).apply(line.address(), false);
        }
        begin(line, missing || kind != null || returned);
        tell(kind, returned, from, to);
    }

    /** The open line's step, and the registers after it. */
    private void complete(int nextAddress) {
        if (openSet == null) {
            openSet = SetEvidence.following(codes, open, nextAddress);
        }
        Code code = openSet == null ? Code.unknown(InstructionSet.A32) : SetEvidence.code(codes, open.word(), openSet);
        flush(code.instruction());
        chain.start(open.address(), code, true);
        state.startStep();
        if (HiddenWrites.in(code.instruction())) {
            forgetHidden();
        }
        view.apply(open, afterGap || code.flow().isCall() || !chain.leadsTo(nextAddress));
        afterGap = false;
        open = null;
    }

    private void flush(Optional<Instruction> instruction) {
        out.add(new Event.Step(cpu, open.address(), instruction, before, List.of()));
        out.count(Execlog.STEPS);
        if (open.accesses() == 0) {
            return;
        }
        for (int i = 0; i < open.accesses(); i++) {
            out.count(Execlog.ACCESSES);
        }
        Event.Note note = out.noteFor(cpu, "physical " + open.memory());
        if (note != null) {
            out.add(note);
        }
    }

    /** What only other modes see. */
    private void forgetHidden() {
        for (Mode mode : Mode.values()) {
            mode.savedStatus().ifPresent(state::forget);
            if (mode != view.mode()) {
                forgetBank(mode);
            }
        }
        state.forget(Register.ELR_HYP);
    }

    private void forgetBank(Mode mode) {
        Mode now = view.mode();
        for (int n = 8; n <= 14; n++) {
            Register register = mode.coreRegister(n);
            if (now == null || now.coreRegister(n) != register) {
                state.forget(register);
            }
        }
    }

    /** PC that a line does not list is no evidence: QEMU may keep it for a block as a whole. */
    private boolean isMissing(int address, ExceptionKind kind) {
        return chain.isLinked()
                && (view.nextAddress().isPresent()
                        ? view.nextAddress().getAsInt() != address
                        : kind == null && !leadsTo(address));
    }

    private boolean leadsTo(int address) {
        return chain.code().instruction().isEmpty() || chain.leadsTo(address);
    }

    private ExceptionKind exception(int address, Mode from) {
        if (view.mode() != null) {
            return chain.exception(address, from == null ? view.mode() : from, view.mode());
        }
        int slot = address & OFFSET;
        boolean called =
                chain.called() && address != chain.address() + chain.code().size();
        if (!called || slot != CALL_SLOT && slot != HYP_SLOT) {
            return null;
        }
        return switch (chain.code().flow().kind()) {
            case HYPERVISOR_CALL -> ExceptionKind.HYPERVISOR_CALL;
            case SUPERVISOR_CALL -> ExceptionKind.SUPERVISOR_CALL;
            default -> slot == HYP_SLOT ? ExceptionKind.HYP_TRAP : ExceptionKind.SECURE_MONITOR_CALL;
        };
    }

    /** The mode that a call was taken to, by its vector, when no line tells it; null when that can be several. */
    private Mode target(int address) {
        Flow.Kind call = chain.code().flow().kind();
        if ((address & OFFSET) == HYP_SLOT || call == Flow.Kind.HYPERVISOR_CALL) {
            return Mode.HYP;
        }
        return call == Flow.Kind.MONITOR_CALL ? Mode.MON : null;
    }

    private boolean returned(int address, Mode from) {
        return chain.returned() && !(address == chain.address() + chain.code().size() && from == view.mode());
    }

    private void begin(ExeclogLine line, boolean interrupted) {
        open = line;
        state.write(Register.PC, Integer.toUnsignedLong(line.address()));
        openSet = set(line);
        if (openSet != null) {
            status.settle(chain, openSet, view.mode(), interrupted);
        }
        before = state.snapshot();
    }

    private InstructionSet set(ExeclogLine line) {
        if (state.has(Register.CPSR)) {
            return thumbOrArm(InstructionSet.ofStatus(state.bits(Register.CPSR)));
        }
        InstructionSet own = SetEvidence.of(line);
        boolean known = chain.isLinked() && chain.code().instruction().isPresent();
        return own != null || !known ? own : SetEvidence.after(chain.code(), chain.address(), line.address());
    }

    private static InstructionSet thumbOrArm(InstructionSet set) {
        return set == InstructionSet.A32 || set == InstructionSet.T32 ? set : null;
    }

    private void tell(ExceptionKind kind, boolean returned, Mode from, Mode to) {
        Optional<Mode> left = Optional.ofNullable(from);
        if (kind != null) {
            out.add(new Event.ExceptionEntry(cpu, kind, left, Optional.ofNullable(to), before));
            out.count(Execlog.EXCEPTIONS);
        } else if (returned) {
            out.add(new Event.ExceptionReturn(cpu, left, Optional.ofNullable(view.mode()), before));
            out.count(Execlog.RETURNS);
        }
    }

    /** Registers before the next step are not known, but after it they are again what the lines so far say. */
    private void gap(String reason) {
        out.add(new Event.Gap(cpu, reason));
        out.count(Execlog.GAPS);
        state.startStep();
        state.forgetAllUnwritten();
        chain.unlink();
        afterGap = true;
    }

    /** A line that cannot be read: nothing is known behind it. */
    void lost() {
        if (open != null) {
            flush(
                    openSet == null
                            ? Optional.empty()
                            : SetEvidence.code(codes, open.word(), openSet).instruction());
            open = null;
        }
        view.forget();
        gap("a line that is damaged");
    }

    /** The log ends: the last line has no changes, so that nothing is known of the registers after it. */
    void end() {
        if (open != null) {
            flush(
                    openSet == null
                            ? Optional.empty()
                            : SetEvidence.code(codes, open.word(), openSet).instruction());
        }
    }
}
