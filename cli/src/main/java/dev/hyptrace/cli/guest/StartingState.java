package dev.hyptrace.cli.guest;

import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.replayer.machine.Capture;
import dev.hyptrace.replayer.machine.RegisterAccess;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The registers that a run begins with, from a recording: the first snapshot of processor 0, such as QEMU's migration stream or a
 * snapshot of DS-5 is imported as.
 */
public final class StartingState {
    private final State state;

    private StartingState(State state) {
        this.state = state;
    }

    /** @throws CommandException when the recording has no snapshot with PC and CPSR */
    public static StartingState read(Path file) throws IOException {
        try (HtrTrace trace = Traces.open(file);
                EventReader events = trace.events()) {
            for (Event event = events.next(); event != null; event = events.next()) {
                if (event instanceof Event.Snapshot snapshot
                        && snapshot.cpu() == 0
                        && snapshot.state().has(Register.PC)
                        && snapshot.state().has(Register.CPSR)) {
                    return new StartingState(snapshot.state());
                }
            }
        }
        throw new CommandException(
                file + ": holds no snapshot of processor 0 with PC and CPSR, expected one to start from");
    }

    /** Puts them into the processor. */
    public void putInto(Cpu cpu) {
        Capture.restore(cpu, state);
    }

    /** Those that the machine has no place for. */
    public List<Register> left() {
        return state.registers().stream()
                .filter(register -> RegisterAccess.of(register).isEmpty())
                .toList();
    }

    public int size() {
        return state.size();
    }
}
