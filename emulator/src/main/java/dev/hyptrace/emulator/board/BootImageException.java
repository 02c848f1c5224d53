package dev.hyptrace.emulator.board;

/** An image that cannot be booted: the message says what it is, where that shows, and what was expected. */
public final class BootImageException extends Exception {
    private static final long serialVersionUID = 1L;

    public BootImageException(String message) {
        super(message);
    }
}
