package dev.hyptrace.recorder.qemulog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.Value;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The three hypercalls of Debian's armmp kernel 6.1: the decompressor sets the vectors of its moved copy, then those of the
 * re-entry, and enters the kernel by an HVC that never returns. The filter of the log leaves out the vectors of the second and
 * third.
 */
class DebianHypercallsTest {
    private static final Optional<Instruction> HVC_0 = Optional.of(Instruction.a32(0xe1400070));

    private static List<Event> events;
    private static List<Integer> calls;

    @BeforeAll
    static void read() throws IOException {
        events = SampleLogs.read(SampleLogs.DEBIAN).events();
        calls = java.util.stream.IntStream.range(0, events.size())
                .filter(i -> events.get(i) instanceof Event.ExceptionEntry entry
                        && entry.kind() == ExceptionKind.HYPERVISOR_CALL)
                .boxed()
                .toList();
        assertEquals(3, calls.size());
    }

    @Test
    void firstCall_setsVectorsOfTheMovedCopy() {
        Event.Step call = (Event.Step) events.get(calls.get(0) - 1);
        assertEquals(0x40014970, call.address());
        assertEquals(HVC_0, call.instruction());
        assertValue(call.before(), Register.R0, 0);
        assertValue(call.before(), Register.R1, 0x415ad200);
        assertValue(call.before(), Register.R5, 0x400110a0);
        assertValue(call.before(), Register.R10, 0x415a9900);
        assertValue(call.before(), Register.CPSR, 0x600001d3);
        State vector = entry(0).atVector();
        assertValue(vector, Register.PC, 0x400149b4);
        assertValue(vector, Register.CPSR, 0x600001da);
        assertValue(vector, Register.HSR, 0x4a000000);
        assertDerived(vector, Register.ELR_HYP, 0x40014974, DerivationRule.ELR_FROM_HVC_ADDRESS);
        assertDerived(vector, Register.SPSR_HYP, 0x600001d3, DerivationRule.SPSR_FROM_CPSR);
        assertDerived(vector, Register.HVBAR, 0x400149a0, DerivationRule.HVBAR_FROM_VECTOR);
        Event.ExceptionReturn back = returnAfter(calls.get(0));
        assertEquals(Optional.of(Mode.HYP), back.from());
        assertEquals(Optional.of(Mode.SVC), back.to());
        assertValue(back.after(), Register.PC, 0x40014974);
        assertValue(back.after(), Register.R0, 0);
        assertTrue(noGapBetween(calls.get(0) - 1, events.indexOf(back)));
    }

    @Test
    void secondCall_setsVectorsOfTheReEntry() {
        Event.Step call = (Event.Step) events.get(calls.get(1) - 1);
        assertEquals(0x415ad1d0, call.address());
        assertEquals(HVC_0, call.instruction());
        assertValue(call.before(), Register.R0, 0);
        assertValue(call.before(), Register.R1, 0x415aa1e0);
        State vector = entry(1).atVector();
        assertEquals(
                List.of(Register.SPSR_HYP, Register.ELR_HYP, Register.HSR),
                vector.registers(),
                "the vector itself is not in the log");
        assertDerived(vector, Register.ELR_HYP, 0x415ad1d4, DerivationRule.ELR_FROM_HVC_ADDRESS);
        assertTrue(events.get(calls.get(1) + 1) instanceof Event.Gap);
        assertValue(returnAfter(calls.get(1)).after(), Register.PC, 0x415ad1d4);
        assertValue(returnAfter(calls.get(1)).after(), Register.R0, 0);
    }

    @Test
    void thirdCall_entersTheKernelInHypMode() {
        assertTrue(events.get(calls.get(2) - 1) instanceof Event.Gap, "the HVC is not in the log");
        assertEquals(List.of(Register.HSR), entry(2).atVector().registers());
        assertTrue(events.get(calls.get(2) + 1) instanceof Event.Gap);
        Event.Step kernel = (Event.Step) events.get(calls.get(2) + 2);
        assertEquals(0x40208000, kernel.address());
        assertEquals(Optional.of(Mode.HYP), kernel.before().mode());
        assertValue(kernel.before(), Register.R0, 0);
        assertValue(kernel.before(), Register.R1, 0xffff_ffff);
        assertValue(kernel.before(), Register.R2, 0x48000000);
        assertValue(returnAfter(calls.get(2)).after(), Register.PC, 0x40208034);
    }

    private static Event.ExceptionEntry entry(int call) {
        return (Event.ExceptionEntry) events.get(calls.get(call));
    }

    private static Event.ExceptionReturn returnAfter(int index) {
        return events.subList(index, events.size()).stream()
                .filter(Event.ExceptionReturn.class::isInstance)
                .map(Event.ExceptionReturn.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static boolean noGapBetween(int from, int to) {
        return events.subList(from, to).stream().noneMatch(Event.Gap.class::isInstance);
    }

    private static void assertValue(State state, Register register, int value) {
        assertEquals(new Value.Known(Integer.toUnsignedLong(value)), state.get(register), register.toString());
    }

    private static void assertDerived(State state, Register register, int value, DerivationRule rule) {
        assertEquals(new Value.Derived(Integer.toUnsignedLong(value), rule), state.get(register));
    }
}
