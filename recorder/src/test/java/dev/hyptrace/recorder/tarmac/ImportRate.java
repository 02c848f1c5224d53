package dev.hyptrace.recorder.tarmac;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Measures how fast a trace becomes events on one thread: writes one as Fast Models do, of some million instructions in loops
 * with loads, stores, flags and hypercalls, and reads it a few times. Not a test: run it with the test class path. An argument
 * names the file to write and keep.
 */
final class ImportRate {
    private static final int INSTRUCTIONS = 5_000_000;
    private static final int ROUNDS = 4;
    private static final int BODY = 200;

    private ImportRate() {}

    public static void main(String[] arguments) throws IOException {
        Path trace = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempFile("import-rate", ".tarmac");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(trace), 1 << 20)) {
            write(out, new Random(1));
        }
        for (int round = 1; round <= ROUNDS; round++) {
            measure(trace, round);
        }
        if (arguments.length == 0) {
            Files.delete(trace);
        }
    }

    /** Loops over a body of 200 instructions, of which each fifth pass ends in a hypercall. */
    private static void write(OutputStream out, Random random) throws IOException {
        int tick = 0;
        int pass = 0;
        line(out, "0 clk R cpsr 600001d3\n");
        while (tick < INSTRUCTIONS) {
            for (int i = 0; i < BODY; i++) {
                instruction(out, random, ++tick, 0x8000 + 4 * i, i);
            }
            int end = 0x8000 + 4 * BODY;
            if (++pass % 5 == 0) {
                hypercall(out, ++tick);
                tick++;
                end += 4;
            }
            int branch = 0xea000000 | (0x8000 - end - 8) / 4 & 0xffffff;
            line(out, "%1$d clk IT (%1$d) %2$08x %3$08x A svc_n : B        0x8000\n", ++tick, end, branch);
        }
    }

    private static void instruction(OutputStream out, Random random, int tick, int address, int i) throws IOException {
        int register = i % 11;
        String start = tick + " clk ";
        line(out, "%sIT (%d) %08x e08%d%x002 A svc_n : ADD\n", start, tick, address, i % 10, register);
        if (i % 4 == 1) {
            int place = 0x100000 + (random.nextInt(1 << 20) & ~3);
            String kind = i % 8 == 1 ? "MW4" : "MR4";
            line(out, "%s%s %08x:0000%08x %08x\n", start, kind, place, place, random.nextInt(1 << 16));
        }
        if (i % 6 != 5) {
            line(out, "%sR r%d %08x\n", start, register, register < 4 ? random.nextInt(1 << 12) : tick);
        } else {
            line(out, "%sR cpsr %08x\n", start, (i % 12 == 5 ? 0x60000000 : 0x20000000) | 0x1d3);
        }
    }

    private static void hypercall(OutputStream out, int tick) throws IOException {
        String start = tick + " clk ";
        line(out, "%sIT (%d) %08x e1400070 A svc_n : HVC      #0\n", start, tick, 0x8000 + 4 * BODY);
        line(out, "%sE 00008320 hyp 00000019 CoreEvent_ModeChange\n%sR elr_hyp 00008324\n", start, start);
        line(out, "%sR cpsr 600001da\n%sR spsr_hyp 600001d3\n%sR HSR 4a000000\n", start, start, start);
        start = tick + 1 + " clk ";
        line(out, "%sIT (%d) 00000014 e160006e A hyp_n : ERET\n%sR cpsr 600001d3\n", start, tick + 1, start);
    }

    private static void line(OutputStream out, String format, Object... arguments) throws IOException {
        out.write(String.format(Locale.ROOT, format, arguments).getBytes(StandardCharsets.US_ASCII));
    }

    private static void measure(Path trace, int round) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long[] hash = new long[1];
        TarmacReport report;
        try (InputStream in = Files.newInputStream(trace)) {
            report = Tarmac.read(trace.toString(), in, event -> hash[0] += event.cpu());
        }
        double seconds = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "round %d: %d instructions, %.1f bytes each, %d gaps, %d problems; %.0f MB/s and %.0f instructions/s by the"
                        + " time of its thread%n",
                round,
                report.steps(),
                (double) report.bytes() / report.steps(),
                report.gaps(),
                report.problemCount(),
                report.bytes() / 1e6 / seconds,
                report.steps() / seconds);
    }
}
