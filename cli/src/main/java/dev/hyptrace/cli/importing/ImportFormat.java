package dev.hyptrace.cli.importing;

import dev.hyptrace.cli.option.Choices;

/** What can be imported: the values of {@code --format}. */
public enum ImportFormat {
    /** By how the file begins. */
    AUTO,
    QEMU_LOG,
    EXECLOG,
    MIGRATION,
    TARMAC,
    FTRACE,
    UART,
    CSV;

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
