package dev.hyptrace.cli.importing;

import dev.hyptrace.recorder.coresight.CodeImages;
import dev.hyptrace.recorder.coresight.CoreSight;
import dev.hyptrace.recorder.ds5.Ds5Trace;
import dev.hyptrace.recorder.execlog.Execlog;
import dev.hyptrace.recorder.ftrace.Ftrace;
import dev.hyptrace.recorder.migration.Migration;
import dev.hyptrace.recorder.migration.RamSink;
import dev.hyptrace.recorder.qemulog.Count;
import dev.hyptrace.recorder.qemulog.ImportReport;
import dev.hyptrace.recorder.qemulog.QemuLog;
import dev.hyptrace.recorder.snapshot.Ds5Snapshot;
import dev.hyptrace.recorder.table.ColumnMap;
import dev.hyptrace.recorder.table.MappedTable;
import dev.hyptrace.recorder.tarmac.Tarmac;
import dev.hyptrace.recorder.tarmac.TarmacReport;
import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.recorder.uart.LinePattern;
import dev.hyptrace.recorder.uart.UartLog;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** What is read from beginning to end: QEMU's logs and streams, Tarmac traces, ftrace's texts, consoles, tables. */
final class TextImporter implements Importer {
    private final TraceHeader header;
    private final Reading reading;
    private Problems problems = new Problems(List.of(), 0);

    /** What was wrong with a text: the first of so many. */
    private record Problems(List<String> first, long count) {}

    /** Reads one format. */
    private interface Reading {
        Problems read(InputStream in, EventSink sink) throws IOException;
    }

    private TextImporter(TraceHeader header, Reading reading) {
        this.header = header;
        this.reading = reading;
    }

    /** QEMU's text logs. */
    static Importer qemuLog(String name) {
        return new TextImporter(QemuLog.header(), (in, sink) -> {
            ImportReport report = QemuLog.read(name, in, sink);
            return new Problems(report.problems(), report.count(Count.PROBLEMS));
        });
    }

    /** Arm Tarmac traces. */
    static Importer tarmac(String name) {
        return new TextImporter(Tarmac.header(), (in, sink) -> {
            TarmacReport report = Tarmac.read(name, in, sink);
            return new Problems(report.problems(), report.problemCount());
        });
    }

    /** The log of QEMU's plugin execlog. */
    static Importer execlog(String name) {
        return new TextImporter(Execlog.header(), (in, sink) -> problems(Execlog.read(name, in, sink)));
    }

    /** ftrace, trace-cmd and perf. */
    static Importer ftrace(String name) {
        return new TextImporter(Ftrace.header(), (in, sink) -> problems(Ftrace.read(name, in, sink)));
    }

    /** The console of a board. */
    static Importer uart(String name, List<LinePattern> patterns) {
        return new TextImporter(UartLog.header(), (in, sink) -> problems(UartLog.read(name, in, patterns, sink)));
    }

    /** OpenCSD's listings of CoreSight traces. */
    static Importer coreSight(String name, CodeImages code) {
        return new TextImporter(CoreSight.header(), (in, sink) -> problems(CoreSight.read(name, in, code, sink)));
    }

    /** Trace tables of DS-5. */
    static Importer ds5(String name) {
        return new TextImporter(Ds5Trace.header(), (in, sink) -> problems(Ds5Trace.read(name, in, sink)));
    }

    /** A snapshot of DS-5: its index, whose files are beside it, or one of these. */
    static Importer snapshot(String name) {
        Path parent = Path.of(name).getParent();
        Path folder = parent == null ? Path.of("") : parent;
        return new TextImporter(Ds5Snapshot.header(), (in, sink) -> problems(Ds5Snapshot.read(name, in, folder, sink)));
    }

    /** QEMU's migration stream, which is read whole or not at all. */
    static Importer migration(String name, RamSink ram) {
        return new TextImporter(Migration.header(), (in, sink) -> {
            Migration.read(name, in, sink, ram);
            return new Problems(List.of(), 0);
        });
    }

    /** A table of another tool. */
    static Importer table(String name, ColumnMap map) {
        return new TextImporter(MappedTable.header(), (in, sink) -> problems(MappedTable.read(name, in, map, sink)));
    }

    private static Problems problems(TextReport report) {
        return new Problems(report.problems(), report.problemCount());
    }

    @Override
    public TraceHeader header() {
        return header;
    }

    @Override
    public void read(InputStream in, EventSink sink) throws IOException {
        problems = reading.read(in, sink);
    }

    @Override
    public List<String> problems() {
        return problems.first();
    }

    @Override
    public long problemCount() {
        return problems.count();
    }
}
