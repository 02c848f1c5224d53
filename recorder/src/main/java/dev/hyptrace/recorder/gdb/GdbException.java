package dev.hyptrace.recorder.gdb;

import java.io.IOException;

/** A stub that could not be reached, fell silent, went away, refused, or did not speak the protocol. */
public class GdbException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, for callers that act on it. */
    public enum Kind {
        /** No connection came about. */
        UNREACHABLE,
        /** No answer in time. */
        TIMEOUT,
        /** The connection ended without a word. */
        CLOSED,
        /** The stub said that the target has exited; {@link #exitStatus} says how. */
        EXITED,
        /** An error reply, or no support for what was asked. */
        REFUSED,
        /** Bytes that are not the protocol, or beyond its bounds. */
        PROTOCOL
    }

    private final Kind kind;
    private final int exitStatus;

    /**
     * @param stub what to call the stub in messages
     * @param problem what was found and what was expected
     */
    public GdbException(Kind kind, String stub, String problem) {
        this(kind, stub, problem, -1);
    }

    private GdbException(Kind kind, String stub, String problem, int exitStatus) {
        super(stub + ": " + problem);
        this.kind = kind;
        this.exitStatus = exitStatus;
    }

    /** The target ended with this status. */
    static GdbException exited(String stub, int status) {
        return new GdbException(Kind.EXITED, stub, "the target exited with status " + status, status);
    }

    public Kind kind() {
        return kind;
    }

    /** The status of a target that has exited; -1 for every other kind. */
    public int exitStatus() {
        return exitStatus;
    }
}
