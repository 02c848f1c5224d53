package dev.hyptrace.recorder.live;

import dev.hyptrace.recorder.gdb.GdbClient;
import dev.hyptrace.recorder.gdb.RegisterReader;
import dev.hyptrace.recorder.gdb.StopReply;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** A server of which nothing is asked but the remote protocol: QEMU's. */
public final class PlainServer implements Board {
    private final GdbClient client;
    private final RegisterReader reader;
    private final Injector injector;
    private final Set<Integer> breakpoints = new TreeSet<>();

    /** @param inject whether hidden registers are read by executing MRS */
    public PlainServer(GdbClient client, RegisterReader reader, boolean inject) {
        this.client = client;
        this.reader = reader;
        injector = new Injector(client, reader.map(), inject, breakpoints::contains);
    }

    @Override
    public Sight look(Collection<Register> others, OptionalInt expected) throws IOException {
        if (expected.isEmpty()) {
            State state = reader.placed(reader.read(others));
            return new Sight(state, code(pc(state)));
        }
        RegisterReader.Reading reading = reader.read(others, GdbClient.readMemoryCommand(expected.getAsInt(), 4));
        int pc = pc(reader.placed(reading.state()));
        Optional<byte[]> four =
                pc == expected.getAsInt() ? client.memory(reading.answer(), 4) : client.readMemory(pc, 4);
        return new Sight(reading.state(), four.isPresent() ? four : client.readMemory(pc, 2));
    }

    private Optional<byte[]> code(int pc) throws IOException {
        Optional<byte[]> four = client.readMemory(pc, 4);
        return four.isPresent() ? four : client.readMemory(pc, 2);
    }

    private static int pc(State state) {
        return (int) state.require(Register.PC);
    }

    @Override
    public State read(Collection<Register> others) throws IOException {
        return reader.placed(reader.read(others));
    }

    @Override
    public State readAll() throws IOException {
        return reader.placed(reader.readAll());
    }

    @Override
    public State readHidden(State state, int thread, List<Register> registers) throws IOException {
        return injector.read(new Stop(thread - 1, state, Optional.empty()), thread, registers);
    }

    @Override
    public void insertBreakpoint(int address) throws IOException {
        client.insertBreakpoint(address);
        breakpoints.add(address);
    }

    @Override
    public void removeBreakpoint(int address) throws IOException {
        breakpoints.remove(address);
        client.removeBreakpoint(address);
    }

    @Override
    public StopReply step(State from, int thread, Duration atMost) throws IOException {
        return client.step(thread, atMost);
    }

    @Override
    public boolean canRewind() {
        return reader.map().target(Register.CPSR).isPresent()
                && reader.map().current(15).isPresent();
    }

    @Override
    public void set(int pc, int cpsr) throws IOException {
        client.writeRegister(reader.map().target(Register.CPSR).orElseThrow(), cpsr);
        client.writeRegister(reader.map().current(15).orElseThrow(), pc);
    }
}
