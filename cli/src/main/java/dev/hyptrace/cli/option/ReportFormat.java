package dev.hyptrace.cli.option;

/** How an answer is written: the values of {@code --format}. */
public enum ReportFormat {
    /** For people. */
    TEXT,
    JSON,
    CSV;

    @Override
    public String toString() {
        return Choices.name(this);
    }

    /** For picocli. */
    public static final class Converter extends Choices<ReportFormat> {
        public Converter() {
            super(ReportFormat.class);
        }
    }
}
