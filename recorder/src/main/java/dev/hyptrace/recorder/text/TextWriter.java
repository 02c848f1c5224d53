package dev.hyptrace.recorder.text;

import dev.hyptrace.traces.EventSink;

/**
 * Writes events as the text of another tool, line by line: after each event that was accepted, only whole lines are written.
 */
public interface TextWriter extends EventSink {
    /** What so far had no place in the text. */
    LeftOut leftOut();
}
