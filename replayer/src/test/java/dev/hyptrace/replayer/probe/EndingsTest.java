package dev.hyptrace.replayer.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.board.BootImageException;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.replayer.probe.Ending.Kind;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What handlers can do, in handlers of a few words. */
class EndingsTest {
    private static final int ERET = 0xe160_006e;
    private static final ProbeCase CALL = ProbeCase.of(Selector.number(0), ArgumentKind.ALIGNED_ADDRESS);

    private static ProbeResult call(int... handler) throws BootImageException {
        return Guests.call(Guests.withHandler(handler), CALL);
    }

    @Test
    void handlerThatReturns_changesNothing() throws Exception {
        assertEquals("vector 0x14, returns", call(ERET).outcome());
    }

    @Test
    void storesThroughAnArgument_areToldAndUndone() throws Exception {
        Machine machine = Guests.withHandler(0xe581_2008, ERET); // str r2, [r1, #8]
        ProbeResult result = Guests.call(machine, CALL);
        int place = (int) result.hypercall().call().require(Register.R1) + 8;
        assertEquals("vector 0x14, returns; [r1+0x8]:=r2", result.outcome());
        assertEquals(
                0,
                machine.memory()
                        .ram()
                        .wordAt(place - (int) machine.memory().ram().base()));
    }

    @Test
    void handlerThatRewritesItself_doesSoEachTimeAnew() throws Exception {
        int[] handler = {
            0xe59f_3010, // ldr r3, [pc, #16]: mov r5, #2
            0xe58f_3000, // str r3, [pc]: over the instruction after the next
            0xe1a0_0000, // nop
            0xe3a0_5001, // mov r5, #1
            ERET,
            0,
            0xe3a0_5002, // mov r5, #2
        };
        ProbeCase[] twice = {CALL, CALL.withImmediate(1)};
        Machine machine = Guests.withHandler(handler);
        List<ProbeResult> results = new Prober(machine, Prober.Limits.NONE.withOccupants(1), List.of(twice))
                .run()
                .reports()
                .get(0)
                .results();
        for (ProbeResult result : results) {
            assertEquals(
                    "vector 0x14, returns; R3:=0xe3a05002 R5:=0x00000002 [HVBAR+0x2c]:=0xe3a05002", result.outcome());
        }
        assertEquals(0xe3a0_5001, machine.memory().ram().wordAt(0x1_012c));
    }

    @Test
    void branchToItself_isToldApartFromCodeThatRunsOn() throws Exception {
        ProbeResult spin = call(0xe1a0_0000, 0xeaff_fffe); // nop; b .
        assertEquals("vector 0x14, spins at HVBAR+0x24", spin.outcome());
        ProbeResult loop = call(0xe1a0_0000, 0xeaff_fffd); // nop; b .-4
        assertEquals(Kind.RUNS_ON, loop.ending().kind());
        assertEquals(Outcome.NEVER_RETURNED, loop.hypercall().outcome());
        assertTrue(loop.hypercall().after().isEmpty());
    }

    @Test
    void deviceAccess_endsTheCallAndDoesNotHappen() throws Exception {
        ProbeResult result = call(0xe3a0_3409, 0xe583_0000, ERET); // mov r3, #0x09000000; str r0, [r3]
        assertEquals("vector 0x14, touches a device at 0x09000000; R3:=0x09000000", result.outcome());
    }

    @Test
    void firmwareCall_endsTheCall() throws Exception {
        ProbeResult result = call(0xe160_0070, ERET); // smc #0
        assertEquals(Kind.CALLS_FIRMWARE, result.ending().kind());
        assertEquals("vector 0x14, calls firmware from HVBAR+0x20", result.outcome());
    }

    @Test
    void accessThatAborts_isToldWithTheVectorItEndsAt() throws Exception {
        ProbeResult result = call(0xe594_5001, ERET); // ldr r5, [r4, #1]
        assertEquals(List.of(ExceptionKind.DATA_ABORT), result.exceptions());
        assertEquals(Kind.SPINS, result.ending().kind());
        assertTrue(
                result.outcome().startsWith("vector 0x14, spins at HVBAR+0x10, takes Data Abort; "), result.outcome());
        assertTrue(result.outcome().contains(" ELR_hyp:=HVBAR+0x20 "), result.outcome());
        assertTrue(result.outcome().contains(" HDFAR:=r4+0x1"), result.outcome());
    }

    @Test
    void jumpToAnArgument_isAnEntryThere() throws Exception {
        ProbeResult result = call(0xe12f_ff12); // bx r2
        assertEquals("vector 0x14, enters r2&~1 in hyp thumb; CPSR.T:=0b1", result.outcome());
        assertEquals(Outcome.ENTERED_PAYLOAD, result.hypercall().outcome());
    }

    @Test
    void jumpBackToTheCallerInHyp_isAnEntryAtTheReturnAddress() throws Exception {
        ProbeResult result = call(0xe10e_3300, 0xe1a0_f003); // mrs r3, elr_hyp; mov pc, r3
        assertEquals("vector 0x14, enters ELR_hyp in hyp arm; R3:=ELR_hyp", result.outcome());
    }

    @Test
    void returnToAnotherMode_isElsewhere() throws Exception {
        ProbeResult result = call(0xe3a0_30df, 0xe16f_f003, ERET); // mov r3, #0xdf; msr spsr_fsxc, r3
        assertEquals(Kind.RETURNS_ELSEWHERE, result.ending().kind());
        assertEquals(
                "vector 0x14, returns elsewhere to ELR_hyp in sys arm; R3:=0x000000df CPSR.AIF:=0b011 CPSR.M:=sys"
                        + " SPSR_hyp:=0x000000df",
                result.outcome());
    }
}
