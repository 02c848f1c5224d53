package dev.hyptrace.replayer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.StepRows;
import dev.hyptrace.traces.StepSink;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sink that takes rows of steps is given the very events that another is given one by one. */
class RecordedRowsTest {
    private static final Path GUESTS = Path.of("..", "traces", "guests", "bin");
    private static final long INSTRUCTIONS = 50_000;

    static Stream<String> guests() throws IOException {
        try (Stream<Path> files = Files.list(GUESTS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".elf"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("guests")
    void rows_ofAGuest_areTheStepsThatAreRecordedOneByOne(String guest) throws Exception {
        List<Event> singly = new ArrayList<>();
        record(guest, singly::add);
        Rows rows = new Rows();
        record(guest, rows);
        assertEquals(singly, rows.events);
        assertTrue(rows.taken > 0);
    }

    private static void record(String guest, EventSink sink) throws Exception {
        Machine machine = new Machine(Machine.Options.DEFAULT, output -> {});
        machine.boot(BootImage.parse(guest, Files.readAllBytes(GUESTS.resolve(guest))));
        MachineRecorder.Limits limits = new MachineRecorder.Limits(Long.MAX_VALUE, INSTRUCTIONS, 10_000, true);
        new MachineRecorder(machine, limits, sink).record();
    }

    private static final class Rows implements StepSink {
        private final List<Event> events = new ArrayList<>();
        private int taken;

        @Override
        public void accept(Event event) {
            events.add(event);
        }

        @Override
        public void accept(StepRows rows) {
            for (int i = 0; i < rows.size(); i++) {
                events.add(rows.step(i));
            }
            taken += rows.size();
        }
    }
}
