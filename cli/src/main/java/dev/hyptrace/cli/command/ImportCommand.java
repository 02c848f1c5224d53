package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.console.Meter;
import dev.hyptrace.cli.console.Progress;
import dev.hyptrace.cli.importing.ImportFormat;
import dev.hyptrace.cli.importing.ImportOptions;
import dev.hyptrace.cli.importing.ImportSource;
import dev.hyptrace.cli.option.CodeOption;
import dev.hyptrace.cli.option.ColumnsOption;
import dev.hyptrace.cli.option.Interruption;
import dev.hyptrace.cli.option.OutputFile;
import dev.hyptrace.cli.option.PatternOptions;
import dev.hyptrace.cli.option.RamOption;
import dev.hyptrace.cli.option.RecordingOutput;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.recorder.migration.RamSink;
import dev.hyptrace.replayer.step.BlockRecovery;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace import}: makes a recording of what another tool wrote. */
@Command(name = "import", description = "Makes a recording of what another tool wrote, plain or compressed with gzip.")
final class ImportCommand implements Callable<Integer> {
    private static final int SHOWN_PROBLEMS = 10;

    @Mixin
    private OutputFile.Required output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = ImportFormat.Converter.class,
            description = "What the files are: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, by how they begin.",
            defaultValue = "auto")
    private ImportFormat format;

    @Mixin
    private PatternOptions patterns;

    @Mixin
    private CodeOption code;

    @Mixin
    private ColumnsOption columns;

    @Mixin
    private final RamOption ram = new RamOption();

    @Option(
            names = "--no-recovery",
            description =
                    "Of QEMU logs made without single-stepping, leaves the instructions inside of blocks without registers"
                            + " instead of computing them on the built-in emulator.")
    private boolean noRecovery;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "The files, in the order in which they were written.")
    private List<Path> files;

    private final Console console;
    private final BitSet processors = new BitSet();
    private RecordingOutput out;
    private ImportSource begun;

    ImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (patterns.areGiven() && format != ImportFormat.UART) {
            throw new CommandException("--pattern: --format is " + format + ", expected uart");
        }
        if (columns.isGiven() && format != ImportFormat.CSV) {
            throw new CommandException("--columns: --format is " + format + ", expected csv");
        }
        if (ram.isGiven() && files.size() > 1) {
            throw new CommandException("--ram: there are " + files.size() + " files, expected one");
        }
        output.check(files);
        try (ram;
                Interruption interruption = new Interruption(() -> {})) {
            RamSink memory = ram.open(output.mayReplace());
            ImportOptions options = new ImportOptions(patterns.patterns(), columns.map(), code.images(), memory);
            int status = importAll(interruption, options);
            ram.summary().ifPresent(summary -> console.say("hyptrace import: " + summary));
            return status;
        }
    }

    private int importAll(Interruption interruption, ImportOptions options) throws IOException {
        long problems = 0;
        try (Progress progress = console.progress()) {
            for (Path file : files) {
                try (ImportSource source = ImportSource.open(file, format, options)) {
                    read(source, sink(source, progress, interruption));
                    begin(source);
                    problems += tell(source);
                }
            }
        } finally {
            finish();
        }
        return problems == 0 ? ExitStatus.SAME : ExitStatus.TROUBLE;
    }

    /** What QEMU's logs leave out inside of blocks is put in. */
    private void read(ImportSource source, EventSink sink) throws IOException {
        if (noRecovery || source.format() != ImportFormat.QEMU_LOG) {
            source.read(sink);
            return;
        }
        BlockRecovery recovery = new BlockRecovery(sink);
        source.read(recovery);
        if (recovery.recovered() + recovery.left() > 0) {
            console.say(String.format(
                    Locale.ROOT,
                    "hyptrace import: %s: the registers of %d steps inside of blocks were computed (of %d all of them), of %d not",
                    source.name(),
                    recovery.recovered(),
                    recovery.whole(),
                    recovery.left()));
        }
    }

    /** The output is created with the first event, when the first file has shown that it is what it should be. */
    private EventSink sink(ImportSource source, Progress progress, Interruption interruption) {
        Meter meter = progress.meter(source.name(), Meter.Unit.BYTES, source::size);
        return event -> {
            begin(source);
            out.accept(event);
            processors.set(event.cpu());
            meter.at(source.done());
            if (interruption.isRequested()) {
                throw new CommandException(source.name() + ": interrupted; the rest is not imported");
            }
        };
    }

    private void begin(ImportSource source) throws IOException {
        if (out == null) {
            out = output.create(source.header());
        } else if (begun != source) {
            for (int cpu = processors.nextSetBit(0); cpu >= 0; cpu = processors.nextSetBit(cpu + 1)) {
                out.accept(new Event.Gap(cpu, Path.of(source.name()).getFileName() + " begins"));
            }
        }
        begun = source;
    }

    private void finish() throws IOException {
        if (out != null) {
            out.close();
            console.say("hyptrace import: " + out.summary());
        }
    }

    /** Says what was wrong with the input and answers how much it was. */
    private long tell(ImportSource source) {
        List<String> problems = source.problems();
        problems.stream().limit(SHOWN_PROBLEMS).forEach(problem -> console.say("hyptrace import: " + problem));
        long more = source.problemCount() - Math.min(problems.size(), SHOWN_PROBLEMS);
        if (more > 0) {
            console.say("hyptrace import: " + source.name() + ": " + more + " more problems");
        }
        return source.problemCount();
    }
}
