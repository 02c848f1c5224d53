package dev.hyptrace.recorder.coresight;

import dev.hyptrace.recorder.text.TextOutput;
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
import java.util.OptionalInt;

/** Makes events of the elements of one trace unit, which is one processor. */
final class TraceSource {
    static final String INSTRUCTIONS = "instructions";
    static final String STEPS = "steps";
    static final String NO_ADDRESS = "instructions without an address";
    static final String UNCERTAIN = "instructions that an ERET may have ended before";
    static final String PAST_ERET = "instructions past an ERET";
    static final String FAILED = "instructions that failed their condition";
    static final String RECOVERED = "instructions that the listing leaves out before an exception return";
    static final String MISFITS = "ranges that the code does not fit";

    private static final int MAX_WAITING_NOTES = 64;
    private static final State PC_ONLY = State.builder().known(Register.PC, 0).build();

    private final int cpu;
    private final TextOutput out;
    private final CodeImages code;
    private final Packets packets;
    private final long[] pc = new long[1];

    /** A range of which the next element shows whether an ERET ended it. */
    private InstructionRange held;

    private RangeCode heldCode;
    private Pending pending;
    /** The context of the last range; unknown after a gap. */
    private TraceContext current = TraceContext.UNKNOWN;

    private RangeCode.Place last;
    /** The instruction set behind the last instruction; null when it is not known. */
    private InstructionSet set;

    private boolean cutAtEret;
    private long lastIndex;
    private String lastNote = "";

    TraceSource(int cpu, TextOutput out, CodeImages code, Packets packets) {
        this.cpu = cpu;
        this.out = out;
        this.code = code;
        this.packets = packets;
    }

    Packets packets() {
        return packets;
    }

    /** An {@code INSTR_RANGE} element. */
    void range(long index, InstructionRange range, long line) {
        releaseHeld(false);
        out.count(INSTRUCTIONS, range.count());
        if (!range.executed()) {
            out.count(FAILED);
        }
        RangeCode known = RangeCode.of(range, code);
        if (known.misfit()) {
            misfit(range, line);
        }
        boolean returns = pending != null && pending.isAhead();
        if (!returns) {
            settle(index, OptionalInt.of(range.start()));
            endUnreturned();
        }
        noteContext(packets.during(index), range.set(), known);
        if (returns) {
            emit(range, known, true);
            pending.passed();
        } else if (isSuspect(range, known)) {
            held = range;
            heldCode = known;
        } else {
            emit(range, known, false);
        }
        set = setBehind(range, known);
        lastIndex = index;
    }

    /** BLX (immediate) changes it, and the listing does not say where it is: without the code it is not known. */
    private static InstructionSet setBehind(InstructionRange range, RangeCode known) {
        Optional<Instruction> last =
                known.places().get(known.places().size() - 1).instruction();
        boolean stays = !range.indirect()
                && last.filter(code -> !Exchange.isImmediate(code)).isPresent();
        return stays ? range.set() : null;
    }

    private void misfit(InstructionRange range, long line) {
        out.count(MISFITS);
        out.problem(
                line,
                "the code that was given for " + Hex.word(range.start()) + " to " + Hex.word(range.end())
                        + " is not these " + range.count() + " instructions, and is left out");
    }

    /** Whether an ERET that OpenCSD does not know may have ended the range before its end. */
    private static boolean isSuspect(InstructionRange range, RangeCode known, TraceContext context) {
        List<RangeCode.Place> places = known.places();
        if (range.set() != InstructionSet.A32 || range.count() == 1) {
            return false;
        }
        if (places.stream().allMatch(place -> place.instruction().isPresent())) {
            int eret = firstEret(places);
            return eret >= 0 && !places.get(eret).isUnconditional();
        }
        return !range.indirect() || context.level() == TraceContext.Level.HYP;
    }

    private boolean isSuspect(InstructionRange range, RangeCode known) {
        return isSuspect(range, known, current);
    }

    /** The place of the first ERET that is not the last instruction, or -1. */
    private static int firstEret(List<RangeCode.Place> places) {
        for (int i = 0; i < places.size() - 1; i++) {
            if (places.get(i).isA32Eret()) {
                return i;
            }
        }
        return -1;
    }

    /** @param returned whether an exception return followed, or comes with it */
    private void releaseHeld(boolean returned) {
        if (held != null) {
            InstructionRange range = held;
            held = null;
            emit(range, heldCode, returned);
        }
    }

    private void emit(InstructionRange range, RangeCode known, boolean returned) {
        List<RangeCode.Place> places = known.places();
        int eret = firstEret(places);
        boolean cut = eret >= 0 && (returned || places.get(eret).isUnconditional());
        if (returned && !cut && isSuspect(range, known)) {
            step(places.get(0));
            out.count(UNCERTAIN, range.count() - 1);
            gap("an ERET ended " + Hex.word(range.start()) + " to " + Hex.word(range.end())
                    + ", it is not known at which instruction");
            return;
        }
        int end = cut ? eret + 1 : places.size();
        for (int i = 0; i < end; i++) {
            if (i > 0 && known.missing() > 0) {
                out.count(NO_ADDRESS, known.missing());
                gap(known.missing() + " instructions before " + Hex.word(range.lastAddress())
                        + " of which the addresses are not known");
            }
            step(places.get(i));
        }
        out.count(PAST_ERET, places.size() - end);
        cutAtEret = cut && !returned;
    }

