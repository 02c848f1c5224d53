package dev.hyptrace.traces.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.hypercall.Hypercalls;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading from the middle, with the index and without it. */
class HtrAccessTest {
    @TempDir
    private Path folder;

    private Path write(List<Event> events, int chunkEvents, boolean indexed) throws IOException {
        Path file = HtrFiles.write(folder.resolve("trace.htr"), events, chunkEvents);
        if (!indexed) {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length - Frame.TRAILER_SIZE));
        }
        return file;
    }

    @Test
    void eventsFromStep_beginAtThatStep() throws IOException {
        List<Event> events = RandomEvents.of(8, 200);
        List<Integer> steps = IntStream.range(0, events.size())
                .filter(i -> events.get(i) instanceof Event.Step)
                .boxed()
                .toList();
        for (boolean indexed : new boolean[] {true, false}) {
            try (HtrTrace trace = HtrTrace.open(write(events, 9, indexed))) {
                for (int step = 0; step < steps.size(); step++) {
                    try (EventReader reader = trace.eventsFromStep(step)) {
                        List<Event> expected = events.subList(steps.get(step), events.size());
                        HtrFiles.assertSame(expected, HtrFiles.rest(reader), "from step " + step);
                    }
                }
                try (EventReader reader = trace.eventsFromStep(steps.size())) {
                    assertNull(reader.next());
                }
            }
        }
    }

    @Test
    void chunks_areReadableOnTheirOwn() throws IOException {
        List<Event> events = RandomEvents.of(9, 100);
        try (HtrTrace trace = HtrTrace.open(write(events, 9, true))) {
            assertEquals(12, trace.chunks());
            for (int chunk = trace.chunks() - 1; chunk >= 0; chunk--) {
                try (EventReader reader = trace.eventsFromChunk(chunk)) {
                    HtrFiles.assertSame(
                            events.subList(chunk * 9, events.size()), HtrFiles.rest(reader), "from chunk " + chunk);
                }
            }
        }
    }

    @Test
    void hypercallByNumber_isTheOneThatReadingFromTheStartGives() throws IOException {
        List<Event> events = HtrFiles.withHypercalls(20);
        for (int chunkEvents = 1; chunkEvents <= 16; chunkEvents++) {
            for (boolean indexed : new boolean[] {true, false}) {
                try (HtrTrace trace = HtrTrace.open(write(events, chunkEvents, indexed))) {
                    List<Hypercall> all = Hypercalls.of(trace);
                    assertEquals(20, all.size());
                    for (Hypercall expected : all) {
                        assertEquals(Optional.of(expected), trace.hypercall(expected.number()));
                    }
                    assertEquals(Optional.empty(), trace.hypercall(0));
                    assertEquals(Optional.empty(), trace.hypercall(21));
                    assertEquals(Optional.empty(), trace.hypercall(Integer.MAX_VALUE));
                }
            }
        }
    }

    @Test
    void hypercallThatBeginsInALostChunk_isNotFoundAndOthersAre() throws IOException {
        List<Event> events = HtrFiles.withHypercalls(20);
        Path file = write(events, 7, true);
        byte[] bytes = Files.readAllBytes(file);
        int chunk = 0;
        for (int i = 1, frames = 0; i < bytes.length && chunk == 0; i++) {
            frames += Frame.isMarker(bytes, i) ? 1 : 0;
            chunk = frames == 5 ? i : 0;
        }
        bytes[chunk + Frame.HEAD_SIZE + 3] ^= 1;
        Files.write(file, bytes);
        try (HtrTrace trace = HtrTrace.open(file)) {
            assertTrue(trace.hypercall(4).isPresent());
            assertEquals(Optional.empty(), trace.hypercall(5));
            assertEquals(6, trace.hypercall(6).orElseThrow().number());
            assertEquals(1, trace.damage().size());
        }
    }
}
