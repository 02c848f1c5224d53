package dev.hyptrace.cli.importing;

import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.recorder.execlog.Execlog;
import dev.hyptrace.recorder.ftrace.Ftrace;
import dev.hyptrace.recorder.migration.Migration;
import dev.hyptrace.recorder.qemulog.QemuLog;
import dev.hyptrace.recorder.table.ColumnMap;
import dev.hyptrace.recorder.tarmac.Tarmac;
import dev.hyptrace.recorder.uart.LinePattern;
import dev.hyptrace.recorder.uart.UartLog;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A file that is imported. */
public final class ImportSource implements Closeable {
    /** How much of a file is looked at to recognise it. */
    private static final int HEAD = 64 * 1024;

    private final String name;
    private final CountingStream bytes;
    private final BufferedInputStream in;
    private final long size;
    private final ImportFormat format;
    private final Importer importer;

    private ImportSource(
            Path file,
            CountingStream bytes,
            ImportFormat format,
            List<LinePattern> patterns,
            Optional<ColumnMap> columns)
            throws IOException {
        this.name = file.toString();
        this.bytes = bytes;
        this.in = new BufferedInputStream(bytes, HEAD);
        this.size = Files.size(file);
        this.format = format == ImportFormat.AUTO ? recognise() : format;
        this.importer = importer(name, this.format, patterns, columns);
    }

    /**
     * Opens a file.
     *
     * @param patterns the user's own expressions, for {@link ImportFormat#UART}
     * @param columns which column is what, for a table of another tool ({@link ImportFormat#CSV})
     * @throws CommandException when it is of no format that is known
     */
    public static ImportSource open(
            Path file, ImportFormat format, List<LinePattern> patterns, Optional<ColumnMap> columns)
            throws IOException {
        if (Files.isDirectory(file)) {
            throw new CommandException(file + ": is a directory, expected a file");
        }
        CountingStream bytes = new CountingStream(Files.newInputStream(file));
        try {
            return new ImportSource(file, bytes, format, patterns, columns);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private ImportFormat recognise() throws IOException {
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        if (head.length == 0) {
            throw new CommandException(name
                    + ": byte 0: the file is empty, expected a QEMU log, one of its plugin execlog, its migration stream, a Tarmac trace,"
                    + " an ftrace text, a console log or a CSV table");
        }
        if (Migration.looksLike(head)) {
            return ImportFormat.MIGRATION;
        }
        if (CsvImporter.looksLike(head)) {
            return ImportFormat.CSV;
        }
        if (QemuLog.looksLike(head)) {
            return ImportFormat.QEMU_LOG;
        }
        if (Execlog.looksLike(head)) {
            return ImportFormat.EXECLOG;
        }
        if (Tarmac.looksLike(head)) {
            return ImportFormat.TARMAC;
        }
        if (Ftrace.looksLike(head)) {
            return ImportFormat.FTRACE;
        }
        if (UartLog.looksLike(head)) {
            return ImportFormat.UART;
        }
        throw new CommandException(name
                + ": byte 0: neither a QEMU log (-d in_asm,exec,cpu,int) nor one of its plugin execlog nor its migration stream nor a Tarmac trace nor a CSV"
                + " table of hypercalls or steps, nor an ftrace text with events of KVM nor a console log of Linux,"
                + " by how it begins; --format names what it is");
    }

    private static Importer importer(
            String name, ImportFormat format, List<LinePattern> patterns, Optional<ColumnMap> columns) {
        return switch (format) {
            case CSV -> columns.map(map -> TextImporter.table(name, map)).orElseGet(() -> new CsvImporter(name));
            case MIGRATION -> TextImporter.migration(name);
            case EXECLOG -> TextImporter.execlog(name);
            case TARMAC -> TextImporter.tarmac(name);
            case FTRACE -> TextImporter.ftrace(name);
            case UART -> TextImporter.uart(name, patterns);
            case AUTO, QEMU_LOG -> TextImporter.qemuLog(name);
        };
    }

    /** The file as the user named it. */
    public String name() {
        return name;
    }

    /** What it is. */
    public ImportFormat format() {
        return format;
    }

    /** The header of a recording that is made of it. */
    public TraceHeader header() {
        return importer.header();
    }

    /** Reads the whole file; what was read before something went wrong has been given to the sink. */
    public void read(EventSink sink) throws IOException {
        importer.read(in, sink);
    }

    /** How far it is read, for people. */
    public String progress() {
        long done = bytes.count();
        return size > 0
                ? String.format(
                        Locale.ROOT, "%s: %d %% of %,d MB", name, Math.min(100, 100 * done / size), size / 1_000_000)
                : String.format(Locale.ROOT, "%s: %,d MB", name, done / 1_000_000);
    }

    /** What was wrong with it: sentences that name the file and the line, the first of {@link #problemCount}. */
    public List<String> problems() {
        return importer.problems();
    }

    public long problemCount() {
        return importer.problemCount();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
