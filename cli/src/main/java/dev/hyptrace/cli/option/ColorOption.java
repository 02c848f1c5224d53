package dev.hyptrace.cli.option;

import dev.hyptrace.cli.console.ColorChoice;
import dev.hyptrace.cli.console.Console;
import picocli.CommandLine.Option;

/** Whether to use colour. */
public final class ColorOption {
    @Option(
            names = "--color",
            paramLabel = "WHEN",
            converter = Converter.class,
            description = "When to use colour: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
            defaultValue = "auto")
    private ColorChoice choice;

    /** For picocli. */
    static final class Converter extends Choices<ColorChoice> {
        Converter() {
            super(ColorChoice.class);
        }
    }

    /** Whether data that goes to this console is coloured. */
    public boolean isColored(Console console) {
        return console.isColored(choice);
    }
}
