package dev.hyptrace.diff;

import static dev.hyptrace.diff.Calls.atCall;
import static dev.hyptrace.diff.Calls.atReturn;
import static dev.hyptrace.diff.Calls.atVector;
import static dev.hyptrace.diff.Calls.flip;
import static dev.hyptrace.diff.Calls.set;
import static dev.hyptrace.diff.Diffs.diff;
import static dev.hyptrace.diff.Diffs.findings;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Status;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One thing is changed in one recording: it is found where it was planted, and nothing else is. */
final class PlantedDivergenceTest {
    private static UnaryOperator<Hypercall> planted(String point, Register register, long bits) {
        return switch (point) {
            case "call" -> atCall(flip(register, bits));
            case "vector" -> atVector(flip(register, bits));
            default -> atReturn(flip(register, bits));
        };
    }

    private static void assertFound(List<Hypercall> right, String... expected) {
        DiffResult result = diff(Calls.g3(), right);
        assertEquals(List.of(expected), findings(result));
        assertEquals(Status.DIFFERENT, result.status());
    }

    @ParameterizedTest
    @CsvSource({
        "call,   R0,       0x1,        register R0         0x00000000 0x00000001",
        "vector, R0,       0x80000000, register R0         0x00000000 0x80000000",
        "return, R0,       0x1,        register R0         0x00000000 0x00000001",
        "call,   R12,      0x100,      register R12        0xca030cfe 0xca030dfe",
        "call,   HVBAR,    0x20,       vector HVBAR        0x40010240 0x40010260",
        "vector, HVBAR,    0x20,       vector HVBAR        0x40010240 0x40010260",
        "return, HVBAR,    0x20,       vector HVBAR        0x40010900 0x40010920",
        "call,   CPSR,     0x1,        mode CPSR.M         0x00000013 0x00000012",
        "vector, CPSR,     0x1,        mode CPSR.M         0x0000001a 0x0000001b",
        "return, CPSR,     0x1,        mode CPSR.M         0x00000013 0x00000012",
        "call,   CPSR,     0x80,       mode CPSR.I         0x00000001 0x00000000",
        "vector, CPSR,     0x80,       mode CPSR.I         0x00000001 0x00000000",
        "return, CPSR,     0x80,       mode CPSR.I         0x00000001 0x00000000",
        "call,   CPSR,     0x200,      mode CPSR.E         0x00000000 0x00000001",
        "return, CPSR,     0x40000000, mode CPSR.NZCVQ     0x0000000c 0x00000004",
        "vector, HSR,      0x1,        register HSR.ISS    0x00000000 0x00000001",
        "vector, HSR,      0x2000000,  register HSR.IL     0x00000001 0x00000000",
        "vector, HSR,      0x4000000,  register HSR.EC     0x00000012 0x00000013",
        "vector, ELR_hyp,  0x4,        register ELR_hyp    0x4001081c 0x40010818",
        "vector, SPSR_hyp, 0x40,       register SPSR_hyp.F 0x00000001 0x00000000",
        "vector, PC,       0x20,       vector PC           0x40010254 0x40010274",
        "return, PC,       0x4,        mode PC             0x4001081c 0x40010818",
        "return, VBAR,     0x20,       vector VBAR         0x40000000 0x40000020",
        "return, SP_svc,   0x8,        register SP_svc     0x5d0000b1 0x5d0000b9",
        "call,   HCR,      0x1,        register HCR        0x00000000 0x00000001",
    })
    void bit_flippedAtOnePoint_isTheOnlyFinding(String point, String register, String bits, String found) {
        UnaryOperator<Hypercall> plant = planted(point, Register.named(register).orElseThrow(), Long.decode(bits));
        assertFound(Calls.with(Calls.g3(), 3, plant), "hypercall 3 " + point + " " + found.replaceAll(" +", " "));
    }

