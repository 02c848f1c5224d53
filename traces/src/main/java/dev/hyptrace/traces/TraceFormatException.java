package dev.hyptrace.traces;

import java.io.IOException;

/** Input that is not what it should be: the message names the input, the position and what was expected. */
public class TraceFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param input the name of the file or other source
     * @param position such as {@code line 12} or {@code byte 4096}
     * @param problem what was found and what was expected
     */
    public TraceFormatException(String input, String position, String problem) {
        super(input + ": " + position + ": " + problem);
    }
}
