package dev.hyptrace.replayer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.BootImageException;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.replayer.machine.MachineRecorder.End;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunReplayTest {
    private static final Path GUESTS = Path.of("..", "traces", "guests", "bin");
    private static final long INSTRUCTIONS = 1_000_000;

    private final List<Hypercall> calls = new ArrayList<>();

    private End run(String guest, long hypercalls) throws IOException, BootImageException {
        byte[] content = Files.readAllBytes(GUESTS.resolve(guest + ".elf"));
        Machine machine = new Machine(Machine.Options.DEFAULT, output -> {});
        machine.boot(BootImage.parse(guest, content));
        RunReplay replay = new RunReplay(machine);
        HypercallAssembler assembler = new HypercallAssembler(calls::add);
        End end = replay.run(hypercalls, INSTRUCTIONS, count -> {}, assembler);
        assembler.finish();
        return end;
    }

    @Test
    void run_stopsAfterAsManyHypercallsAsAskedFor() throws Exception {
        assertEquals(End.HYPERCALLS, run("g1-on-g1", 2));
        assertEquals(2, calls.size());
    }

    @Test
    void run_endsWithTheGuest() throws Exception {
        assertEquals(End.POWERED_OFF, run("g1-on-g1", 100));
        assertEquals(5, calls.size());
    }

    @Test
    void call_isRecordedWithAllRegistersAtItsThreePoints() throws Exception {
        run("g1-on-g1", 1);
        Hypercall call = calls.get(0);
        Set<Register> everywhere = Set.of(
                Register.R0,
                Register.SP_SVC,
                Register.LR_ABT,
                Register.SPSR_FIQ,
                Register.HVBAR,
                Register.HSCTLR,
                Register.HCR,
                Register.HSR,
                Register.VBAR,
                Register.SCTLR);
        for (State state : List.of(call.call(), call.vector(), call.after())) {
            assertTrue(everywhere.stream().allMatch(state::isKnown), state.toString());
        }
    }

    @Test
    void payload_isEnteredWithAllRegistersRecorded() throws Exception {
        run("g3-zimage-on-g3", 3);
        Hypercall call = calls.get(2);
        assertEquals(Outcome.ENTERED_PAYLOAD, call.outcome());
        assertEquals(call.call().bits(Register.SP_SVC), call.after().bits(Register.SP_SVC));
        assertEquals(call.vector().bits(Register.HCR), call.after().bits(Register.HCR));
        assertEquals(call.vector().bits(Register.ELR_HYP), call.after().bits(Register.ELR_HYP));
    }
}
