package dev.hyptrace.diff.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hyptrace.diff.address.AddressMaps;
import dev.hyptrace.diff.result.FieldCounts;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.traces.model.AddressMap;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StateComparerTest {
    private final FieldTally tally = new FieldTally();
    private final List<String> equal = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();

    private List<String> compare(State left, State right, AddressMaps maps, Treatments treatments) {
        new StateComparer(maps, treatments, tally).compareRecorded(Point.STEP, left, right, new FieldSink() {
            @Override
            public void equal(Point point, Field field) {
                equal.add(field.name());
            }

            @Override
            public void differ(Difference difference) {
                differences.add(difference);
            }
        });
        return differences.stream().map(Difference::name).toList();
    }

    private List<String> compare(State left, State right) {
        return compare(left, right, AddressMaps.NONE, Treatments.standard());
    }

    private static State state(Register register, long bits) {
        return State.builder().known(register, bits).build();
    }

    @Test
    void known_againstKnown_isComparedFieldByField() {
        assertEquals(List.of("CPSR.M", "CPSR.I"), compare(state(Register.CPSR, 0x1d3), state(Register.CPSR, 0x15a)));
        assertEquals(9, equal.size());
        assertEquals(new FieldCounts(11, 0, 0, 0, 0), tally.fields().at(Point.STEP));
        assertEquals(Severity.DIVERGENCE, differences.get(0).severity());
    }

    @Test
    void derived_againstKnown_isAWarning() {
        State derived =
                State.builder().derived(Register.R0, 1, DerivationRule.IMPORTED).build();
        assertEquals(List.of("R0"), compare(derived, state(Register.R0, 2)));
        assertEquals(Severity.WARNING, differences.get(0).severity());
        assertEquals(new FieldCounts(0, 1, 0, 0, 0), tally.fields().at(Point.STEP));
    }

    @Test
    void unknown_againstKnown_isCountedAndNotCompared() {
        assertEquals(List.of(), compare(State.unknown(), state(Register.R0, 0)));
        assertEquals(List.of(), compare(state(Register.R0, 0), State.unknown()));
        assertEquals(List.of(), equal);
        assertEquals(new FieldCounts(0, 0, 2, 0, 0), tally.fields().at(Point.STEP));
    }

    @Test
    void counter_isTakenOverAndNotCompared() {
        assertEquals(List.of(), compare(state(Register.CNTVCT, 5), state(Register.CNTVCT, 9)));
        assertEquals(List.of(), compare(state(Register.CNTPCT, 5), State.unknown()));
        assertEquals(new FieldCounts(0, 0, 0, 0, 2), tally.fields().at(Point.STEP));
    }

    @Test
    void timerControl_isComparedButForTheVolatileBit() {
        assertEquals(List.of(), compare(state(Register.CNTV_CTL, 0x1), state(Register.CNTV_CTL, 0x5)));
        assertEquals(List.of("CNTV_CTL"), compare(state(Register.CNTV_CTL, 0x1), state(Register.CNTV_CTL, 0x4)));
        assertEquals(2, tally.fields().at(Point.STEP).compared());
    }

    @Test
    void maskedBits_areNotComparedAndTheOthersAre() {
        Treatments masked = Treatments.none().withMasked(Register.R0, 0xff);
        assertEquals(
                List.of(), compare(state(Register.R0, 0x100), state(Register.R0, 0x1ff), AddressMaps.NONE, masked));
        assertEquals(
                List.of("R0"), compare(state(Register.R0, 0x100), state(Register.R0, 0x2ff), AddressMaps.NONE, masked));
    }

    @Test
    void fieldThatIsMaskedInFull_isCountedAsMasked() {
        Treatments masked = Treatments.none().withMasked(Register.CPSR, 0x1f);
        assertEquals(
                List.of(), compare(state(Register.CPSR, 0x13), state(Register.CPSR, 0x1a), AddressMaps.NONE, masked));
        assertEquals(new FieldCounts(10, 0, 0, 1, 0), tally.fields().at(Point.STEP));
    }

    @Test
    void treatment_ofBitsThatTheRegisterDoesNotHave_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Treatments.none().withMasked(Register.R0, 1L << 32));
    }

    @Test
    void pointer_thatTheMapTakesToTheOther_isEqual() {
        AddressMaps maps =
                new AddressMaps(List.of(new AddressMap(0x80000000, 0x40000000, 0x10000000L)), List.of(), List.of());
        assertEquals(
                List.of(),
                compare(
                        state(Register.HVBAR, 0x80001000L),
                        state(Register.HVBAR, 0x40001000),
                        maps,
                        Treatments.none()));
        assertEquals(
                List.of(),
                compare(state(Register.R4, 0x80000abcL), state(Register.R4, 0x40000abc), maps, Treatments.none()));
        assertEquals(
                List.of("R4"),
                compare(state(Register.R4, 0x80000abcL), state(Register.R4, 0x40000abd), maps, Treatments.none()));
    }

    @Test
    void statusRegister_isNeverRebased() {
        AddressMaps maps = new AddressMaps(List.of(new AddressMap(0, 0x10000000, 0x1000)), List.of(), List.of());
        assertEquals(
                List.of("CPSR.NZCVQ"),
                compare(state(Register.CPSR, 0x1d3), state(Register.CPSR, 0x100001d3), maps, Treatments.none()));
    }

    @Test
    void pointOfAHypercall_countsWhatTheTableNamesAndNobodyRecorded() {
        StateComparer comparer = new StateComparer(AddressMaps.NONE, Treatments.standard(), tally);
        comparer.comparePoint(Point.VECTOR, State.unknown(), State.unknown(), new FieldSink() {
            @Override
            public void equal(Point point, Field field) {
                throw new AssertionError(field);
            }

            @Override
            public void differ(Difference difference) {
                throw new AssertionError(difference);
            }
        });
        // CPSR 11, R0 to R12, PC, three vector bases, HSR 3, ELR_hyp, SPSR_hyp 11; SP and LR are those of no known
        // mode.
        assertEquals(
                11 + 13 + 1 + 3 + 3 + 1 + 11, tally.fields().at(Point.VECTOR).unknown());
    }
}
