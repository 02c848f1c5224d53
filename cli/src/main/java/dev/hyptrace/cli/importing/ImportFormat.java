package dev.hyptrace.cli.importing;

import dev.hyptrace.cli.option.Choices;
import dev.hyptrace.recorder.coresight.CoreSight;
import dev.hyptrace.recorder.ds5.Ds5Trace;
import dev.hyptrace.recorder.execlog.Execlog;
import dev.hyptrace.recorder.ftrace.Ftrace;
import dev.hyptrace.recorder.migration.Migration;
import dev.hyptrace.recorder.qemulog.QemuLog;
import dev.hyptrace.recorder.snapshot.Ds5Snapshot;
import dev.hyptrace.recorder.tarmac.Tarmac;
import dev.hyptrace.recorder.uart.UartLog;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be imported: the values of {@code --format}, in the order in which a file is held against them. */
public enum ImportFormat {
    /** By how the file begins. */
    AUTO(""),
    QEMU_LOG("a QEMU log (-d in_asm,exec,cpu,int)"),
    EXECLOG("a log of QEMU's plugin execlog"),
    MIGRATION("QEMU's migration stream"),
    TARMAC("a Tarmac trace"),
    FTRACE("an ftrace text with events of KVM"),
    CORESIGHT("a CoreSight listing of OpenCSD"),
    DS5("a DS-5 trace table"),
    SNAPSHOT("a DS-5 snapshot"),
    CSV("a CSV table of hypercalls or steps"),
    UART("a console log of Linux");

    private final String title;

    ImportFormat(String title) {
        this.title = title;
    }

    /** The format that a file begins as; empty when it is none of them. */
    static Optional<ImportFormat> of(byte[] head) {
        return Arrays.stream(values()).filter(format -> format.begins(head)).findFirst();
    }

    private boolean begins(byte[] head) {
        return switch (this) {
            case AUTO -> false;
            case QEMU_LOG -> QemuLog.looksLike(head);
            case EXECLOG -> Execlog.looksLike(head);
            case MIGRATION -> Migration.looksLike(head);
            case TARMAC -> Tarmac.looksLike(head);
            case FTRACE -> Ftrace.looksLike(head);
            case CORESIGHT -> CoreSight.looksLike(head);
            case DS5 -> Ds5Trace.looksLike(head);
            case SNAPSHOT -> Ds5Snapshot.looksLike(head);
            case CSV -> CsvImporter.looksLike(head);
            case UART -> UartLog.looksLike(head);
        };
    }

    /** All that can be recognised, for people. */
    static String titles() {
        return Arrays.stream(values())
                .filter(format -> format != AUTO)
                .map(format -> format.title)
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return Choices.name(this);
    }

    /** For picocli. */
    public static final class Converter extends Choices<ImportFormat> {
        public Converter() {
            super(ImportFormat.class);
        }
    }
}
