package dev.hyptrace.cli.importing;

import dev.hyptrace.recorder.tarmac.Tarmac;
import dev.hyptrace.recorder.tarmac.TarmacReport;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Arm Tarmac traces. */
final class TarmacImporter implements Importer {
    private final String name;
    private List<String> problems = List.of();
    private long problemCount;

    TarmacImporter(String name) {
        this.name = name;
    }

    @Override
    public TraceHeader header() {
        return Tarmac.header();
    }

    @Override
    public void read(InputStream in, EventSink sink) throws IOException {
        TarmacReport report = Tarmac.read(name, in, sink);
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
