package dev.hyptrace.cli.importing;

import dev.hyptrace.recorder.ftrace.Ftrace;
import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.recorder.uart.LinePattern;
import dev.hyptrace.recorder.uart.UartLog;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Texts that are read line by line. */
final class TextImporter implements Importer {
    private final TraceHeader header;
    private final Reading reading;
    private List<String> problems = List.of();
    private long problemCount;

    /** Reads one format. */
    private interface Reading {
        TextReport read(InputStream in, EventSink sink) throws IOException;
    }

    private TextImporter(TraceHeader header, Reading reading) {
        this.header = header;
        this.reading = reading;
    }

    /** ftrace, trace-cmd and perf. */
    static Importer ftrace(String name) {
        return new TextImporter(Ftrace.header(), (in, sink) -> Ftrace.read(name, in, sink));
    }

    /** The console of a board. */
    static Importer uart(String name, List<LinePattern> patterns) {
        return new TextImporter(UartLog.header(), (in, sink) -> UartLog.read(name, in, patterns, sink));
    }

    @Override
    public TraceHeader header() {
        return header;
    }

    @Override
    public void read(InputStream in, EventSink sink) throws IOException {
        TextReport report = reading.read(in, sink);
        problems = report.problems();
        problemCount = report.problemCount();
    }

    @Override
    public List<String> problems() {
        return problems;
    }

    @Override
    public long problemCount() {
        return problemCount;
    }
}
