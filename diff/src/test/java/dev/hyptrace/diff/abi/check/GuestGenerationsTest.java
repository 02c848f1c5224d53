package dev.hyptrace.diff.abi.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.diff.abi.check.CallCheck.Level;
import dev.hyptrace.diff.abi.check.Claim.Verdict;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.AbiFunction.Ending;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.replayer.call.CallReplay;
import dev.hyptrace.traces.InMemoryTrace;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.hypercall.Hypercalls;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The descriptions of Linux's stubs against guests that hold such a stub: each call is made on the emulator in the state of a
 * recorded one, with another number, and everything that the description says of it must be borne out, down to each register
 * that is kept. The descriptions name these tests as their proof.
 */
class GuestGenerationsTest {
    private static final Path BIN = Path.of("../traces/guests/bin");
    private static final Path SAMPLES = Path.of("../traces/samples/guests");

    /** In every guest: code that a SOFT_RESTART may enter, which is aligned as a vector table is. */
    private static final int RESTARTED = 0x40010880;

    private static final int STUB = 0x40010240;
    private static final int BRANCH_TO_ITSELF = 0xeafffffe;
    private static final int HYP_CALL = 0x08;
    private static final int CALL = 0x14;

    private static final long[] SELECTORS = {
        0xffffffffL,
        0,
        1,
        2,
        3,
        4,
        5,
        0x7f,
        0x40010880L,
        0x40010900L,
        0x80000000L,
        0x84000000L,
        0xc0100000L,
        0x0badca11L
    };

    /** A stub in a guest, and the calls that are recorded of it. */
    private record Stub(Abi abi, BootImage image, Hypercall first, CallReplay replay) {
        static Stub of(String generation, String guest) throws Exception {
            BootImage image = BootImage.parse(guest, Files.readAllBytes(BIN.resolve(guest + ".elf")));
            try (Trace trace = Traces.open(SAMPLES.resolve(guest + ".htr"))) {
                Hypercall first = AnsweredCalls.of(trace).calls().get(0);
                Abi abi = AbiLibrary.named("linux-stub-" + generation).orElseThrow();
                return new Stub(abi, image, first, new CallReplay(trace, Optional.of(image)));
            }
        }

        /** Makes the first call again, with other registers. */
        CallCheck make(long r0, long r1, int immediate, Mode mode) throws IOException {
            long status = first.call().require(Register.CPSR) & ~0x1fL | mode.encoding();
            State state = first.call().toBuilder()
                    .known(Register.R0, r0)
                    .known(Register.R1, r1)
                    .known(Register.CPSR, status)
                    .build();
            Hypercall call = new Hypercall(
                    1,
                    0,
                    first.site(),
                    OptionalInt.of(immediate),
                    state,
                    first.vector(),
                    first.after(),
                    first.outcome(),
                    first.payload(),
                    first.departure(),
                    first.callStep(),
                    first.lastStep());
            List<Event> events = new ArrayList<>();
            assertEquals(Optional.empty(), replay.replay(call, events::add));
            Trace made = new InMemoryTrace("made", traceHeader(), events);
            try (Hypercalls.Reader reader = Hypercalls.reader(made)) {
                return CallCheck.of(abi, reader.next(), Level.EXACT);
            }
        }

        private static TraceHeader traceHeader() throws IOException {
            try (Trace trace = Traces.open(SAMPLES.resolve("g3-on-g3.htr"))) {
                return trace.header();
            }
        }

        int word(int address) {
            long at = Integer.toUnsignedLong(address);
            BootImage.Segment segment = image.segments().stream()
                    .filter(s -> at >= s.address() && at < s.address() + s.bytes().length)
                    .findFirst()
                    .orElseThrow();
            int offset = (int) (at - segment.address());
            byte[] bytes = segment.bytes();
            return bytes[offset] & 0xff
                    | (bytes[offset + 1] & 0xff) << 8
                    | (bytes[offset + 2] & 0xff) << 16
                    | bytes[offset + 3] << 24;
        }
    }

    static Stream<String[]> stubs() {
        return Stream.of(
                new String[] {"g1a", "g1-on-g1a"},
                new String[] {"g1", "g1-on-g1"},
                new String[] {"g2-posted", "g2-posted-on-g2-posted"},
                new String[] {"g2", "g2-on-g2"},
                new String[] {"g3", "g3-on-g3"},
                new String[] {"g4k", "g4k-on-g4k"},
                new String[] {"g4z", "g4z-on-g4z"});
    }

