package dev.hyptrace.recorder.text;

import dev.hyptrace.traces.TraceFormatException;

/** Makes events of the lines of one format. */
public interface LineParser {
    /**
     * Takes the next line.
     *
     * @param text the line without its end, each byte a character; of a line that is too long, the start
     * @param number its number, from 1
     * @throws TraceFormatException when it shows that the input cannot be read at all
     */
    void line(String text, long number) throws TraceFormatException;

    /**
     * Whether a line that the input breaks off in may be read: its last field may lack digits.
     *
     * @param text the last line of the input, which has no end
     */
    boolean isWholeWithoutEnd(String text);

    /** Whether anything so far can only come from this format. */
    boolean isRecognised();

    /** Whether what so far was not {@link #isRecognised} can be how a long file of this format begins. */
    boolean isPlausible();

    /** The input ends: what still waits becomes events. */
    void end();
}
