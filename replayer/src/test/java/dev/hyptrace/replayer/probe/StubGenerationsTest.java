package dev.hyptrace.replayer.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.replayer.probe.Ending.Kind;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each generation of Linux' stub does with each call of the matrix, against a table of what it promises. */
class StubGenerationsTest {
    private static final long ERROR = 0x0bad_ca11;
    private static final int GET = 0;
    private static final int SET = 1;
    private static final int SOFT_RESTART = 2;
    private static final int RESET = 3;
    private static final int NONE = -1;

    /** What an opcode means, by generation: GET, SET, SOFT_RESTART, RESET. */
    private static final Map<String, int[]> OPCODES = Map.of(
            "g2", new int[] {GET, SET, SOFT_RESTART, RESET},
            "g2-posted", new int[] {GET, SET, SOFT_RESTART},
            "g3", new int[] {SET, SOFT_RESTART, RESET},
            "g4k", new int[] {NONE, SOFT_RESTART},
            "g4z", new int[] {SET, SOFT_RESTART});

    /** Changed by taking the exception; a stub leaves them as they are then. */
    private static final Set<Register> BY_ENTRY = Set.of(Register.ELR_HYP, Register.SPSR_HYP, Register.HSR);

    private final Map<Register, Long> changes = new LinkedHashMap<>();

    @ParameterizedTest
    @CsvSource({
        "g1-on-g1, g1",
        "g1-on-g1a, g1",
        "g2-on-g2, g2",
        "g2-posted-on-g2-posted, g2-posted",
        "g3-on-g3, g3",
        "g3-on-g3-thumb, g3",
        "g4k-on-g4k, g4k",
        "g4z-on-g4z, g4z"
    })
    void stub_doesWithEachCallWhatItsGenerationPromises(String guest, String generation) throws Exception {
        ProbeReport report = Guests.stub(guest);
        assertEquals(ProbeMatrix.standard().size(), report.results().size());
        for (ProbeResult result : report.results()) {
            check(generation, result);
        }
    }

    private void check(String generation, ProbeResult result) {
        State call = result.hypercall().call();
        if (result.probeCase().caller().mode() == Mode.HYP) {
            checkSpin(result);
            return;
        }
        long base = call.require(Register.HVBAR);
        assertEquals(base + 0x14, result.hypercall().vector().require(Register.PC), result.line());
        changes.clear();
        boolean restarts = expect(generation, call);
        assertEquals(restarts ? Kind.ENTERS : Kind.RETURNS, result.ending().kind(), result.line());
        if (restarts) {
            checkLanding(result);
        } else {
            checkReturn(result);
        }
        checkRegisters(result);
    }

    /** Collects what the call is to change; answers whether it restarts. */
    private boolean expect(String generation, State call) {
        long r0 = call.require(Register.R0);
        long r1 = call.require(Register.R1);
        if (generation.equals("g1")) {
            boolean get = r0 == 0xffff_ffffL;
            changes.put(get ? Register.R0 : Register.HVBAR, get ? call.require(Register.HVBAR) : r0 & ~0x1fL);
            return false;
        }
        int[] opcodes = OPCODES.get(generation);
        switch (r0 < opcodes.length ? opcodes[(int) r0] : NONE) {
            case GET -> changes.put(Register.R0, call.require(Register.HVBAR));
            case SET -> changes.put(Register.HVBAR, r1 & ~0x1fL);
            case RESET -> {}
            case SOFT_RESTART -> {
                return true;
            }
            default -> changes.put(Register.R0, ERROR);
        }
        boolean known = !changes.containsValue(ERROR);
        if (known && (generation.equals("g3") || generation.equals("g4z"))) {
            changes.put(Register.R0, 0L);
        }
        return false;
    }

    /** Every other slot of a stub's table is a branch to itself. */
    private static void checkSpin(ProbeResult result) {
        assertEquals(Kind.SPINS, result.ending().kind(), result.line());
        assertEquals("vector 0x08, spins at HVBAR+0x8", result.outcome());
        assertEquals(Outcome.NEVER_RETURNED, result.hypercall().outcome());
    }

    private static void checkReturn(ProbeResult result) {
        assertEquals(Outcome.RETURNED, result.hypercall().outcome(), result.line());
        State call = result.hypercall().call();
        State after = result.hypercall().after();
        assertEquals(call.require(Register.PC) + 4, after.require(Register.PC), result.line());
        assertEquals(call.require(Register.CPSR), after.require(Register.CPSR), result.line());
    }

    /** SOFT_RESTART branches to r1 in Hyp mode with the interrupts masked; only the condition flags may have changed. */
    private static void checkLanding(ProbeResult result) {
        assertEquals(Outcome.ENTERED_PAYLOAD, result.hypercall().outcome(), result.line());
        State after = result.hypercall().after();
        long r1 = result.hypercall().call().require(Register.R1);
        boolean thumb = (r1 & 1) != 0;
        assertEquals(r1 & (thumb ? ~1 : ~3), after.require(Register.PC), result.line());
        long cpsr = after.require(Register.CPSR);
        long entered = result.hypercall().vector().require(Register.CPSR);
        assertEquals(entered & 0x0fff_ffdfL | (thumb ? 0x20 : 0), cpsr & 0x0fff_ffffL, result.line());
        assertEquals(0x1daL, cpsr & 0x1df, result.line());
    }

    private void checkRegisters(ProbeResult result) {
        State before = result.hypercall().call();
        State vector = result.hypercall().vector();
        State after = result.hypercall().after();
        assertEquals(before.registers(), after.registers());
        assertTrue(before.registers().size() > 150, "not all registers are recorded");
        for (Register register : before.registers()) {
            if (register != Register.PC && register != Register.CPSR) {
                long kept = (BY_ENTRY.contains(register) ? vector : before).require(register);
                long expected = changes.getOrDefault(register, kept);
                assertEquals(expected, after.require(register), () -> register + " in " + result.line());
            }
        }
    }
}
