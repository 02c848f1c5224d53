package dev.hyptrace.recorder.tarmac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.hostile.HostileInput;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Pieces of recorded traces with bytes, words and lines changed: they are read in bounded time, refused only as no trace at all, and
 * what is made of them keeps the model's promises.
 */
class MutatedTraceTest {
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
        List<byte[]> samples = List.of(TraceText.text(TraceText.FAST_MODEL), TraceText.text(TraceText.CYCLE_MODEL));
        HostileInput.text("tarmac", samples, WORDS)
                .refusedWith(TraceFormatException.class, "trace: line ")
                .read(4000, MutatedTraceTest::check);
    }

    private static String check(byte[] trace) throws IOException {
        TraceText.Result read = TraceText.read(trace);
        TarmacReport report = read.report();
        assertEquals(trace.length, report.bytes());
        assertEquals(read.all(Event.Step.class).size(), report.steps());
        assertEquals(read.all(Event.Gap.class).size(), report.gaps());
        assertEquals(read.all(Event.Note.class).size(), report.notes());
        for (Event.Step step : read.all(Event.Step.class)) {
            assertEquals(Integer.toUnsignedLong(step.address()), step.before().require(Register.PC));
        }
        report.problems().forEach(problem -> assertTrue(problem.startsWith("trace: line "), problem));
        return report.exceptions() + " " + report.problems();
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
