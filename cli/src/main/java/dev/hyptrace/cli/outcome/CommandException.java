package dev.hyptrace.cli.outcome;

/** A command cannot go on; the message is the sentence that the user reads. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandException(String sentence) {
        super(sentence);
    }
}
