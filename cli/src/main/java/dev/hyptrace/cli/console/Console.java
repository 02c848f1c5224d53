package dev.hyptrace.cli.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Standard output and standard error, always in UTF-8, and what is known of them.
 *
 * <p>Java cannot tell which of the two is a terminal; the launcher can, and says so in the system property
 * {@value #TERMINALS}: {@code out}, {@code err} or both, separated by a comma.
 */
public final class Console {
    static final String TERMINALS = "hyptrace.terminals";

    private static final int BUFFER = 1 << 16;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final OutputStream bytes;
    private final Writer out;
    private final PrintWriter err;
    private final List<String> terminals;
    private final Map<String, String> environment;
    private boolean progressShown;
    private boolean guestUnread;

    /**
     * A console on any two streams.
     *
     * @param terminals which of {@code out} and {@code err} are terminals
     * @param environment the variables of the environment
     */
    public Console(OutputStream out, OutputStream err, List<String> terminals, Map<String, String> environment) {
        this.bytes = new BufferedOutputStream(new PipeOutputStream(out), BUFFER);
        this.out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
        this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
        this.terminals = List.copyOf(terminals);
        this.environment = Map.copyOf(environment);
    }

    /** The console of this process. */
    public static Console ofProcess() {
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Arrays.asList(System.getProperty(TERMINALS, "").split(",")),
                System.getenv());
    }

    /** Standard output, for data. Buffered: what a command wrote is flushed when it ends. */
    public Writer out() {
        return out;
    }

    /** Takes a guest's output, byte by byte, and passes it on to standard output line by line. */
    public IntConsumer guestOutput() {
        return new ByteOutput(bytes, isOutTerminal());
    }

    /**
     * Passes a line of a guest's console on to standard output, for as long as that can be written: a guest is not stopped
     * because nobody reads what it says. From any thread.
     */
    public synchronized void guestLine(String line) {
        clearProgress();
        if (guestUnread) {
            return;
        }
        try {
            out.write((isOutTerminal() ? Printable.line(line) : line) + "\n");
            out.flush();
        } catch (IOException e) {
            guestUnread = true;
        }
    }

    /** Writes one line of talk to standard error, made fit for a terminal. From any thread. */
    public synchronized void say(String line) {
        clearProgress();
        err.println(Printable.line(line));
    }

    /** Begins to tell of a long piece of work. */
    public Progress progress() {
        return new Progress(this);
    }

    synchronized void showProgress(String line) {
        err.print(ERASE_LINE + Printable.line(line));
        err.flush();
        progressShown = true;
    }

    synchronized void clearProgress() {
        if (progressShown) {
            err.print(ERASE_LINE);
            err.flush();
            progressShown = false;
        }
    }

    /** Standard error itself, for text that is made here and may hold several lines. */
    public PrintWriter err() {
        return err;
    }

    public boolean isOutTerminal() {
        return terminals.contains("out");
    }

    public boolean isErrTerminal() {
        return terminals.contains("err");
    }

    /** Whether data goes out in colour. An empty NO_COLOR counts as none: no-color.org. */
    public boolean isColored(ColorChoice choice) {
        return switch (choice) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> isOutTerminal() && !isSet("NO_COLOR") && !"dumb".equals(environment.get("TERM"));
        };
    }

    /** Whether a variable of the environment is there and not empty. */
    public boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    public void flush() throws IOException {
        out.flush();
        err.flush();
    }
}
