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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What can be imported: the values of {@code --format}, in the order in which a file is held against them. */
public enum ImportFormat {
    /** By how the file begins. */
    AUTO("", head -> false),
    QEMU_LOG("a QEMU log (-d in_asm,exec,cpu,int)", QemuLog::looksLike),
    EXECLOG("a log of QEMU's plugin execlog", Execlog::looksLike),
    MIGRATION("QEMU's migration stream", Migration::looksLike),
    TARMAC("a Tarmac trace", Tarmac::looksLike),
    FTRACE("an ftrace text with events of KVM", Ftrace::looksLike),
    CORESIGHT("a CoreSight listing of OpenCSD", CoreSight::looksLike),
    DS5("a DS-5 trace table", Ds5Trace::looksLike),
    SNAPSHOT("a DS-5 snapshot", Ds5Snapshot::looksLike),
    CSV("a CSV table of hypercalls or steps", CsvImporter::looksLike),
    UART("a console log of Linux", UartLog::looksLike);

    private final String title;
    private final Predicate<byte[]> recogniser;

    ImportFormat(String title, Predicate<byte[]> recogniser) {
        this.title = title;
        this.recogniser = recogniser;
    }

    /** The format that a file begins as; empty when it is none of them. */
    static Optional<ImportFormat> of(byte[] head) {
        return Arrays.stream(values())
                .filter(format -> format.recogniser.test(head))
                .findFirst();
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