    private void step(RangeCode.Place place) {
        out.count(STEPS);
        pc[0] = Integer.toUnsignedLong(place.address());
        out.add(new Event.Step(cpu, place.address(), place.instruction(), PC_ONLY.withValues(pc), List.of()));
        last = place;
    }

    /**
     * An {@code EXCEPTION} element.
     *
     * @param number what it is, from 0 to 15
     */
    void exception(long index, int number, OptionalInt returnAddress) {
        releaseHeld(false);
        ExceptionNumber exception = ExceptionNumber.values()[number];
        if (exception == ExceptionNumber.NONE) {
            lostReturn(index, returnAddress);
            return;
        }
        settle(index, OptionalInt.empty());
        endUnreturned();
        Optional<Mode> from = packets.before(index).mode();
        current = packets.after(index);
        ExceptionKind kind = kind(exception, returnAddress);
        if (kind == ExceptionKind.UNKNOWN) {
            note("exception " + number + ": " + exception.text());
        }
        pending = new Pending.Entry(exception, kind, from, returnAddress);
        set = null;
        lastIndex = index;
    }

    /** A branch that changes the context, at the end of instructions from an address on which are not listed. */
    private void lostReturn(long index, OptionalInt start) {
        settle(index, start);
        endUnreturned();
        current = packets.before(index);
        List<RangeCode.Place> lost = start.isPresent() && set != null && !code.isEmpty()
                ? LostReturn.find(start.getAsInt(), set, code)
                : List.of();
        if (lost.isEmpty()) {
            gap(start.isPresent() ? "the instructions from " + Hex.word(start.getAsInt()) + " on" : "exception 0");
        }
        out.count(RECOVERED, lost.size());
        lost.forEach(this::step);
        set = null;
        lastIndex = index;
    }

    /** An HVC that was executed is left behind by the return address. */
    private ExceptionKind kind(ExceptionNumber exception, OptionalInt returnAddress) {
        if (last == null) {
            return exception.kind(Optional.empty());
        }
        boolean behind = returnAddress.orElse(last.address() + 4) == last.address() + 4;
        ExceptionKind kind = exception.kind(last.instruction());
        return kind == ExceptionKind.HYPERVISOR_CALL && !behind ? ExceptionKind.HYP_TRAP : kind;
    }

    /** An {@code EXCEPTION_RET} element. */
    void exceptionReturn(long index) {
        boolean ahead = !cutAtEret && packets.isReturnAhead(index);
        releaseHeld(!ahead);
        settle(index, OptionalInt.empty());
        cutAtEret = false;
        set = ahead ? set : null;
        pending = new Pending.Return(current.mode(), ahead);
    }

    /** A {@code PE_CONTEXT} element. */
    void context(long index, String text) {
        packets.context(index, text);
    }

    /** An element that says that something is missing. */
    void missing(long index, String reason) {
        releaseHeld(false);
        settle(index, OptionalInt.empty());
        gap(reason);
        set = null;
        current = TraceContext.UNKNOWN;
        packets.after(index);
        lastIndex = index;
    }

    /** An element that is kept as text. */
    void note(String text) {
        Event.Note note = out.noteFor(cpu, text);
        if (note == null) {
            return;
        }
        if (pending == null) {
            out.add(note);
        } else if (pending.notes().size() < MAX_WAITING_NOTES) {
            pending.notes().add(note);
        } else {
            out.leaveOut();
        }
    }

    /** The listing ends. */
    void end() {
        releaseHeld(false);
        settle(Long.MAX_VALUE, OptionalInt.empty());
        endUnreturned();
    }

    /** The exception or return that waits for where it leads: to this address, or where a packet says. */
    private void settle(long index, OptionalInt address) {
        if (pending == null) {
            return;
        }
        Pending told = pending;
        pending = null;
        TraceContext now = packets.before(index);
        out.add(told.event(cpu, address.isPresent() ? address : packets.branch(lastIndex, index - 1), now));
        told.notes().forEach(out::add);
        last = null;
    }

    /** An ERET of which the listing does not say that it returned. */
    private void endUnreturned() {
        if (cutAtEret) {
            cutAtEret = false;
            gap("what follows the ERET at " + Hex.word(last.address()));
        }
    }

    private void gap(String reason) {
        out.add(new Event.Gap(cpu, reason));
        last = null;
        cutAtEret = false;
    }

    private void noteContext(TraceContext context, InstructionSet set, RangeCode known) {
        current = context;
        String instructions = known.places().get(0).instruction().isPresent() ? "" : ", instruction set " + name(set);
        String text = context + instructions;
        if (!text.equals(lastNote)) {
            lastNote = text;
            Event.Note note = out.noteFor(cpu, text);
            if (note != null) {
                out.add(note);
            }
        }
    }

    private static String name(InstructionSet set) {
        return set == InstructionSet.THUMB_EE ? "ThumbEE" : set.name();
    }
}
