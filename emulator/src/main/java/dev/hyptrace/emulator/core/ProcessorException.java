package dev.hyptrace.emulator.core;

/**
 * An exception that stops an instruction: thrown by semantics and memory, caught by the interpreter, which enters the
 * guest's handler. It has no stack trace and is never seen outside the emulator.
 */
public final class ProcessorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What happened. */
    public enum Kind {
        UNDEFINED,
        PREFETCH_ABORT,
        DATA_ABORT,
        /** A trap to Hyp mode through HCR, HCPTR, HSTR, HDCR or CNTHCTL. */
        HYP_TRAP,
        /**
         * Not an architectural exception: the rest of the current block is not to be executed, because it is no longer what
         * memory holds or because a listener stops the run before it.
         */
        BLOCK_CHANGED
    }

    /** Thrown by the operations that stand in for a block that was written to while it ran. */
    @SuppressWarnings("StaticAssignmentOfThrowable") // It has no stack trace and no state: one instance serves all.
    public static final ProcessorException BLOCK_CHANGED = new ProcessorException(Kind.BLOCK_CHANGED, 0, 0, null);

    private final Kind kind;
    private final int syndrome;
    private final int address;
    private final transient Fault fault;

    private ProcessorException(Kind kind, int syndrome, int address, Fault fault) {
        super(null, null, false, false);
        this.kind = kind;
        this.syndrome = syndrome;
        this.address = address;
        this.fault = fault;
    }

    /** The Undefined Instruction exception. */
    public static ProcessorException undefined() {
        return new ProcessorException(Kind.UNDEFINED, 0, 0, null);
    }

    /**
     * A trap to Hyp mode.
     *
     * @param hsr the whole syndrome, EC and IL included
     */
    public static ProcessorException hypTrap(int hsr) {
        return new ProcessorException(Kind.HYP_TRAP, hsr, 0, null);
    }

    /** A fault on instruction fetch at the virtual address. */
    public static ProcessorException prefetchAbort(int address, Fault fault) {
        return new ProcessorException(Kind.PREFETCH_ABORT, 0, address, fault);
    }

    /** A fault on a data access at the virtual address. */
    public static ProcessorException dataAbort(int address, Fault fault) {
        return new ProcessorException(Kind.DATA_ABORT, 0, address, fault);
    }

    public Kind kind() {
        return kind;
    }

    /** HSR for a Hyp trap. */
    public int syndrome() {
        return syndrome;
    }

    /** The faulting virtual address of an abort. */
    public int address() {
        return address;
    }

    /** What failed, for an abort. */
    public Fault fault() {
        return fault;
    }
}
