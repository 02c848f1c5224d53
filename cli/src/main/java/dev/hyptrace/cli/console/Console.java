package dev.hyptrace.cli.console;

import java.io.BufferedWriter;
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

/**
 * Standard output and standard error, always in UTF-8, and what is known of them.
 *
 * <p>Java cannot tell which of the two is a terminal; the launcher can, and says so in the system property
 * {@value #TERMINALS}: {@code out}, {@code err} or both, separated by a comma.
 */
public final class Console {
    static final String TERMINALS = "hyptrace.terminals";

    private static final int BUFFER = 1 << 16;

    private final Writer out;
    private final PrintWriter err;
    private final List<String> terminals;
    private final Map<String, String> environment;

    /**
     * A console on any two streams.
     *
     * @param terminals which of {@code out} and {@code err} are terminals
     * @param environment the variables of the environment
     */
    public Console(OutputStream out, OutputStream err, List<String> terminals, Map<String, String> environment) {
        this.out =
                new BufferedWriter(new OutputStreamWriter(new PipeOutputStream(out), StandardCharsets.UTF_8), BUFFER);
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

    /** Writes one line of talk to standard error, made fit for a terminal. */
    public void say(String line) {
        err.println(Printable.line(line));
    }

    /** Standard error itself, for text that is made here and may hold several lines, and for a progress line. */
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
