package dev.hyptrace.recorder.live;

import dev.hyptrace.recorder.gdb.GdbClient;
import dev.hyptrace.recorder.gdb.RegisterReader;
import dev.hyptrace.recorder.gdb.StopReply;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    private final RegisterReader reader;
    private final Injector injector;
    private final List<Integer> threads;
    private int thread;
    private StepFlags flags;
    private boolean flagsKnown = true;
    private long stops;

    LiveProcessor(GdbClient client, RegisterReader reader, Injector injector) throws IOException {
        this.client = client;
        this.reader = reader;
        this.injector = injector;
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
        State state = reader.read(EACH_STOP);
        return stop(state, client.readMemory((int) state.require(Register.PC), 4));
    }

    /** As {@link #stop()}, one round trip sooner if it stands at the address at which it is expected. */
    private Stop stop(int expected) throws IOException {
        RegisterReader.Reading reading = reader.read(EACH_STOP, GdbClient.readMemoryCommand(expected, 4));
        State state = reading.state();
        int pc = (int) state.require(Register.PC);
        return stop(state, pc == expected ? client.memory(reading.answer(), 4) : client.readMemory(pc, 4));
    }

    private Stop stop(State state, Optional<byte[]> four) throws IOException {
        int pc = (int) state.require(Register.PC);
        Optional<byte[]> bytes = four.isPresent() ? four : client.readMemory(pc, 2);
        InstructionSet set = InstructionSet.ofStatus(state.require(Register.CPSR));
        return new Stop(thread - 1, state, bytes.flatMap(code -> instruction(code, set)));
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
        choose(how == StepFlags.FREE ? client.step(thread, WAIT) : client.step(thread));
        stops++;
        return stop(from.following());
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
        return stop.with(reader.readAll());
    }

    /** Everything that can be known of the stopped processor. */
    Stop full(Stop stop) throws IOException {
        Stop exposed = withSystem(stop);
        use(StepFlags.UNDISTURBED);
        List<Register> hidden =
                exposed.state().mode().map(MrsEncoding::readable).orElse(List.of());
        return exposed.with(injector.read(exposed, thread, hidden));
    }

    /** The stop's state with registers that only injection shows; they stay unknown when they cannot be had. */
    State withHidden(Stop stop, List<Register> registers) throws IOException {
        use(StepFlags.UNDISTURBED);
        return injector.read(stop, thread, registers);
    }

    /** HVBAR and MVBAR of all processors, as far as the stub exposes them. */
    SortedSet<Integer> vectorBases() throws IOException {
        SortedSet<Integer> bases = new TreeSet<>();
        for (int each : threads) {
            if (threads.size() > 1) {
                client.select(each);
            }
            State state = reader.read(List.of(Register.HVBAR, Register.MVBAR));
            for (Register register : List.of(Register.HVBAR, Register.MVBAR)) {
                state.bits(register).ifPresent(base -> bases.add((int) base));
            }
        }
        if (threads.size() > 1) {
            client.select(thread);
        }
        return bases;
    }

    /** Whether CPSR can be written, so that the processor can be set back to where an exception was taken. */
    boolean canRewind() {
        return reader.map().target(Register.CPSR).isPresent()
                && reader.map().current(15).isPresent();
    }

    /** Puts the processor into another mode and place: the debugger's way back across an exception. */
    Stop set(int pc, int cpsr) throws IOException {
        client.writeRegister(reader.map().target(Register.CPSR).orElseThrow(), cpsr);
        client.writeRegister(reader.map().current(15).orElseThrow(), pc);
        return stop(pc);
    }

    /** What to call the stub in messages. */
    String name() {
        return client.name();
    }
}
