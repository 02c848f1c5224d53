package dev.hyptrace.diff.bisect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.hostile.HostileInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logs of sessions with bytes, words and lines changed: they are refused with their line, or written and read again. */
class MutatedLogTest {
    private static final String[] LIKELY = {
        "test 1 good\n",
        "test 999999999 bad\n",
        "introduced 0 1\n",
        "  evidence\n",
        "# said\n",
        "build 2 " + "0".repeat(64) + " b\n",
        "skip"
    };

    private static byte[] sample() {
        StringBuilder text = new StringBuilder("hyptrace bisect 1\nproperty what\n");
        for (int i = 1; i <= 4; i++) {
            text.append(String.format("build %d %064x build-%d%n", i, i, i));
        }
        text.append("# said at 12:00\ntest 1 good\ntest 4 bad\n  R0 differs\n  R1 differs\ntest 2 skip\n");
        return text.append("test 3 bad\nintroduced 2 3\n  3 is unlike 2\n")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static SessionLog read(String name, String text) throws IOException {
        return SessionLog.read(name, new BufferedReader(new StringReader(text)));
    }

    private static String written(SessionLog log) {
        StringBuilder text = new StringBuilder(log.head());
        log.tests().forEach((build, observation) -> text.append(SessionLog.entry(build, observation)));
        log.comparisons().forEach((pair, evidence) -> text.append(SessionLog.entry(pair, evidence)));
        return text.toString();
    }

    @Test
    void mutatedLog_isRefusedOrReadAgain() {
        HostileInput.text("bisect log", List.of(sample()), LIKELY)
                .refusedWith(TraceFormatException.class, "log: line ")
                .read(3000, input -> {
                    String written = written(read("log", new String(input, StandardCharsets.UTF_8)));
                    assertEquals(written, written(read("written", written)));
                    return written.replace('\n', ' ');
                });
    }
}
