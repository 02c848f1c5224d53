package dev.hyptrace.recorder.live;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What happened between two stops with one single step between them: an exception, an exception return, or neither.
 *
 * <p>A stub does not say. An exception is recognised by where the processor arrived (a place of the vector table of a mode, in
 * that mode) and by the return address that the exception left: ELR_hyp, or the LR of the mode. So code that runs through a
 * vector table, as Xen's does, or branches into it, is not taken for exceptions.
 */
final class Transitions {
    /** SCTLR.V: the vectors are at 0xffff0000. */
    private static final long SCTLR_V = 1L << 13;

    private static final int HIGH_VECTORS = 0xffff_0000;

    private final LiveProcessor processor;

    Transitions(LiveProcessor processor) {
        this.processor = processor;
    }

    /** The event between two stops. Its state is everything that can be known of {@code after}. */
    Optional<Event> between(Stop before, Stop after) throws IOException {
        Optional<Mode> from = before.state().mode();
        Optional<Mode> to = after.state().mode();
        if (to.isPresent() && isEntry(before, after, to.get())) {
            State state = processor.full(after).state();
            boolean call = before.isHvc() && to.get() == Mode.HYP && !state.has(Register.HSR);
            ExceptionKind kind = call ? ExceptionKind.HYPERVISOR_CALL : Vectors.kind(to.get(), state);
            return Optional.of(new Event.ExceptionEntry(after.cpu(), kind, from, to, state));
        }
        if (isReturn(before, after)) {
            State state = processor.full(after).state();
            return Optional.of(new Event.ExceptionReturn(after.cpu(), from, to, state));
        }
        return Optional.empty();
    }

    private boolean isEntry(Stop before, Stop after, Mode to) throws IOException {
        return switch (to) {
            case USR, SYS -> false;
            case HYP -> after.isAtEntry(Register.HVBAR) && !before.in(Mode.MON) && isHypEntry(before, after);
            case MON -> !before.in(Mode.MON) && after.isAtEntry(Register.MVBAR);
            default ->
                Vectors.isEntry(after.pc(), base(after.state()))
                        && modeOf(after.pc()) == to
                        && pointsBack(before, after.state().bits(to.linkRegister()));
        };
    }

    /** At a place of the Hyp vectors, in Hyp mode: by an exception, or did code in Hyp mode run or branch there? */
    private boolean isHypEntry(Stop before, Stop after) throws IOException {
        if (!before.in(Mode.HYP) || before.isHvc()) {
            return true;
        }
        if (after.pc() == before.following()) {
            return false;
        }
        State state = processor.withHidden(after, List.of(Register.ELR_HYP));
        return pointsBack(before, state.bits(Register.ELR_HYP));
    }

    /** Whether a return address is one that an exception at {@code before} leaves. */
    private static boolean pointsBack(Stop before, OptionalLong returnAddress) {
        int distance = (int) returnAddress.orElse(-1) - before.pc();
        return distance == 0 || distance == 2 || distance == 4 || distance == 8;
    }

    private static long base(State state) {
        boolean high = state.has(Register.SCTLR) && (state.require(Register.SCTLR) & SCTLR_V) != 0;
        return high ? HIGH_VECTORS : state.bits(Register.VBAR).orElse(0);
    }

    private static Mode modeOf(int vector) {
        return switch (vector & 0x1c) {
            case 0x04 -> Mode.UND;
            case 0x08 -> Mode.SVC;
            case 0x0c, 0x10 -> Mode.ABT;
            case 0x18 -> Mode.IRQ;
            case 0x1c -> Mode.FIQ;
            default -> Mode.SYS;
        };
    }

    private static boolean isReturn(Stop before, Stop after) {
        boolean changed = !before.state().mode().equals(after.state().mode());
        boolean writesMode =
                before.instruction().filter(InstructionKinds::writesMode).isPresent();
        if (changed) {
            return before.in(Mode.HYP) || !writesMode;
        }
        return before.instruction()
                .filter(InstructionKinds::isExceptionReturn)
                .filter(each -> InstructionKinds.isUnconditional(each) || after.pc() != before.following())
                .isPresent();
    }
}
