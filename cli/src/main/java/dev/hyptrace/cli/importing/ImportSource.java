package dev.hyptrace.cli.importing;

import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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

    private ImportSource(Path file, CountingStream bytes, ImportFormat format, ImportOptions options)
            throws IOException {
        this.name = file.toString();
        this.bytes = bytes;
        this.in = new BufferedInputStream(bytes, HEAD);
        this.size = Files.size(file);
        this.format = format == ImportFormat.AUTO ? recognise() : format;
        if (!options.code().isEmpty() && this.format != ImportFormat.CORESIGHT) {
            throw new CommandException("--code: " + name + " is of the format " + this.format + ", expected coresight");
        }
        if (options.ram().wantsPages() && this.format != ImportFormat.MIGRATION) {
            throw new CommandException("--ram: " + name + " is of the format " + this.format + ", expected migration");
        }
        this.importer = importer(options);
    }

    /**
     * Opens a file.
     *
     * @throws CommandException when it is of no format that is known
     */
    public static ImportSource open(Path file, ImportFormat format, ImportOptions options) throws IOException {
        if (Files.isDirectory(file)) {
            throw new CommandException(file + ": is a directory, expected a file");
        }
        CountingStream bytes = new CountingStream(Files.newInputStream(file));
        try {
            return new ImportSource(file, bytes, format, options);
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
            throw new CommandException(name + ": byte 0: the file is empty, expected one of: " + ImportFormat.titles());
        }
        return ImportFormat.of(head)
                .orElseThrow(() -> new CommandException(name + ": byte 0: by how it begins it is none of: "
                        + ImportFormat.titles() + "; --format names what it is"));
    }

    private Importer importer(ImportOptions options) {
        return switch (format) {
            case CSV ->
                options.columns().map(map -> TextImporter.table(name, map)).orElseGet(() -> new CsvImporter(name));
            case MIGRATION -> TextImporter.migration(name, options.ram());
            case EXECLOG -> TextImporter.execlog(name);
            case TARMAC -> TextImporter.tarmac(name);
            case FTRACE -> TextImporter.ftrace(name);
            case CORESIGHT -> TextImporter.coreSight(name, options.code());
            case DS5 -> TextImporter.ds5(name);
            case SNAPSHOT -> TextImporter.snapshot(name);
            case UART -> TextImporter.uart(name, options.patterns());
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

    /** The size of the file in bytes; 0 where it has none, as a pipe. */
    public long size() {
        return size;
    }

    /** How much of the file was read, in bytes. */
    public long done() {
        return bytes.count();
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
