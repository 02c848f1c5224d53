package dev.hyptrace.recorder.tarmac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Pieces of recorded traces with bytes flipped, lines exchanged and the end cut off, and lines of random words: they are read
 * in bounded time, refused only as no trace at all, and what is made of them keeps the model's promises. A failure names its
 * seed. With {@code -Dhyptrace.tarmac.inputs=1000000} it is so many inputs.
 */
class MutatedTraceTest {
    private static final int INPUTS = Integer.getInteger("hyptrace.tarmac.inputs", 4000);
    private static final int LINES = 60;
    private static final String[] WORDS = {
        "IT",
        "IS",
        "ES",
        "R",
        "E",
        "MR4",
        "MW8",
        "MR16",
        "MNR4I",
        "R08",
        "W04",
        "LD",
        "ST",
        "BR",
        "EXC",
        "cpu1",
        "cpu9999",
        "(1)",
        "(00008000:e3a00601)",
        "00008000",
        "e3a00601",
        "bf08",
        "4770",
        "A",
        "T",
        "T16",
        "X",
        "O",
        "svc_s:",
        "hyp_n",
        ":",
        "usr",
        "r0",
        "r13",
        "SP",
        "spsr",
        "cpsr",
        "SPSR_hyp",
        "HTTBR",
        "TTBR0_64_S",
        "Q1",
        "V2<127:64>",
        "s3",
        "d31",
        "--------",
        "........",
        "......##",
        "00000001",
        "0123456789abcdef",
        "01234567_89abcdef",
        "(ABORTED)",
        "CoreEvent_IRQ",
        "00000019",
        "CoreEvent_ModeChange",
        "[0x08]",
        "CCFAIL",
        "clk",
        "ps",
        "12",
        "<63:0>",
        "zz",
        "ffffffffffffffffffffffffffffffff0",
        "\0"
    };

    @Test
    void mutatedTrace_isReadWithoutHarm() throws IOException {
        List<List<String>> originals = List.of(lines(TraceText.FAST_MODEL), lines(TraceText.CYCLE_MODEL));
        Duration limit = Duration.ofSeconds(60 + INPUTS / 100);
        assertTimeoutPreemptively(limit, () -> {
            for (int seed = 0; seed < INPUTS; seed++) {
                Random random = new Random(seed);
                check("seed " + seed, input(originals.get(seed % 2), random));
            }
        });
    }

    private static List<String> lines(String name) throws IOException {
        return new String(TraceText.text(name), StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
    }

    private static byte[] input(List<String> original, Random random) {
        int from = random.nextInt(original.size() - LINES);
        List<String> lines = new ArrayList<>(original.subList(from, from + random.nextInt(LINES)));
        lines.add(random.nextInt(lines.size() + 1), original.get(from + LINES));
        for (int edits = random.nextInt(6); edits > 0; edits--) {
            edit(lines, random);
        }
        byte[] bytes =
                String.join(random.nextInt(8) == 0 ? "\r\n" : "\n", lines).getBytes(StandardCharsets.ISO_8859_1);
        for (int flips = random.nextInt(8); flips > 0 && bytes.length > 0; flips--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    private static void edit(List<String> lines, Random random) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(5)) {
            case 0 -> lines.set(at, lines.set(random.nextInt(lines.size()), line));
            case 1 -> lines.add(at, line.substring(random.nextInt(line.length() + 1)));
            case 2 -> lines.add(at, line.substring(0, random.nextInt(line.length() + 1)));
            default -> lines.add(at, words(random));
        }
    }

    private static String words(Random random) {
        StringBuilder line = new StringBuilder(random.nextBoolean() ? "7 clk " : "   ");
        for (int count = 1 + random.nextInt(7); count > 0; count--) {
            line.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(12) == 0 ? "" : " ");
        }
        return line.toString();
    }

    private static void check(String what, byte[] trace) {
        TraceText.Result read;
        try {
            read = TraceText.read(trace);
        } catch (TraceFormatException refused) {
            assertTrue(refused.getMessage().startsWith("trace: line "), what + refused.getMessage());
            return;
        } catch (IOException | RuntimeException failed) {
            throw new AssertionError(what, failed);
        }
        TarmacReport report = read.report();
        assertEquals(trace.length, report.bytes(), what);
        assertEquals(read.all(Event.Step.class).size(), report.steps(), what);
        assertEquals(read.all(Event.Gap.class).size(), report.gaps(), what);
        assertEquals(read.all(Event.Note.class).size(), report.notes(), what);
        for (Event.Step step : read.all(Event.Step.class)) {
            assertEquals(Integer.toUnsignedLong(step.address()), step.before().require(Register.PC), what);
        }
        report.problems().forEach(problem -> assertTrue(problem.startsWith("trace: line "), problem));
    }

    @Test
    void lineOfManyMegabytes_isAProblemAndTheRestIsRead() throws IOException {
        ByteArrayOutputStream trace = new ByteArrayOutputStream();
        trace.writeBytes(
                "1 clk IT (1) 00008000 e320f000 A svc_n : NOP\n1 clk R r0 0".getBytes(StandardCharsets.US_ASCII));
        byte[] zeros = new byte[1 << 20];
        Arrays.fill(zeros, (byte) '0');
        for (int i = 0; i < 32; i++) {
            trace.write(zeros);
        }
        trace.writeBytes("\n2 clk IT (2) 00008004 e320f000 A svc_n : NOP\n".getBytes(StandardCharsets.US_ASCII));
        TarmacReport report = TraceText.read(trace.toByteArray()).report();
        assertEquals(2, report.steps());
        assertEquals(1, report.problemCount());
        assertTrue(report.problems().get(0).startsWith("trace: line 2: a line of 33554"), report.problems()::toString);
    }

    @Test
    void endlessAccesses_ofOneStepAreBounded() throws IOException {
        String access = "1 clk MR4 00008000 00000000\n".repeat(20_000);
        TraceText.Result read = TraceText.read(
                ("1 clk IT (1) 00008000 e320f000 A svc_n : NOP\n" + access).getBytes(StandardCharsets.US_ASCII));
        assertEquals(256, read.step(0).accesses().size());
        assertEquals(10_000, read.report().notes());
        assertEquals(9744, read.report().notesLeftOut());
    }
}
