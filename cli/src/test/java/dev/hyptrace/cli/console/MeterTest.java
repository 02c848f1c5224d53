package dev.hyptrace.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;

    private Meter meter(Meter.Unit unit, long total, String... terminals) {
        Console console = new Console(new ByteArrayOutputStream(), err, List.of(terminals), Map.of());
        return new Meter(console.progress(), "x", unit, () -> total, () -> now);
    }

    @Test
    void amount_ofAKnownTotal_hasShareRateAndTimeLeft() {
        Meter meter = meter(Meter.Unit.EVENTS, 4000);
        now = 2 * SECOND;
        assertEquals("x: 1,000 of 4,000 events (25 %), 500 events/s, 6 s left", meter.line(1000));
    }

    @Test
    void amount_inBytes_isShownInMegabytes() {
        Meter meter = meter(Meter.Unit.BYTES, 480_000_000);
        now = 3 * SECOND;
        assertEquals("x: 120 of 480 MB (25 %), 40 MB/s, 9 s left", meter.line(120_000_000));
    }

    @Test
    void amount_ofAnUnknownTotal_hasTheRateOnly() {
        Meter meter = meter(Meter.Unit.INSTRUCTIONS, -1);
        now = SECOND / 2;
        assertEquals("x: 1,000 instructions, 2,000 instructions/s", meter.line(1000));
    }

    @Test
    void timeLeft_thatIsLong_isInMinutesAndHours() {
        Meter meter = meter(Meter.Unit.STEPS, 1000);
        now = SECOND;
        assertEquals("x: 4 of 1,000 steps (0 %), 4 steps/s, 4 min left", meter.line(4));
        now = 60 * SECOND;
        assertEquals("x: 4 of 1,000 steps (0 %), 0 steps/s, 4 h left", meter.line(4));
    }

    @Test
    void nothingDoneYet_hasNoTimeLeft() {
        now = SECOND;
        assertEquals(
                "x: 0 of 1,000 steps (0 %), 0 steps/s",
                meter(Meter.Unit.STEPS, 1000).line(0));
    }

    @Test
    void line_whereStandardErrorIsNoTerminal_isNotShown() throws InterruptedException {
        Meter meter = meter(Meter.Unit.STEPS, 1000);
        Thread.sleep(1100);
        meter.at(1);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void line_onATerminalAfterASecond_isShown() throws InterruptedException {
        Meter meter = meter(Meter.Unit.STEPS, 1000, "err");
        meter.at(1);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        Thread.sleep(1100);
        now = SECOND;
        meter.at(500);
        assertEquals(
                "\r\u001b[Kx: 500 of 1,000 steps (50 %), 500 steps/s, 1 s left", err.toString(StandardCharsets.UTF_8));
    }
}
