package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.option.Choices;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.diff.abi.compare.AbiMatrix;
import dev.hyptrace.diff.abi.compare.Column;
import dev.hyptrace.diff.abi.report.CompareCsv;
import dev.hyptrace.diff.abi.report.CompareJson;
import dev.hyptrace.diff.abi.report.CompareMarkdown;
import dev.hyptrace.diff.abi.report.CompareText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace abi compare}: descriptions side by side. */
@Command(
        name = "compare",
        description = {
            "ABIs side by side: what each does with each call, and what a caller of one may not assume of another, with the"
                    + " hypercall that shows it.",
            "Exit status: 0 they are the same, 1 they differ, 2 trouble."
        })
final class AbiCompareCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "ABI",
            arity = "1..*",
            description =
                    "A name that abi list prints, a file that holds a description, or a recording (.htr): of that,"
                            + " the descriptions that explain the parties which answered its hypercalls; or an image, which is"
                            + " probed.")
    private List<String> operands = List.of();

    @Mixin
    private ProbeOptions probes;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Format.Converter.class,
            description = "text, json, csv (the matrix alone) or markdown. Default: text.")
    private Format format = Format.TEXT;

    private final Console console;

    /** The values of {@code --format}. */
    private enum Format {
        TEXT,
        JSON,
        CSV,
        MARKDOWN;

        @Override
        public String toString() {
            return Choices.name(this);
        }

        private static final class Converter extends Choices<Format> {
            Converter() {
                super(Format.class);
            }
        }
    }

    AbiCompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        ComparedAbis compared = new ComparedAbis(console, probes);
        List<Column> columns = new ArrayList<>();
        for (String operand : operands) {
            columns.addAll(compared.of(operand));
        }
        if (columns.size() < 2) {
            throw new CommandException("abi compare needs two ABIs or more, found " + columns.size());
        }
        AbiMatrix matrix = AbiMatrix.of(columns);
        switch (format) {
            case TEXT -> CompareText.write(matrix, console.out());
            case JSON -> CompareJson.write(matrix, console.out());
            case CSV -> CompareCsv.write(matrix, console.out());
            case MARKDOWN -> CompareMarkdown.write(matrix, console.out());
        }
        if (!compared.isComplete()) {
            return ExitStatus.TROUBLE;
        }
        return matrix.isSame() ? ExitStatus.SAME : ExitStatus.DIFFERENT;
    }
}
