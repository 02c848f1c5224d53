package dev.hyptrace.recorder.qemu;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A QEMU that stands still before its guest's first instruction, with its GDB stub on a UNIX socket. */
final class QemuProcess implements Closeable {
    /** The longest path of a UNIX socket on Linux, without its terminating zero. */
    private static final int MAX_SOCKET_PATH = 107;

    private static final int KEPT_LINES = 20;
    private static final int MAX_LINE = 4096;
    private static final long END_SECONDS = 5;
    private static final long VERSION_SECONDS = 20;

    private final String program;
    private final Path directory;
    private final Process process;
    private final Thread console;
    private final Thread errors;
    private final Deque<String> complaints = new ArrayDeque<>();

    private QemuProcess(String program, Path directory, Process process, QemuListener listener) {
        this.program = program;
        this.directory = directory;
        this.process = process;
        console = pump("console", process.getInputStream(), listener::console);
        errors = pump("complaints", process.getErrorStream(), line -> complain(line, listener));
    }

    /**
     * Starts QEMU.
     *
     * @param arguments without those for the GDB stub
     * @throws IOException when it cannot be started
     */
    static QemuProcess start(String program, List<String> arguments, QemuListener listener) throws IOException {
        Path directory = socketDirectory();
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(arguments);
        String socket = directory.resolve("gdb").toString().replace(",", ",,");
        command.addAll(List.of("-S", "-gdb", "unix:" + socket + ",server=on,wait=off"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
        try {
            return new QemuProcess(program, directory, builder.start(), listener);
        } catch (IOException e) {
            Files.delete(directory);
            throw notStarted(program, e);
        }
    }

    private static IOException notStarted(String program, IOException cause) {
        return new IOException(
                program + " cannot be started: " + cause.getMessage()
                        + "; install it (Debian: apt-get install qemu-system-arm) or name it",
                cause);
    }

    private static Path socketDirectory() throws IOException {
        Path directory = Files.createTempDirectory("hyptrace");
        if (directory.resolve("gdb").toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH) {
            return directory;
        }
        Files.delete(directory);
        return Files.createTempDirectory(Path.of("/tmp"), "hyptrace");
    }

    /**
     * The first line of {@code program --version}.
     *
     * @throws IOException when there is no such program, or when it does not end
     */
    static String version(String program) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(program, "--version")
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw notStarted(program, e);
        }
        try (InputStream out = process.getInputStream()) {
            if (!process.waitFor(VERSION_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(
                        program + " --version did not end within " + VERSION_SECONDS + " s: it is no QEMU");
            }
            String text = new String(out.readNBytes(MAX_LINE), StandardCharsets.UTF_8);
            return text.lines().findFirst().orElse("").trim();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + program + " for its version", e);
        } finally {
            process.destroyForcibly();
        }
    }

    UnixDomainSocketAddress stub() {
        return UnixDomainSocketAddress.of(directory.resolve("gdb"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Why QEMU is no longer there, as one clause; what is known if it still is. */
    String lastWords() {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                return program + " is still running";
            }
            join(errors);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String words;
        synchronized (complaints) {
            words = complaints.isEmpty() ? "without a word" : complaints.getLast();
        }
        int status = process.exitValue();
        String how = status > 128 ? "was killed by signal " + (status - 128) : "ended with status " + status;
        return program + " " + how + ": " + words;
    }

    private void complain(String line, QemuListener listener) {
        synchronized (complaints) {
            complaints.addLast(line);
            if (complaints.size() > KEPT_LINES) {
                complaints.removeFirst();
            }
        }
        listener.complaint(line);
    }

    private static Thread pump(String name, InputStream stream, Consumer<String> lines) {
        Thread thread = new Thread(() -> copy(stream, lines), "hyptrace-qemu-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Hands on lines without their ends; a longer one in pieces. */
    private static void copy(InputStream stream, Consumer<String> lines) {
        StringBuilder line = new StringBuilder();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c == '\n' || line.length() >= MAX_LINE) {
                    lines.accept(line.toString());
                    line.setLength(0);
                }
                if (c != '\n' && c != '\r') {
                    line.append((char) c);
                }
            }
        } catch (IOException e) {
            line.append(" (").append(e.getMessage()).append(')');
        }
        if (!line.isEmpty()) {
            lines.accept(line.toString());
        }
    }

    private void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            Files.deleteIfExists(directory.resolve("gdb"));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void join(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
    }

    /** Ends QEMU at once; what it has printed has been handed on then. */
    @Override
    public void close() {
        kill();
        try {
            join(console);
            join(errors);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
