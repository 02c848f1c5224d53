package dev.hyptrace.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.Traces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Path RECORDING = Path.of("..", "traces", "samples", "linux-5.4-kvm.htr");
    private static final int EVENTS = 9980;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private boolean interrupted;
    private boolean ended;

    private Watch watch(String... terminals) {
        Console console = new Console(new ByteArrayOutputStream(), err, List.of(terminals), Map.of());
        return new Watch(console, () -> interrupted, () -> ended = true);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static int read(EventReader events, int most) throws IOException {
        int count = 0;
        while (count < most && events.next() != null) {
            count++;
        }
        return count;
    }

    @Test
    void recording_thatIsReadToItsEnd_isWhole() throws IOException {
        try (HtrTrace trace = Traces.open(RECORDING);
                Watch watch = watch();
                EventReader events = watch.trace(trace).events()) {
            assertEquals(EVENTS, read(events, Integer.MAX_VALUE));
            assertEquals(EVENTS, trace.eventCount());
            assertEquals(false, watch.tell());
        }
        assertEquals("", said());
        assertTrue(ended);
    }

    @Test
    void interruption_endsTheReading_andHowMuchWasReadIsSaid() throws IOException {
        try (HtrTrace trace = Traces.open(RECORDING);
                Watch watch = watch();
                EventReader events = watch.trace(trace).events()) {
            read(events, 1000);
            interrupted = true;
            assertEquals(24, read(events, Integer.MAX_VALUE));
            assertEquals(true, watch.tell());
            assertThrows(CommandException.class, watch::check);
        }
        assertEquals(
                "hyptrace: " + RECORDING + ": interrupted; this is what the first 1,024 of 9,980 events show\n",
                said());
    }

    @Test
    void reading_thatTakesLong_isShownOnATerminal() throws Exception {
        try (HtrTrace trace = Traces.open(RECORDING);
                Watch watch = watch("err");
                EventReader events = watch.trace(trace).events()) {
            read(events, 500);
            Thread.sleep(1100);
            read(events, 500);
            assertTrue(
                    said().matches("\r\u001b\\[K\\Q" + RECORDING
                            + "\\E: 512 of 9,980 events \\(5 %\\), \\d+ events/s, \\d+ s left"),
                    said());
        }
    }
}
