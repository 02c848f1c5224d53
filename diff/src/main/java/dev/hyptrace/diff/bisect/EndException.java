package dev.hyptrace.diff.bisect;

/** The ends of a series are not what they have to be: the message is a sentence. */
public final class EndException extends Exception {
    private static final long serialVersionUID = 1L;

    EndException(String sentence) {
        super(sentence);
    }
}
