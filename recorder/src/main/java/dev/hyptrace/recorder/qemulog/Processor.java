package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One processor of the log: turns what is said of it into events, in order.
 *
 * <p>Two things wait here before they become events. A Trace line with its registers waits until the next line of the
 * processor, because that can take it back. And an exception or exception return waits for the next Trace line, because the
 * registers there complete its state. {@link #settle} makes the waiting step an event, {@link #flush} a waiting exception
 * whose Trace line did not come.
 */
final class Processor {
    private static final int VECTOR_OFFSET = 0x1f;
    /** The reason of the snapshot that a reset is. */
    static final String RESET = "CPU reset";

    private static final String UNTRACED = "the instructions from here on are not in the log";

    private final int cpu;
    private final Output out;
    private final TranslatedCode translated;
    private final Chain chain;
    private final Stepping stepping = new Stepping();
    private final State.Builder builder = State.builder();

    private boolean waiting;
    private long place;
    private int address;
    private int count;
    private Block block;
    private RegisterBlock registers = new RegisterBlock();
    private boolean hasRegisters;
    private boolean rewound;

    private TakenException exception;
    private PendingReturn exceptionReturn;
    private Optional<Mode> mode = Optional.empty();
    private RegisterBlock.World world = RegisterBlock.World.NOT_SAID;
    private final List<Event.Note> notes = new ArrayList<>();

    private record PendingReturn(Optional<Mode> from, Optional<Mode> to, int target) {}

    Processor(int cpu, Output out, TranslatedCode translated) {
        this.cpu = cpu;
        this.out = out;
        this.translated = translated;
        this.chain = new Chain(cpu, out);
    }

    int cpu() {
        return cpu;
    }

    /** The mode it is in, by the last line that said so. */
    Optional<Mode> mode() {
        if (waiting && hasRegisters) {
            return registers.mode();
        }
        return exception != null ? exception.to() : mode;
    }

    /** A Trace line. */
    void trace(TraceLine line) {
        if (waiting && rewound) {
            resume(line.address());
        }
        settle();
        waiting = true;
        place = line.place();
        address = line.address();
        count = line.count();
        block = translated.executed(place, address, limit());
        hasRegisters = false;
        rewound = false;
    }

    boolean awaitsRegisters() {
        return waiting && !hasRegisters;
    }

    boolean awaitsRegistersAt(int wanted) {
        return awaitsRegisters() && address == wanted;
    }

    /** The registers of the last Trace line; returns a block to use again. */
    RegisterBlock registers(RegisterBlock filled) {
        RegisterBlock empty = registers;
        registers = filled;
        hasRegisters = true;
        return empty;
    }

    /**
     * A line that takes back the Trace line before it, wholly or from an inner instruction on.
     *
     * @return false when the address is not in that block
     */
    boolean takeBack(int from, boolean mayHaveRun) {
        int index = !waiting ? -1 : block != null ? block.indexOf(from) : from == address ? 0 : -1;
        if (index > 0) {
            block = block.shortened(index);
        } else if (index == 0 && mayHaveRun && block != null && block.size() > 1) {
            rewound = true;
        } else if (index == 0) {
            cancel();
        }
        return index >= 0;
    }

    /** Older versions say that the block was rewound to its start also when it ran up to an inner instruction. */
    private void resume(int target) {
        int index = block.indexOf(target);
        if (index > 0) {
            block = block.shortened(index);
            rewound = false;
        }
    }

    private void cancel() {
        waiting = false;
        rewound = false;
        registers.clear();
        out.count(Count.CANCELLED);
    }

    /** A {@code Taking exception} line; what follows it is said to the object returned. */
    TakenException exception(int number, String name) {
        settle();
        if (exception != null) {
            flush(UNTRACED);
        }
        exception = new TakenException(number, name, mode);
        return exception;
    }

    /** QEMU did itself what the last exception asked for: no vector is taken. */
    void handled(String by) {
        if (exception == null) {
            return;
        }
        ExceptionKind kind = exception.kind();
        arrive(exception, new RegisterBlock());
        joins(exception, new RegisterBlock());
        keepLines(exception, Optional.empty(), Optional.empty(), State.unknown());
        exception = null;
        out.add(new Event.Note(cpu, kind.manualName() + " handled as " + by), Count.PSCI_CALLS);
        release();
    }

    /** An {@code Exception return} line. */
    void exceptionReturn(Optional<Mode> from, Optional<Mode> to, int target) {
        settle();
        flush(UNTRACED);
        if (chain.isLinked()) {
            chain.finishBlock();
            if (!chain.last().mayBeExceptionReturn()) {
                chain.breakOff("the exception return to " + Hex.word(target) + " is not at "
                        + Hex.word(chain.last().address()));
            }
        }
        exceptionReturn = new PendingReturn(from, to, target);
        mode = to;
    }

    /** An {@code AArch32 mode switch} line. */
    void modeSwitch(Optional<Mode> to, int at, String text) {
        settle();
        flush(UNTRACED);
        if (chain.isLinked()) {
            chain.finishBlock();
            if (!chain.lastBlockHolds(at)) {
                chain.breakBefore(at);
            }
        }
        mode = to;
        out.add(new Event.Note(cpu, text), Count.MODE_SWITCHES);
    }

    /** A dump of registers that belongs to no instruction. */
    void snapshot(String reason, RegisterBlock dumped) {
        settle();
        flush(UNTRACED);
        chain.unlink();
        builder.clear();
        dumped.addTo(builder);
        out.add(new Event.Snapshot(cpu, reason, builder.build()), Count.SNAPSHOTS);
        mode = dumped.mode();
    }

    /** A line that is no event. It follows the step during which it was printed. */
    void note(String text) {
        if (out.counted(Count.NOTES) >= Output.MAX_NOTES) {
            out.count(Count.NOTES_LEFT_OUT);
            return;
        }
        out.count(Count.NOTES);
        notes.add(new Event.Note(cpu, text));
        if (!waiting && exception == null && exceptionReturn == null) {
            release();
        }
    }

    /** A line of hyptrace's own that says that something is missing here. */
    void gap(String reason) {
        settle();
        flush("");
        chain.breakOff(reason);
        release();
    }

    /** The log ends. */
    void end() {
        settle();
        flush("");
        release();
    }

    private void release() {
        for (Event.Note note : notes) {
            out.add(note);
        }
        notes.clear();
    }

    /** Makes the waiting Trace line a step, after what led to it. */
    private void settle() {
        if (waiting && rewound) {
            cancel();
        }
        if (!waiting) {
            return;
        }
        waiting = false;
        if (!hasRegisters) {
            registers.clear();
        }
        Block run = run();
        State state = registers.state(address, builder);
        leadUp(state);
        if (hasRegisters) {
            mode = registers.mode();
            say(registers.world());
        }
        registers = chain.step(address, run, registers, state);
        registers.clear();
        if (stepping.mayRunOn(address, count) && !run.code(0).isKnown()) {
            chain.breakOff(
                    "the code of the block at " + Hex.word(address) + " is not in the log: more of it may have run");
        }
        if (!notes.isEmpty()) {
            release();
        }
    }

    /** How many instructions the block has at most; 0 for no limit. */
    private int limit() {
        return Math.max(count, 0);
    }

    /** The block that the waiting Trace line runs. */
    private Block run() {
        InstructionSet set = registers.hasPsr() ? registers.instructionSet() : null;
        if (block != null && block.isBytes() && set != null) {
            block = translated.decode(place, block, set, limit());
        }
        if (block != null && !block.isBytes() && (set == null || block.isOf(set))) {
            return block;
        }
        Code code = translated.lastAt(address, set == null ? InstructionSet.A32 : set);
        return Block.of(address, code);
    }

    /** Emits what lies between the last step and the one that begins with this state. */
    private void leadUp(State state) {
        if (exception != null) {
            enter(state);
        } else if (exceptionReturn != null) {
            returned(state);
        } else if (chain.isLinked()) {
            chain.finishBlock();
            if (!chain.last().leadsTo(address, registers)) {
                chain.breakBefore(address);
            } else if (chain.last().isExceptionReturn()) {
                Optional<Mode> from = chain.last().before().mode();
                out.add(new Event.ExceptionReturn(cpu, from, registers.mode(), state), Count.EXCEPTION_RETURNS);
            }
        }
    }

    /** The waiting exception was taken, to this state if it is that of its vector. */
    private void enter(State state) {
        TakenException taken = exception;
        exception = null;
        boolean atVector = (address & VECTOR_OFFSET) == taken.vectorOffset() && canBe(taken.to(), registers);
        RegisterBlock known = atVector ? registers : new RegisterBlock();
        arrive(taken, known);
        boolean joined = joins(taken, known);
        State.Builder entered = atVector ? state.toBuilder() : State.builder();
        taken.addTo(entered);
        if (joined) {
            VectorState.addReturn(entered, taken, chain.last());
        }
        if (atVector) {
            VectorState.addBase(entered, taken, address, registers);
        }
        emit(taken, entered);
        if (!atVector) {
            chain.breakOff(Hex.word(address) + " is not the vector of the exception");
        }
    }

    private void emit(TakenException taken, State.Builder entered) {
        State state = entered.build();
        mode = state.mode().or(taken::to);
        keepLines(taken, taken.from(), mode, state);
        out.entry(new Event.ExceptionEntry(cpu, taken.kind(), taken.from(), mode, state));
    }

    /** Keeps as notes what the lines of an exception say that does not follow from the event. */
    private void keepLines(TakenException taken, Optional<Mode> from, Optional<Mode> to, State at) {
        for (String line : out.history(cpu).notImplied(taken.head(), taken.kind(), from, to, at)) {
            out.add(new Event.Note(cpu, line), Count.EXCEPTION_LINES);
        }
    }

    /**
     * An exception return still waits when an exception is taken: no instruction ran where it went, or it is not in the log.
     * It would be, if one at that address was, or if nothing is missing from the log so far.
     */
    private void arrive(TakenException taken, RegisterBlock atVector) {
        if (exceptionReturn == null) {
            return;
        }
        int target = exceptionReturn.target();
        emit(exceptionReturn, announced(exceptionReturn));
        exceptionReturn = null;
        boolean wouldBeLogged = translated.has(target & ~1) || atVector.hasPsr() && out.counted(Count.GAPS) == 0;
        boolean there = taken.isAt(target, atVector) || taken.isAfterInstruction() && wouldBeLogged;
        if (chain.isLinked() && !there) {
            chain.breakOff(UNTRACED);
        }
        chain.unlink();
    }

    /** Whether the exception follows the last step; a gap is emitted when there is a step that it does not follow. */
    private boolean joins(TakenException taken, RegisterBlock atVector) {
        if (!chain.isLinked()) {
            return false;
        }
        if (!chain.finishBlock(taken, atVector)) {
            chain.breakOff("an exception came inside the block at "
                    + Hex.word(chain.last().address()));
        } else if (!taken.follows(chain.last(), atVector)) {
            chain.breakOff(
                    "the exception was not taken at " + Hex.word(chain.last().address()));
        }
        return chain.isLinked();
    }

    /** The waiting exception return went to this state, if it is the one that was announced. */
    private void returned(State state) {
        PendingReturn pending = exceptionReturn;
        exceptionReturn = null;
        boolean there = ((address ^ pending.target()) & ~3) == 0 && canBe(pending.to(), registers);
        emit(pending, there ? state : announced(pending));
        if (!there) {
            chain.breakOff(Hex.word(address) + " is not where the exception return went");
        }
    }

    private void emit(PendingReturn pending, State after) {
        String line = LineHistory.notImplied(pending.from(), pending.to(), pending.target(), after);
        if (line != null) {
            out.add(new Event.Note(cpu, line), Count.EXCEPTION_LINES);
        }
        out.add(new Event.ExceptionReturn(cpu, pending.from(), pending.to(), after), Count.EXCEPTION_RETURNS);
    }

    /** The state that an Exception return line alone tells of. QEMU prints the target before it clears its low bits. */
    private State announced(PendingReturn pending) {
        return (pending.target() & 1) == 0
                ? State.builder().known(Register.PC, pending.target()).build()
                : State.unknown();
    }

    private static boolean canBe(Optional<Mode> expected, RegisterBlock at) {
        return !at.hasPsr() || expected.isEmpty() || at.isIn(expected.get());
    }

    /**
     * Emits the exception or return that waits, without the state it led to.
     *
     * @param gap why a gap follows where there were steps before; empty at the end of the log
     */
    private void flush(String gap) {
        if (exception == null && exceptionReturn == null) {
            return;
        }
        if (exception != null) {
            flushException();
        } else {
            emit(exceptionReturn, announced(exceptionReturn));
            exceptionReturn = null;
        }
        if (chain.isLinked() && !gap.isEmpty()) {
            chain.breakOff(gap);
        }
        chain.unlink();
        release();
    }

    private void flushException() {
        TakenException taken = exception;
        exception = null;
        arrive(taken, new RegisterBlock());
        boolean joined = joins(taken, new RegisterBlock());
        State.Builder entered = State.builder();
        taken.addTo(entered);
        if (joined) {
            VectorState.addReturn(entered, taken, chain.last());
        }
        emit(taken, entered);
    }

    /** Notes a change of the Security state. */
    private void say(RegisterBlock.World now) {
        if (now != RegisterBlock.World.NOT_SAID && now != world) {
            world = now;
            String text = now == RegisterBlock.World.SECURE ? LineHistory.SECURE : LineHistory.NON_SECURE;
            out.add(new Event.Note(cpu, text));
        }
    }
}
