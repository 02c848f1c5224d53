package dev.hyptrace.cli.importing;

import dev.hyptrace.recorder.qemulog.Count;
import dev.hyptrace.recorder.qemulog.ImportReport;
import dev.hyptrace.recorder.qemulog.QemuLog;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** QEMU's text logs. */
final class QemuLogImporter implements Importer {
    private final String name;
    private List<String> problems = List.of();
    private long problemCount;

    QemuLogImporter(String name) {
        this.name = name;
    }

    @Override
    public TraceHeader header() {
        return QemuLog.header();
    }

    @Override
    public void read(InputStream in, EventSink sink) throws IOException {
        ImportReport report = QemuLog.read(name, in, sink);
        problems = report.problems();
        problemCount = report.count(Count.PROBLEMS);
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
