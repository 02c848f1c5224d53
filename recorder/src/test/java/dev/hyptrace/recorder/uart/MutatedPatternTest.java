package dev.hyptrace.recorder.uart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.hostile.HostileInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pattern and the lines it is looked for in, both changed: it is refused with a sentence, or looked for in bounded time. */
class MutatedPatternTest {
    private static final String[] LIKELY = {
        "(?<r0>",
        "(?<elrhyp>[0-9a-f]{8})",
        "(?<cpu>\\d+)",
        "(?<psr>\\S+)",
        ")",
        "*",
        "+",
        "(a*)*",
        "(.|.)+",
        "\\1",
        "(?=",
        "{0,9999}",
        "[^",
        "|"
    };
    private static final List<String> SAMPLES = List.of("""
            trap: pc=(?<pc>[0-9a-f]{8}) lr=(?<lr>[0-9a-f]{8}) psr=(?<psr>[0-9a-f]{8})
            boot
            trap: pc=c0008000 lr=c0008004 psr=600001da
            trap: pc=c0008000 lr= psr=1
            """, """
            (?<r0>[0-9a-f]+) (?<ttbr0>0x[0-9a-f]+)
            12345678 0x123456789abcdef0
            ffffffffff 0x1
            """, """
            CPU(?<cpu>[0-9]+).* hsr[:=](?<HSR>(0x)?\\w+)(?: hyp (?<elrhyp>\\w+))?
            CPU1 xx hsr=0x4a000000 hyp 8000
            CPU256 hsr:zz
            """);

    @Test
    void mutatedPattern_isRefusedOrLookedFor() {
        List<byte[]> samples = SAMPLES.stream()
                .map(sample -> sample.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        HostileInput.text("pattern", samples, LIKELY).read(2000, MutatedPatternTest::read);
    }

    private static String read(byte[] input) throws IOException {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n') + 1;
        List<LinePattern> patterns;
        try {
            patterns = List.of(LinePattern.of(text.substring(0, Math.max(0, end - 1))));
        } catch (IllegalArgumentException refused) {
            assertEquals(IllegalArgumentException.class, refused.getClass());
            return refused.getMessage();
        }
        byte[] lines = text.substring(end).getBytes(StandardCharsets.ISO_8859_1);
        try {
            TextReport report = UartLog.read("log", new ByteArrayInputStream(lines), patterns, event -> {});
            return report.counts().keySet() + " " + report.problems();
        } catch (TraceFormatException refused) {
            return refused.getMessage();
        }
    }
}
