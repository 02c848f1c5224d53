package dev.hyptrace.traces.container;

/** A chunk whose checksum is right but whose content is none that a writer makes; the message is a clause. */
final class CorruptChunkException extends Exception {
    private static final long serialVersionUID = 1L;

    CorruptChunkException(String what) {
        super(what);
    }
}
