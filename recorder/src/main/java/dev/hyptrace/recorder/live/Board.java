package dev.hyptrace.recorder.live;

import dev.hyptrace.recorder.gdb.GdbException;
import dev.hyptrace.recorder.gdb.StopReply;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a stopped target is looked at and stepped by way of its server. The remote protocol alone suffices for {@code PlainServer};
 * other servers have more, and need it.
 *
 * <p>All registers and memory are those of the processor that stopped last or was selected.
 */
public interface Board {
    /**
     * What one look shows.
     *
     * @param state registers; PC and CPSR at least
     * @param code the bytes of the instruction at PC, four or, at the end of memory, two; empty when they cannot be read
     */
    record Sight(State state, Optional<byte[]> code) {}

    /**
     * The current mode's registers, the others asked for as far as they can be had, and the instruction at PC.
     *
     * @param expected where PC most likely is, which may save time
     */
    Sight look(Collection<Register> others, OptionalInt expected) throws IOException;

    /** The current mode's registers and the others asked for, as far as they can be had in the current mode. */
    State read(Collection<Register> others) throws IOException;

    /** All registers that {@link #readHidden} is not needed for. */
    State readAll() throws IOException;

    /** The state with further registers, as far as they can be read by executing MRS in the target's place. */
    State readHidden(State state, int thread, List<Register> registers) throws IOException;

    /**
     * Sets a breakpoint.
     *
     * @throws GdbException of kind {@code REFUSED} when there can be none there, or none more
     */
    void insertBreakpoint(int address) throws IOException;

    void removeBreakpoint(int address) throws IOException;

    /**
     * Executes the instruction at which the target stands.
     *
     * @param atMost after which time it is interrupted
     */
    StopReply step(State from, int thread, Duration atMost) throws IOException;

    /** Whether CPSR and PC can be written, so that the processor can be set back to where an exception was taken. */
    boolean canRewind();

    /** Writes CPSR, and then PC. */
    void set(int pc, int cpsr) throws IOException;
}
