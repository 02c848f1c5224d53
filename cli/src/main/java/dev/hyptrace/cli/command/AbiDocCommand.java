package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.option.Choices;
import dev.hyptrace.cli.option.OutputFile;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.diff.abi.document.AbiDocument;
import dev.hyptrace.diff.abi.document.AbiDocuments;
import dev.hyptrace.diff.abi.document.DocumentHtml;
import dev.hyptrace.diff.abi.document.DocumentMarkdown;
import dev.hyptrace.diff.abi.document.DocumentText;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace abi doc}: the document of an ABI. */
@Command(
        name = "doc",
        description = {
            "The document of an ABI, made from its description: calling convention, each function with what it does exactly and"
                    + " what its contract gives up, what is never validated, how its neighbours differ, who must change when it"
                    + " changes, and the test that shows each statement."
        })
final class AbiDocCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ABI", description = "A name that abi list prints, or a file.")
    private String abi;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Format.Converter.class,
            description = "text, markdown or html (one file that needs no other). Default: text.")
    private Format format = Format.TEXT;

    @Mixin
    private OutputFile.OfText output = new OutputFile.OfText();

    private final Console console;

    /** The values of {@code --format}. */
    private enum Format {
        TEXT,
        MARKDOWN,
        HTML;

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

    AbiDocCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        output.check(List.of(Path.of(abi)));
        AbiDocument document = AbiDocuments.of(Abis.named(abi), AbiLibrary.all());
        StringBuilder text = new StringBuilder();
        switch (format) {
            case TEXT -> DocumentText.write(document, text);
            case MARKDOWN -> DocumentMarkdown.write(document, text);
            case HTML -> DocumentHtml.write(document, text);
        }
        if (output.path().isPresent()) {
            Files.writeString(output.path().get(), text);
        } else {
            console.out().append(text);
        }
        return ExitStatus.SAME;
    }
}