    private static void assertBorneOut(CallCheck check, String call) {
        assertTrue(check.function().isPresent(), () -> call + ": the description says nothing");
        assertEquals(List.of(), check.contradictions(), call);
        assertTrue(check.support() > 0, () -> call + ": nothing of weight was shown: " + check.claims());
        assertTrue(
                check.claims().stream().noneMatch(claim -> claim.verdict() == Verdict.NOT_RECORDED),
                () -> call + ": " + check.claims());
    }

    /** No cell of the matrix is left out: every function of every stub is called, and numbers that have none. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("stubs")
    void everyCell_isAsDescribed(String generation, String guest) throws Exception {
        Stub stub = Stub.of(generation, guest);
        Set<AbiFunction> called = new HashSet<>();
        for (long selector : SELECTORS) {
            CallCheck check = stub.make(selector, RESTARTED, 0, Mode.SVC);
            assertBorneOut(check, generation + " r0 = " + Claim.hex(selector));
            called.add(check.function().orElseThrow());
        }
        assertEquals(new HashSet<>(stub.abi().functions()), called);
    }

    /** Immediate, alignment, the mode of the caller, and whether anything is at an address. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("stubs")
    void handler_looksAtNothingElse(String generation, String guest) throws Exception {
        Stub stub = Stub.of(generation, guest);
        for (long selector : SELECTORS) {
            String call = generation + " r0 = " + Claim.hex(selector);
            assertBorneOut(stub.make(selector, RESTARTED, 0xea1, Mode.SVC), call + " hvc #0xea1");
            assertBorneOut(stub.make(selector, RESTARTED, 0xffff, Mode.SVC), call + " hvc #0xffff");
            for (Mode mode : List.of(Mode.SYS, Mode.IRQ, Mode.FIQ, Mode.ABT, Mode.UND)) {
                assertBorneOut(stub.make(selector, RESTARTED, 0, mode), call + " from " + mode);
            }
            Ending ending = stub.abi().function(selector).orElseThrow().ending();
            if (ending == Ending.RETURNS) {
                assertBorneOut(stub.make(selector, 0xdeadbeefL, 0, Mode.SVC), call + ", r1 unmapped and not aligned");
                assertBorneOut(stub.make(selector, RESTARTED + 5, 0, Mode.SVC), call + ", r1 not aligned");
            }
        }
    }

    /** A call from Hyp mode comes in at 0x08 and never returns; the other vectors hold the same branch to itself. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("stubs")
    void otherVectors_loopForEver(String generation, String guest) throws Exception {
        Stub stub = Stub.of(generation, guest);
        for (int offset = 0; offset < 0x20; offset += 4) {
            int at = offset;
            assertEquals(
                    offset != CALL,
                    stub.abi().slots().stream()
                            .anyMatch(slot ->
                                    slot.offset() == at && slot.behaviour().equals("SPINS")));
            assertEquals(offset != CALL, stub.word(STUB + offset) == BRANCH_TO_ITSELF, () -> "vector " + at);
        }
        CallCheck fromHyp = stub.make(0, RESTARTED, 0, Mode.HYP);
        assertEquals(STUB + HYP_CALL, (int) fromHyp.call().vector().require(Register.PC));
        assertEquals(Hypercall.Outcome.NEVER_RETURNED, fromHyp.call().outcome());
        assertEquals(List.of(), fromHyp.contradictions());
        assertEquals(1, fromHyp.support());
    }

    /** The last call of a zImage, recorded of QEMU. */
    @ParameterizedTest
    @CsvSource({
        "linux-zimage-reentry-3.7, g1-zimage-on-g1",
        "linux-zimage-reentry-3.7, g3-zimage-4-12-on-g3",
        "linux-zimage-reentry-4.14, g3-zimage-on-g3",
        "linux-zimage-reentry-5.9, g4z-zimage-on-g4z",
        "linux-zimage-reentry-5.9, g4z-efi-on-none"
    })
    void reentry_entersTheKernel(String description, String guest) throws IOException {
        try (Trace trace = Traces.open(SAMPLES.resolve(guest + ".htr"))) {
            List<Hypercall> calls = AnsweredCalls.of(trace).calls();
            Hypercall last = calls.get(calls.size() - 1);
            CallCheck check = CallCheck.of(AbiLibrary.named(description).orElseThrow(), last, Level.EXACT);
            assertEquals(List.of(), check.contradictions());
            assertTrue(check.support() >= 3, () -> check.claims().toString());
            assertEquals(Hypercall.Outcome.ENTERED_PAYLOAD, last.outcome());
        }
    }
}
