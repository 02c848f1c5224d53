package dev.hyptrace.cli.console;

import java.io.IOException;

/** Whoever read standard output reads no more, as {@code head} does after its last line. No trouble: there is just no more to do. */
public final class BrokenPipeException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenPipeException(IOException cause) {
        super("nobody reads standard output", cause);
    }
}
