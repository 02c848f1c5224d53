package dev.hyptrace.cli.command;

/** A command cannot go on; the message is the sentence that the user reads. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandException(String sentence) {
        super(sentence);
    }
}
