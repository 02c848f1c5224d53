package dev.hyptrace.diff.abi.text;

import java.io.IOException;

/** A description that cannot be read: {@code "FILE:LINE:COLUMN: what was found and expected"}. */
public final class AbiFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    AbiFormatException(String message) {
        super(message);
    }
}
