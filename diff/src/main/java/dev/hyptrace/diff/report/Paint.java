package dev.hyptrace.diff.report;

import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.diff.result.Status;

/** ANSI colours, or none. */
enum Paint {
    PLAIN(false),
    ANSI(true);

    private static final String BOLD_RED = "1;31";
    private static final String BOLD_GREEN = "1;32";
    private static final String BOLD_YELLOW = "1;33";

    private final boolean colour;

    Paint(boolean colour) {
        this.colour = colour;
    }

    String status(Status status) {
        return switch (status) {
            case SAME -> paint(BOLD_GREEN, status.text());
            case DIFFERENT -> paint(BOLD_RED, status.text());
            case NOTHING_COMPARED -> paint(BOLD_YELLOW, status.text());
        };
    }

    String severity(Severity severity, String text) {
        return switch (severity) {
            case DIVERGENCE -> paint(BOLD_RED, text);
            case EXPLAINED -> paint("32", text);
            case WARNING -> paint("33", text);
        };
    }

    String left(String text) {
        return paint("32", text);
    }

    String right(String text) {
        return paint("31", text);
    }

    String heading(String text) {
        return paint("1", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
