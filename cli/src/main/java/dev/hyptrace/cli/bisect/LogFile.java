package dev.hyptrace.cli.bisect;

import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.diff.bisect.Build;
import dev.hyptrace.diff.bisect.SessionLog;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The log that a session writes, and the one that it repeats: they may be the same file. */
public final class LogFile implements Appendable, Closeable {
    private final Optional<Path> written;
    private final Optional<Path> replayed;
    private final Optional<SessionLog> known;
    private Writer writer;

    /**
     * Reads the log to repeat.
     *
     * @param written the log to write, or null
     * @param replayed the log to repeat, or null
     * @param force whether to replace one that exists
     */
    public LogFile(Path written, Path replayed, boolean force) throws IOException {
        this.written = Optional.ofNullable(written);
        this.replayed = Optional.ofNullable(replayed);
        if (written != null && Files.exists(written) && !force && !written.equals(replayed)) {
            throw new CommandException(written + ": exists already; --force replaces it");
        }
        this.known = replayed == null ? Optional.empty() : Optional.of(read(replayed));
    }

    private static SessionLog read(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return SessionLog.read(file.toString(), reader);
        }
    }

    /** The log to repeat. */
    public Optional<SessionLog> known() {
        return known;
    }

    /**
     * What is answered already.
     *
     * @throws IOException when the log to repeat is about something else
     */
    public SessionLog answers(String question, List<Build> series) throws IOException {
        if (known.isEmpty()) {
            return SessionLog.begin(question, series);
        }
        known.get().requireSame(replayed.orElseThrow().toString(), question, series);
        return new SessionLog(question, series, known.get().tests(), known.get().comparisons());
    }

    @Override
    public LogFile append(CharSequence text) throws IOException {
        if (writer == null) {
            writer = written.isPresent() ? Files.newBufferedWriter(written.get()) : Writer.nullWriter();
        }
        writer.append(text).flush();
        return this;
    }

    @Override
    public LogFile append(CharSequence text, int start, int end) throws IOException {
        return append(text.subSequence(start, end));
    }

    @Override
    public LogFile append(char character) throws IOException {
        return append(String.valueOf(character));
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
