package dev.hyptrace.traces.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.model.AddressMap;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.MemoryAccess;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** read(write(x)) = x. */
class HtrRoundTripTest {
    @TempDir
    private Path folder;

    private void assertRoundTrip(String what, List<Event> events, int chunkEvents) throws IOException {
        Path file = HtrFiles.write(folder.resolve("trace.htr"), events, chunkEvents);
        try (HtrTrace trace = HtrTrace.open(file)) {
            List<Event> read = HtrFiles.read(trace);
            HtrFiles.assertSame(events, read, what);
            assertEquals(List.of(), trace.damage(), what);
            HtrFiles.assertSame(events, HtrFiles.read(trace), what + ", read again");
        }
    }

    @Test
    void randomEvents_comeBackAsTheyWere() throws IOException {
        for (long seed = 1; seed <= 40; seed++) {
            int chunkEvents = seed % 4 == 0 ? 1 : seed % 4 == 1 ? 7 : 1 << 16;
            assertRoundTrip("seed " + seed, RandomEvents.of(seed, 400), chunkEvents);
        }
    }

    @Test
    void manyRandomEvents_comeBackAsTheyWere() throws IOException {
        assertRoundTrip("seed 99", RandomEvents.of(99, 20_000), 5000);
    }

    @Test
    void noEvents_areNone() throws IOException {
        assertRoundTrip("empty", List.of(), 100);
    }

    @Test
    void everyRegister_hasItsOwnValueAtFullWidth() throws IOException {
        for (Register register : Register.all()) {
            State low = State.builder().known(register, 1L).build();
            State full = State.builder().known(register, register.mask()).build();
            State zero = State.builder().known(register, 0L).build();
            assertRoundTrip(
                    register.manualName(),
                    List.of(snapshot(low), snapshot(full), snapshot(zero), snapshot(State.unknown()), snapshot(full)),
                    100);
        }
    }

    private static Event snapshot(State state) {
        return new Event.Snapshot(0, "state", state);
    }

    @Test
    void absentRegister_isNotZero() throws IOException {
        State zero = State.builder().known(Register.R0, 0).build();
        Event.Step with = new Event.Step(0, 0x8000, Optional.empty(), zero, List.of());
        Event.Step without = new Event.Step(0, 0x8000, Optional.empty(), State.unknown(), List.of());
        assertRoundTrip("absent", List.of(with, without, with, without, without), 100);
    }

    @Test
    void programCounterOtherThanTheAddress_isKept() throws IOException {
        State odd = State.builder().known(Register.PC, 0x8001).build();
        assertRoundTrip(
                "odd PC",
                List.of(
                        new Event.Step(0, 0x8000, Optional.empty(), odd, List.of()),
                        new Event.Step(0, 0x8004, Optional.empty(), State.unknown(), List.of()),
                        new Event.Step(0, 0x8000, Optional.empty(), odd, List.of())),
                100);
    }

    @Test
    void longLoop_comesBackAsItWas() throws IOException {
        Event[] loop = new Event[30_000];
        for (int i = 0; i < loop.length; i++) {
            int address = 0x8000 + i % 3 * 4;
            State state = State.builder()
                    .known(Register.R0, i / 3)
                    .known(Register.R1, i / 300 * 0x1000)
                    .known(Register.PC, address)
                    .known(Register.CPSR, i % 7 == 0 ? 0x6000_01d3 : 0x01d3)
                    .build();
            MemoryAccess access = new MemoryAccess(true, 0x9000 + i, 4, OptionalLong.of(i));
            loop[i] = new Event.Step(0, address, Optional.empty(), state, List.of(access));
        }
        assertRoundTrip("loop", List.of(loop), 10_000);
    }

    @Test
    void header_comesBackAsItWas() throws IOException {
        TraceHeader header = new TraceHeader(
                "qemu-log",
                "QEMU emulator version 7.2.22",
                "virt,virtualization=on cortex-a15",
                List.of("qemu-system-arm", "-append", "a b\tc", ""),
                List.of(
                        new TraceHeader.Image("vmlinuz", "0".repeat(64), Optional.of(0x8000_0000)),
                        new TraceHeader.Image("dtb", "f".repeat(64), Optional.empty())),
                List.of(new AddressMap(0x8000_0000, 0x4000_0000, 1L << 32)),
                Map.of("z", "1", "a", "caf\u00e9"));
        Path file = HtrFiles.write(folder.resolve("trace.htr"), header, List.of(), 100);
        try (HtrTrace trace = HtrTrace.open(file)) {
            assertEquals(header, trace.header());
        }
    }

    @Test
    void sameEvents_giveTheSameBytes() throws IOException {
        List<Event> events = RandomEvents.of(5, 1000);
        Path first = HtrFiles.write(folder.resolve("1.htr"), events, 300);
        Path second = HtrFiles.write(folder.resolve("2.htr"), events, 300);
        assertEquals(-1, Files.mismatch(first, second));
    }

    @Test
    void existingFile_isNotReplacedUnlessTold() throws IOException {
        Path file = HtrFiles.write(folder.resolve("trace.htr"), RandomEvents.of(6, 50), 10);
        byte[] before = Files.readAllBytes(file);
        TraceHeader header = TraceHeader.of("test");
        assertThrows(FileAlreadyExistsException.class, () -> TraceWriter.create(file, header));
        assertTrue(java.util.Arrays.equals(before, Files.readAllBytes(file)));
        TraceWriter.create(file, header, TraceWriter.Options.standard().overwriting())
                .close();
        try (HtrTrace trace = HtrTrace.open(file)) {
            assertEquals(List.of(), HtrFiles.read(trace));
        }
    }

    @Test
    void eventThatHasNoRoom_isRefusedAndTheRestIsKept() throws IOException {
        Path file = folder.resolve("trace.htr");
        List<Event> refused = List.of(
                new Event.Gap(-1, "no such processor"),
                new Event.Gap(1024, "no such processor"),
                new Event.Note(0, "x".repeat((1 << 20) + 1)),
                new Event.Step(
                        0,
                        0,
                        Optional.empty(),
                        State.unknown(),
                        Collections.nCopies(1025, new MemoryAccess(false, 0, 4, OptionalLong.empty()))));
        Event kept = new Event.Note(1023, "kept");
        try (TraceWriter writer = TraceWriter.create(file, TraceHeader.of("test"))) {
            writer.accept(kept);
            for (Event event : refused) {
                assertThrows(IllegalArgumentException.class, () -> writer.accept(event));
            }
            writer.accept(kept);
        }
        try (HtrTrace trace = HtrTrace.open(file)) {
            assertEquals(List.of(kept, kept), HtrFiles.read(trace));
        }
    }

    @Test
    void longTexts_doNotMakeAChunkThatCannotBeRead() throws IOException {
        Event note = new Event.Note(0, "\u4e2d".repeat(1 << 20));
        assertRoundTrip("long texts", Collections.nCopies(6, note), 1 << 16);
    }
}
