package dev.hyptrace.recorder.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.gdb.FakeStub;
import dev.hyptrace.recorder.gdb.GdbChannel;
import dev.hyptrace.recorder.gdb.GdbException;
import dev.hyptrace.recorder.gdb.ScriptedStub;
import dev.hyptrace.recorder.live.FollowListener;
import dev.hyptrace.recorder.live.FollowOptions;
import dev.hyptrace.traces.hostile.HostileInput;
import dev.hyptrace.traces.model.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recorded session of OpenOCD of which some answers are changed, after any number that are not: it is refused with a sentence, or
 * recorded. An input is that number, and the changed answers, one a line; what OpenOCD's console says is written as text in it.
 */
class MutatedOpenOcdTest {
    private static final Path SESSION = Path.of(
            "..",
            "cli",
            "src",
            "test",
            "resources",
            "dev",
            "hyptrace",
            "cli",
            "board",
            "openocd-0.12-two-hypercalls.packets.gz");
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int HVBAR = 0x4001_0240;
    private static final int ANSWERS_IN_SAMPLE = 12;
    private static final int LONGEST_ANSWER = 600;
    /** Before an answer that goes out as hexadecimal digits. */
    private static final char CONSOLE = '"';

    private static final String[] LIKELY = {
        "OK\n",
        "E01\n",
        "\n",
        "l\n",
        "T05\n",
        "S02\n",
        "W00\n",
        "O6869\n",
        "xxxxxxxx\n",
        "\"hyptrace:0:0x0\n",
        "\"hyptrace:1:Error\n",
        "\"hyptrace:0:\n",
        "hyptrace:0:4294967296 -1 x 0x",
        "\"Open On-Chip Debugger 0.12\n",
        "\" address 0x80000000\n",
        "600001da"
    };

    @TempDir
    private Path folder;

    private static List<String> answers() throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(SESSION))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.startsWith("<"))
                    .map(line -> line.substring(2))
                    .toList();
        }
    }

    private static List<byte[]> samples(List<String> answers) {
        List<byte[]> samples = new ArrayList<>();
        for (int from = 0; from < answers.size(); from += ANSWERS_IN_SAMPLE) {
            StringBuilder sample = new StringBuilder(from + "\n");
            for (String answer : answers.subList(from, Math.min(from + ANSWERS_IN_SAMPLE, answers.size()))) {
                sample.append(answer.length() > LONGEST_ANSWER ? "=" : readable(answer))
                        .append('\n');
            }
            samples.add(bytes(sample.toString()));
        }
        return samples;
    }

    private static String readable(String answer) {
        if (!answer.startsWith("68797074") && !answer.startsWith("4f70656e")) {
            return answer;
        }
        return CONSOLE + new String(HexFormat.of().parseHex(answer), StandardCharsets.ISO_8859_1).replace('\n', '\1');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void mutatedSession_isRefusedOrRecorded() throws IOException {
        List<String> answers = answers();
        try (ScriptedStub stub = new ScriptedStub(folder)) {
            HostileInput.text("openocd", samples(answers), LIKELY)
                    .refusedWith(GdbException.class, ScriptedStub.NAME)
                    .read(100, input -> stub.said(session(input, answers), MutatedOpenOcdTest::record));
        }
    }

    /** The packets of the session. A line "=" is the answer that was given. */
    private static byte[] session(byte[] input, List<String> answers) {
        List<String> lines =
                new String(input, StandardCharsets.ISO_8859_1).lines().toList();
        boolean numbered = !lines.isEmpty() && lines.get(0).matches("[0-9]{1,3}");
        int before = numbered ? Math.min(Integer.parseInt(lines.get(0)), answers.size()) : 0;
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        for (String answer : answers.subList(0, before)) {
            packets.writeBytes(bytes(FakeStub.packet(answer)));
        }
        int place = before;
        for (String line : lines.subList(numbered ? 1 : 0, lines.size())) {
            String answer = line.equals("=") && place < answers.size() ? answers.get(place) : sent(line);
            packets.writeBytes(bytes(FakeStub.packet(answer)));
            place++;
        }
        for (String answer : answers.subList(Math.min(place, answers.size()), answers.size())) {
            packets.writeBytes(bytes(FakeStub.packet(answer)));
        }
        return packets.toByteArray();
    }

    private static String sent(String line) {
        return line.isEmpty() || line.charAt(0) != CONSOLE
                ? line
                : HexFormat.of().formatHex(bytes(line.substring(1).replace('\1', '\n')));
    }

    private static String record(GdbChannel channel) throws IOException {
        FollowOptions options = FollowOptions.defaults().withLimit(2).withBases(new TreeSet<>(List.of(HVBAR)));
        List<Event> events = new ArrayList<>();
        try (ServerRecording recording = ServerRecording.over(channel, PATIENCE, options, FollowListener.NONE)) {
            assertTrue(recording.header().attributes().containsKey("limits"));
            try {
                recording.record(events::add);
            } catch (GdbException refused) {
                return events.size() / 8 + refused.getMessage();
            }
        }
        return kinds(events);
    }

    private static String kinds(List<Event> events) {
        StringBuilder kinds = new StringBuilder();
        events.forEach(event -> kinds.append(event.getClass().getSimpleName().charAt(0)));
        return kinds.toString();
    }
}
