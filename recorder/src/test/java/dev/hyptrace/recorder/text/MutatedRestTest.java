package dev.hyptrace.recorder.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.ds5.Ds5Trace;
import dev.hyptrace.recorder.execlog.Execlog;
import dev.hyptrace.recorder.ftrace.Ftrace;
import dev.hyptrace.recorder.qemulog.QemuLog;
import dev.hyptrace.recorder.tarmac.Tarmac;
import dev.hyptrace.recorder.uart.UartLog;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.hostile.HostileInput;
import dev.hyptrace.traces.model.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What was recorded before a text became hostile is what it was: no value of it changes, and nothing is lost. */
class MutatedRestTest {
    private static final Path FOLDER = Path.of("..", "traces", "samples");
    /** What is looked at of a text before and after the place from which it is changed. */
    private static final int LINES = 150;
    /** How many events before that place may wait for what follows them: see {@link #settled}. */
    private static final int WAITING = 3;

    private static final String NAME = "input";
    private static final int USUAL = 400;

    /** Reads an input. */
    private interface Reading {
        void read(InputStream in, EventSink sink) throws IOException;
    }

    @Test
    void trace_beforeWhatWasChanged_isAsItWas() throws IOException {
        mutate("ftrace, rest", "ftrace/linux-5.4-kvm-icount.ftrace.gz", (in, sink) -> Ftrace.read(NAME, in, sink));
    }

    @Test
    void console_beforeWhatWasChanged_isAsItWas() throws IOException {
        mutate("uart, rest", "uart/linux-5.4-oops.uart.gz", (in, sink) -> UartLog.read(NAME, in, List.of(), sink));
    }

    @Test
    void execlog_beforeWhatWasChanged_isAsItWas() throws IOException {
        mutate(
                "execlog, rest",
                "execlog/allhypentries-registers-qemu10.0.2.execlog.gz",
                (in, sink) -> Execlog.read(NAME, in, sink));
    }

    @Test
    void ds5Table_beforeWhatWasChanged_isAsItWas() throws IOException {
        mutate("ds5, rest", "ds5/tc2-0x13-excerpt.txt", (in, sink) -> Ds5Trace.read(NAME, in, sink));
    }

    @Test
    void tarmac_beforeWhatWasChanged_isAsItWas() throws IOException {
        mutate(
                "tarmac, rest",
                "tarmac/calculator-aarch32-fastmodel.tarmac.gz",
                (in, sink) -> Tarmac.read(NAME, in, sink));
    }

    @Test
    void qemuLog_beforeWhatWasChanged_isAsItWas() throws IOException {
        mutate("qemu log, rest", "blocks/g3-on-g3-singlestep.qemu.log.gz", (in, sink) -> QemuLog.read(NAME, in, sink));
    }

    private static void mutate(String parser, String sample, Reading reading) throws IOException {
        List<String> lines = lines(FOLDER.resolve(sample));
        int place = Math.min(LINES, lines.size() / 2);
        byte[] before = bytes(lines.subList(0, place));
        List<Event> expected = settled(read(before, reading));
        assertTrue(expected.size() > WAITING, expected::toString);
        byte[] rest = bytes(lines.subList(place, Math.min(lines.size(), 2 * place)));
        HostileInput.text(parser, List.of(rest), "\0", "0", "\n").read(USUAL, input -> {
            byte[] text = Arrays.copyOf(before, before.length + input.length);
            System.arraycopy(input, 0, text, before.length, input.length);
            List<Event> events = read(text, reading);
            assertEquals(expected, events.subList(0, Math.min(expected.size(), events.size())));
            return events.stream()
                    .map(event -> event.getClass().getSimpleName())
                    .toList()
                    .toString();
        });
    }

    /** Without the last step and what came after the one before it: registers and exceptions stand in the lines behind a step. */
    private static List<Event> settled(List<Event> events) {
        return events.subList(0, Math.max(0, events.size() - WAITING));
    }

    private static List<Event> read(byte[] text, Reading reading) throws IOException {
        List<Event> events = new ArrayList<>();
        reading.read(new ByteArrayInputStream(text), events::add);
        return events;
    }

    private static List<String> lines(Path file) throws IOException {
        boolean gzip = file.toString().endsWith(".gz");
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = gzip ? new GZIPInputStream(in) : in) {
            return Arrays.asList(new String(plain.readAllBytes(), StandardCharsets.ISO_8859_1).split("(?<=\n)"));
        }
    }

    private static byte[] bytes(List<String> lines) {
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }
}
