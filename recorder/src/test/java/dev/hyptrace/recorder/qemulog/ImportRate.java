package dev.hyptrace.recorder.qemulog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Measures how fast a log becomes events, on one thread: reads a recorded log of single steps, repeated to some 100 MB, a few
 * times and prints a line for each. Not a test: run it with the test class path.
 */
final class ImportRate {
    private static final int MEGABYTES = 300;
    private static final int ROUNDS = 6;

    private ImportRate() {}

    public static void main(String[] arguments) throws IOException {
        Path log = Files.createTempFile("import-rate", ".log");
        try {
            write(log);
            for (int round = 1; round <= ROUNDS; round++) {
                measure(log, round);
            }
        } finally {
            Files.delete(log);
        }
    }

    private static void write(Path log) throws IOException {
        byte[] text = SampleLogs.text(SampleLogs.KVM);
        try (OutputStream out = Files.newOutputStream(log)) {
            for (long written = 0; written < MEGABYTES * 1_000_000L; written += text.length) {
                out.write(text);
            }
        }
    }

    private static void measure(Path log, int round) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long wall = System.nanoTime();
        long process = processTime();
        long cpu = threads.getCurrentThreadCpuTime();
        long[] hash = new long[1];
        ImportReport report;
        try (InputStream in = Files.newInputStream(log)) {
            report = QemuLog.read(log.toString(), in, event -> hash[0] += event.cpu());
        }
        double processSeconds = (processTime() - process) / 1e9;
        double cpuSeconds = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
        double wallSeconds = (System.nanoTime() - wall) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "round %d: %.0f MB/s and %.0f instructions/s by the time of its thread; %.0f MB/s by that of the process,"
                        + " compiler and collector included; %.0f MB/s by the clock%n",
                round,
                report.bytes() / 1e6 / cpuSeconds,
                report.count(Count.STEPS) / cpuSeconds,
                report.bytes() / 1e6 / processSeconds,
                report.bytes() / 1e6 / wallSeconds);
    }

    private static long processTime() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }
}
