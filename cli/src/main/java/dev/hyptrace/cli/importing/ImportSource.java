package dev.hyptrace.cli.importing;

import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.recorder.qemulog.Count;
import dev.hyptrace.recorder.qemulog.QemuLog;
import dev.hyptrace.recorder.qemulog.QemuLogReader;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A file that is imported. */
public final class ImportSource implements Closeable {
    /** How much of a file is looked at to recognise it. */
    private static final int HEAD = 64 * 1024;

    private final String name;
    private final CountingStream bytes;
    private final long size;
    private final QemuLogReader reader;

    private ImportSource(String name, CountingStream bytes, long size, QemuLogReader reader) {
        this.name = name;
        this.bytes = bytes;
        this.size = size;
        this.reader = reader;
    }

    /**
     * Opens a file.
     *
     * @throws CommandException when it is not of the format, or of none that is known
     */
    public static ImportSource open(Path file, ImportFormat format) throws IOException {
        if (Files.isDirectory(file)) {
            throw new CommandException(file + ": is a directory, expected a file");
        }
        CountingStream bytes = new CountingStream(Files.newInputStream(file));
        try {
            BufferedInputStream in = new BufferedInputStream(bytes, HEAD);
            if (format == ImportFormat.AUTO) {
                recognise(file, in);
            }
            return new ImportSource(file.toString(), bytes, Files.size(file), QemuLog.open(file.toString(), in));
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static void recognise(Path file, InputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        if (head.length == 0) {
            throw new CommandException(file + ": byte 0: the file is empty, expected a QEMU log");
        }
        if (!QemuLog.looksLike(head)) {
            throw new CommandException(file + ": byte 0: not recognised as a QEMU log"
                    + " (-d in_asm,exec,cpu,int); --format " + ImportFormat.QEMU_LOG + " reads it as one");
        }
    }

    /** The file as the user named it. */
    public String name() {
        return name;
    }

    /** The header of a recording that is made of it. */
    public TraceHeader header() {
        return QemuLog.header();
    }

    /** The next event, or null after the last one. */
    public Event next() throws IOException {
        return reader.next();
    }

    /** How far it is read, for people. */
    public String progress() {
        long done = bytes.count();
        return size > 0
                ? String.format(
                        Locale.ROOT, "%s: %d %% of %,d MB", name, Math.min(100, 100 * done / size), size / 1_000_000)
                : String.format(Locale.ROOT, "%s: %,d MB", name, done / 1_000_000);
    }

    /** What was wrong with it so far: sentences that name the file and the line, the first of {@link #problemCount}. */
    public List<String> problems() {
        return reader.report().problems();
    }

    public long problemCount() {
        return reader.report().count(Count.PROBLEMS);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