    @Test
    void everyBitOfEveryRegister_flippedAtEveryPoint_isTheOnlyFinding() {
        Hypercall reference = Calls.g3().get(1);
        for (String point : List.of("call", "vector", "return")) {
            List<Register> recorded = (point.equals("call")
                            ? reference.call()
                            : point.equals("vector") ? reference.vector() : reference.after())
                    .registers();
            for (Register register : recorded) {
                for (int bit = 0; bit < register.width(); bit++) {
                    DiffResult result =
                            diff(Calls.g3(), Calls.with(Calls.g3(), 2, planted(point, register, 1L << bit)));
                    List<String> found = findings(result);
                    assertEquals(1, found.size(), () -> found.toString());
                    String start = "hypercall 2 " + point + " ";
                    assertEquals(start, found.get(0).substring(0, start.length()));
                    assertEquals(
                            register.manualName(), found.get(0).split(" ")[4].split("\\.")[0]);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0x40010808", "3, 0x40010818", "4, 0x40010810", "5, 0x40010808"})
    void call_missingOnTheRight_isOnePresence(int number, String site) {
        List<Hypercall> right = new ArrayList<>(Calls.g3());
        right.remove(number - 1);
        assertFound(Calls.renumbered(right), "hypercall " + number + " call presence hypercall " + site + " none");
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "5", "6"})
    void call_extraOnTheRight_isOnePresence(int number) {
        List<Hypercall> right = new ArrayList<>(Calls.g3());
        int hvbar = number <= 3 ? Calls.STUB : Calls.NEW_VECTORS;
        right.add(number - 1, Calls.call(number, Calls.SITE + 0x40, 0x55, 0x4001c700, hvbar, Calls.ERROR, hvbar));
        assertFound(Calls.renumbered(right), "hypercall " + number + " call presence hypercall none 0x40010848");
    }

    @Test
    void calls_swapped_areOneFindingAboutTheirOrder() {
        List<Hypercall> right = new ArrayList<>(Calls.g3());
        right.add(3, right.remove(1));
        right = Calls.renumbered(right);
        DiffResult result = diff(Calls.g3(), right);
        assertEquals(List.of("hypercall 2 call presence order 2 4"), findings(result));
        assertEquals(4, result.hypercalls().aligned());
    }

    @Test
    void callsFromTheSamePlace_swapped_areOneFindingAboutTheirOrder() {
        List<Hypercall> left = Calls.renumbered(List.of(
                Calls.call(1, Calls.SITE, 0x71, 0x4001c030, Calls.STUB, Calls.ERROR, Calls.STUB),
                Calls.call(1, Calls.SITE, 0x72, 0x4001c030, Calls.STUB, Calls.ERROR, Calls.STUB)));
        List<Hypercall> right = Calls.renumbered(List.of(left.get(1), left.get(0)));
        assertEquals(List.of("hypercall 1 call presence order 1 2"), findings(diff(left, right)));
    }

    @Test
    void stub_forgetsToSetR0_isFoundAtTheReturnOfThatCall() {
        assertFound(
                Calls.with(Calls.g3(), 1, atReturn(set(Register.R0, 2))),
                "hypercall 1 return register R0 0x00000000 0x00000002");
    }

    @Test
    void stub_forgetsToSetR0_whereverItIsCalledForThatFunction_isOneFinding() {
        UnaryOperator<Hypercall> forgets = atReturn(set(Register.R0, 2));
        assertFound(
                Calls.with(Calls.with(Calls.g3(), 1, forgets), 5, forgets),
                "hypercall 1 return register R0 0x00000000 0x00000002");
    }

    @Test
    void stub_returnsInTheWrongMode_isFoundInTheModeAndNotInTheOutcome() {
        UnaryOperator<Hypercall> wrong = atReturn(Calls.mode(Mode.SYS));
        assertFound(
                Calls.with(Calls.g3(), 2, wrong.andThen(Calls.ended(Outcome.RETURNED_ELSEWHERE))::apply),
                "hypercall 2 return mode CPSR.M 0x00000013 0x0000001f");
    }

    @Test
    void stub_staysInHyp_isFoundInTheModeWithMasksAndAddressFolded() {
        UnaryOperator<Hypercall> stays = atReturn(state -> state.toBuilder()
                .known(Register.CPSR, Calls.HYP ^ 0x2000_0040L)
                .known(Register.PC, 0x40010330)
                .build());
        assertFound(
                Calls.with(Calls.g3(), 2, stays.andThen(Calls.ended(Outcome.RETURNED_ELSEWHERE))::apply),
                "hypercall 2 return mode CPSR.M 0x00000013 0x0000001a");
    }

    @Test
    void stub_clobbersR1_isFoundAtTheReturn() {
        assertFound(
                Calls.with(Calls.g3(), 1, atReturn(set(Register.R1, Calls.STUB))),
                "hypercall 1 return register R1 0x4001c030 0x40010240");
    }

    @Test
    void stub_setsTheWrongBase_isFoundWhereItWasSetWithEverythingLaterFolded() {
        List<Hypercall> right = new ArrayList<>(Calls.g3().subList(0, 2));
        int wrong = Calls.NEW_VECTORS + 0x20;
        right.add(Calls.call(3, Calls.SITE + 16, 0, Calls.NEW_VECTORS, Calls.STUB, 0, wrong));
        right.add(Calls.call(4, Calls.SITE + 8, 0x80, 0x4001c090, wrong, Calls.ERROR, wrong));
        right.add(Calls.call(5, Calls.SITE, 2, 0x4001c0d0, wrong, 0, wrong));
        assertFound(right, "hypercall 3 return vector HVBAR 0x40010900 0x40010920");
        assertEquals(8, diff(Calls.g3(), right).findings().folded());
    }

    @Test
    void call_neverReturns_isFoundAsOutcomeWithTheMissingCallsFolded() {
        List<Hypercall> right =
                Calls.with(Calls.g3(), 3, Calls.ended(Outcome.NEVER_RETURNED)).subList(0, 3);
        assertFound(right, "hypercall 3 return mode outcome returned never returned within the trace");
        assertEquals(2, diff(Calls.g3(), right).findings().folded());
    }

    @Test
    void call_entersPayload_isFoundAsOutcomeWithTheStateThereFolded() {
        List<Hypercall> right =
                Calls.with(Calls.g3(), 3, c -> Calls.payload(3, Calls.SITE + 16, 0, Calls.NEW_VECTORS, Calls.STUB));
        assertFound(right.subList(0, 3), "hypercall 3 return mode outcome returned entered another payload in HYP");
    }

    @Test
    void call_leftHypToAnUnrecordedPlace_isNotCompared() {
        DiffResult result = diff(Calls.g3(), Calls.with(Calls.g3(), 2, Calls.ended(Outcome.LEFT_HYP)));
        assertEquals(List.of(), findings(result));
        assertEquals(Status.SAME, result.status());
    }

    @Test
    void twoCauses_inOneCall_areTwoFindings() {
        UnaryOperator<Hypercall> both =
                atReturn(set(Register.R7, 0x1234)).andThen(atReturn(set(Register.R9, 0x99)))::apply;
        assertFound(
                Calls.with(Calls.g3(), 2, both),
                "hypercall 2 return register R7 0xca0207fe 0x00001234",
                "hypercall 2 return register R9 0xca0209fe 0x00000099");
    }
}
