package dev.hyptrace.recorder.snapshot;

import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.recorder.text.TextReader;
import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Imports snapshots as DS-5 Debugger writes them and OpenCSD reads them: the registers of each processor of a board
 * that stands still become one {@code Snapshot} event.
 *
 * <p>A line's way through this package: {@link SnapshotParser} takes it apart; a {@link Device} collects it;
 * {@link RegisterNames} knows what it is called here. The package's documentation is the manual of the format and of
 * what is made of it.
 *
 * <p>The state of such an event is all that a run needs to begin where the board stood, memory apart:
 * {@code State.registers} lists what is known, every bank and system register under its own name, so that each can be
 * written to the same register of a machine. What is not in the state is not known and must be left as that machine has
 * it after reset, or asked for; none of it is zero. The memory is in the files that the notes behind the event name,
 * with the address space of each (S, N or H) and its address, to be written at virtual addresses by the translation
 * tables that TTBR0, HTTBR and VTTBR of the same state describe. A replay begins at the state's PC, in the mode of its
 * CPSR.
 */
public final class Ds5Snapshot {
    /** The value of {@link TraceHeader#source} for what was imported from a snapshot. */
    public static final String SOURCE = "ds5-snapshot";

    private static final String EXPECTED = "a snapshot ([snapshot] and [device_list], or [device] and [regs])";

    private Ds5Snapshot() {}

    /**
     * Reads the index of a snapshot and the files that it names, or the file of one device. Everything before the place
     * where one is damaged or cut is delivered, and the report says so; it counts registers, those that are kept, those
     * that are kept under another name already, and those that are not kept, which are notes. The stream is left open.
     *
     * @param name what to call the file in messages
     * @param folder where the files are that an index names; none outside of it is read
     * @throws TraceFormatException when the input is empty or no such file
     * @throws IOException when the stream or the sink fails
     */
    public static TextReport read(String name, InputStream in, Path folder, EventSink sink) throws IOException {
        SnapshotParser[] index = new SnapshotParser[1];
        TextReport report = read(name, in, 0, sink, index);
        if (index[0].files().isEmpty()) {
            return report;
        }
        Merged merged = new Merged(report);
        int cpu = 0;
        for (String file : index[0].files()) {
            cpu += device(name, folder, file, cpu, sink, merged) ? 1 : 0;
        }
        return merged.report();
    }

    /** Reads the file of a device; answers whether it is that of a processor. */
    private static boolean device(String name, Path folder, String file, int cpu, EventSink sink, Merged merged)
            throws IOException {
        Optional<Path> path = inside(folder, file);
        if (path.isEmpty() || !Files.isRegularFile(path.get())) {
            merged.problem(name + ": the device file '" + file + "' is not in the folder of the snapshot");
            return false;
        }
        SnapshotParser[] parser = new SnapshotParser[1];
        try (InputStream in = Files.newInputStream(path.get())) {
            merged.add(read(path.get().toString(), in, cpu, sink, parser));
        } catch (TraceFormatException refused) {
            merged.problem(refused.getMessage());
            return false;
        }
        return parser[0].isCore();
    }

    private static Optional<Path> inside(Path folder, String file) {
        try {
            Path path = folder.resolve(file).normalize();
            return path.startsWith(folder.normalize()) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException none) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("resource") // Closing the reader would close the stream, which is the caller's.
    private static TextReport read(String name, InputStream in, int cpu, EventSink sink, SnapshotParser[] parser)
            throws IOException {
        TextOutput out = new TextOutput(name);
        parser[0] = new SnapshotParser(out, cpu);
        return new TextReader(out, parser[0], EXPECTED, in).readAll(sink);
    }

    /** The header of a recording imported from a snapshot. */
    public static TraceHeader header() {
        return TraceHeader.of(SOURCE);
    }

    /**
     * Whether a file that begins like this is of a snapshot, plain or compressed.
     *
     * @param head the first bytes of it, 64 KiB or more if it has so many
     */
    public static boolean looksLike(byte[] head) {
        return TextReader.isRecognised(new SnapshotParser(new TextOutput("head"), 0), head);
    }

    /** The reports of several files as one. */
    private static final class Merged {
        private final TreeMap<String, Long> counts = new TreeMap<>();
        private final List<String> problems = new ArrayList<>();
        private final String name;
        private long lines;
        private long bytes;
        private long problemCount;

        Merged(TextReport index) {
            this.name = index.name();
            add(index);
        }

        void add(TextReport report) {
            lines += report.lines();
            bytes += report.bytes();
            problemCount += report.problemCount();
            problems.addAll(report.problems());
            report.counts().forEach((thing, count) -> counts.merge(thing, count, Long::sum));
        }

        void problem(String what) {
            problemCount++;
            problems.add(what);
        }

        TextReport report() {
            return new TextReport(name, lines, bytes, counts, problemCount, problems);
        }
    }
}
