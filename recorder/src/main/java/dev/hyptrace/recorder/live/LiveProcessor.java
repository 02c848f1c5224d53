package dev.hyptrace.recorder.live;

import dev.hyptrace.recorder.gdb.GdbClient;
import dev.hyptrace.recorder.gdb.StopReply;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/** The target, as one processor at a time: the one that stopped last. */
final class LiveProcessor {
    /** Read at each stop beside the current mode's registers. */
    private static final List<Register> EACH_STOP =
            List.of(Register.HVBAR, Register.VBAR, Register.MVBAR, Register.SCTLR, Register.SCR);

    /** How long WFI may wait for an interrupt before it is given up. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final GdbClient client;
    private final Board board;
    /** HVBAR when it was last seen, or where the user says it is: below Hyp mode not every server shows it. */
    private final SortedSet<Integer> lastBases = new TreeSet<>();

    private final List<Integer> threads;
    private int thread;
    private StepFlags flags;
    private boolean flagsKnown = true;
    private long stops;

    LiveProcessor(GdbClient client, Board board, SortedSet<Integer> bases) throws IOException {
        this.client = client;
        this.board = board;
        lastBases.addAll(bases);
        threads = client.threads();
        thread = threads.get(0);
        choose(client.lastStop());
    }

    private void choose(StopReply reply) throws IOException {
        int stopped = reply.thread() == 0 ? thread : reply.thread();
        if (threads.size() > 1 && stopped != thread) {
            client.select(stopped);
        }
        thread = stopped;
    }

    /** How often the target has stopped. */
    long stops() {
        return stops;
    }

    /** Whether there is more than one processor. */
    boolean isMany() {
        return threads.size() > 1;
    }

    /** Where the target stands. */
    Stop stop() throws IOException {
        return stop(OptionalInt.empty());
    }

    private Stop stop(OptionalInt expected) throws IOException {
        Board.Sight sight = board.look(EACH_STOP, expected);
        State state = withBase(sight.state());
        InstructionSet set = InstructionSet.ofStatus(state.require(Register.CPSR));
        return new Stop(thread - 1, state, sight.code().flatMap(code -> instruction(code, set)));
    }

    /** In Hyp mode at a place of vectors that are known, HVBAR follows where the server does not show it. */
    private State withBase(State state) {
        boolean hyp = state.mode().filter(mode -> mode == Mode.HYP).isPresent();
        if (!hyp) {
            return state;
        }
        if (state.has(Register.HVBAR)) {
            lastBases.clear();
            lastBases.add((int) state.require(Register.HVBAR));
            return state;
        }
        int pc = (int) state.require(Register.PC);
        for (int base : lastBases) {
            if (Vectors.isEntry(pc, base)) {
                return state.toBuilder()
                        .derived(Register.HVBAR, Integer.toUnsignedLong(base), DerivationRule.HVBAR_FROM_VECTOR)
                        .build();
            }
        }
        return state;
    }

    /** The instruction that begins with these two or four bytes; empty when they are too few. */
    static Optional<Instruction> instruction(byte[] code, InstructionSet set) {
        int first = code[0] & 0xff | (code[1] & 0xff) << 8;
        int second = code.length < 4 ? 0 : code[2] & 0xff | (code[3] & 0xff) << 8;
        boolean wide = set == InstructionSet.A32 || first >>> 11 >= 0b11101;
        if (wide && code.length < 4) {
            return Optional.empty();
        }
        if (set == InstructionSet.A32) {
            return Optional.of(Instruction.a32(second << 16 | first));
        }
        return Optional.of(new Instruction(wide ? first << 16 | second : first, set, wide ? 4 : 2));
    }

    /** Executes the instruction at which the target stands. */
    Stop step(Stop from, StepFlags how) throws IOException {
        use(how);
        choose(board.step(from.state(), thread, how == StepFlags.FREE ? WAIT : client.patience()));
        stops++;
        return stop(OptionalInt.of(from.following()));
    }

    private void use(StepFlags wanted) throws IOException {
        if (flagsKnown && flags != wanted) {
            flags = wanted;
            flagsKnown = client.command(wanted.command()).equals("OK");
        }
    }

    /** Lets the target run until a breakpoint; empty when it went on for the time given and still runs. */
    Optional<Stop> await(Duration atMost) throws IOException {
        Optional<StopReply> reply = client.awaitStop(atMost);
        return reply.isPresent() ? Optional.of(stopped(reply.get())) : Optional.empty();
    }

    void resume() throws IOException {
        client.resume();
    }

    Stop interrupt() throws IOException {
        return stopped(client.interrupt());
    }

    private Stop stopped(StopReply reply) throws IOException {
        choose(reply);
        stops++;
        return stop();
    }

    /** Everything the stub exposes of the stopped processor, without what only injection shows. */
    Stop withSystem(Stop stop) throws IOException {
        return stop.with(withBase(board.readAll()));
    }

    /** Everything that can be known of the stopped processor. */
    Stop full(Stop stop) throws IOException {
        Stop exposed = withSystem(stop);
        use(StepFlags.UNDISTURBED);
        List<Register> hidden =
                exposed.state().mode().map(MrsEncoding::readable).orElse(List.of());
        return exposed.with(board.readHidden(exposed.state(), thread, hidden));
    }

    /** The stop's state with registers that only injection shows; they stay unknown when they cannot be had. */
    State withHidden(Stop stop, List<Register> registers) throws IOException {
        use(StepFlags.UNDISTURBED);
        return board.readHidden(stop.state(), thread, registers);
    }

    /** HVBAR and MVBAR of all processors, as far as the stub exposes them. */
    SortedSet<Integer> vectorBases() throws IOException {
        SortedSet<Integer> bases = new TreeSet<>();
        for (int each : threads) {
            if (threads.size() > 1) {
                client.select(each);
            }
            State state = board.read(List.of(Register.HVBAR, Register.MVBAR));
            for (Register register : List.of(Register.HVBAR, Register.MVBAR)) {
                state.bits(register).ifPresent(base -> bases.add((int) base));
            }
        }
        if (threads.size() > 1) {
            client.select(thread);
        }
        if (!bases.isEmpty()) {
            lastBases.clear();
            lastBases.addAll(bases);
        }
        return new TreeSet<>(lastBases);
    }

    /** Whether the processor can be set back to where an exception was taken. */
    boolean canRewind() {
        return board.canRewind();
    }

    /** Puts the processor into another mode and place: the debugger's way back across an exception. */
    Stop set(int pc, int cpsr) throws IOException {
        board.set(pc, cpsr);
        return stop(OptionalInt.of(pc));
    }

    /** What to call the stub in messages. */
    String name() {
        return client.name();
    }
}
