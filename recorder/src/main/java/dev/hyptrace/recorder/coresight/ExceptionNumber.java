package dev.hyptrace.recorder.coresight;

import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import java.util.Optional;

/** The exceptions by their number in PTM and ETMv3 packets of an ARMv7-A processor. */
public enum ExceptionNumber {
    NONE("no exception", ExceptionKind.UNKNOWN, null),
    DEBUG_HALT("Debug Halt", ExceptionKind.UNKNOWN, null),
    SMC("SMC", ExceptionKind.SECURE_MONITOR_CALL, Mode.MON),
    /** Entered at the vector of Hyp mode's own: by HVC or as a Hyp Trap, which the trace does not tell apart. */
    HYP("Hyp", ExceptionKind.UNKNOWN, Mode.HYP),
    ASYNCHRONOUS_DATA_ABORT("asynchronous Data Abort", ExceptionKind.DATA_ABORT, Mode.ABT),
    JAZELLE("Jazelle or ThumbEE check", ExceptionKind.UNKNOWN, null),
    RESERVED_6("reserved", ExceptionKind.UNKNOWN, null),
    RESERVED_7("reserved", ExceptionKind.UNKNOWN, null),
    RESET("reset", ExceptionKind.RESET, Mode.SVC),
    UNDEFINED("Undefined Instruction", ExceptionKind.UNDEFINED_INSTRUCTION, Mode.UND),
    SVC("SVC", ExceptionKind.SUPERVISOR_CALL, Mode.SVC),
    PREFETCH_ABORT("Prefetch Abort", ExceptionKind.PREFETCH_ABORT, Mode.ABT),
    DATA_FAULT("Data Fault", ExceptionKind.DATA_ABORT, Mode.ABT),
    GENERIC("generic", ExceptionKind.UNKNOWN, null),
    IRQ("IRQ", ExceptionKind.IRQ, Mode.IRQ),
    FIQ("FIQ", ExceptionKind.FIQ, Mode.FIQ);

    private final String text;
    private final ExceptionKind kind;
    private final Mode mode;

    ExceptionNumber(String text, ExceptionKind kind, Mode mode) {
        this.text = text;
        this.kind = kind;
        this.mode = mode;
    }

    /** The name that decoders give it. */
    public String text() {
        return text;
    }

    /**
     * What it is in the manual; {@link ExceptionKind#UNKNOWN} for what the manual lacks, or the trace does not tell.
     *
     * @param last the instruction that was executed before, where it is known: of the two exceptions with Hyp mode's
     *     own vector it tells which one this is
     */
    public ExceptionKind kind(Optional<Instruction> last) {
        if (this != HYP || last.isEmpty()) {
            return kind;
        }
        return last.get().isHvc() ? ExceptionKind.HYPERVISOR_CALL : ExceptionKind.HYP_TRAP;
    }

    /**
     * The mode that it is taken to, where the trace and the rules of "Processor mode for taking exceptions", DDI 0406C
     * B1.8.2, leave one only: an abort or interrupt that is not taken to Hyp mode can still be taken to Monitor mode,
     * which is Secure.
     */
    public Optional<Mode> mode(TraceContext after) {
        if (after.level() == TraceContext.Level.HYP || this == HYP || this == SMC) {
            return this == SMC ? Optional.of(mode) : Optional.of(Mode.HYP);
        }
        boolean monitorToo = this == ASYNCHRONOUS_DATA_ABORT
                || this == PREFETCH_ABORT
                || this == DATA_FAULT
                || this == IRQ
                || this == FIQ;
        boolean one = after.level() == TraceContext.Level.NOT_HYP
                && (!monitorToo || after.security() == TraceContext.Security.NON_SECURE);
        return one ? Optional.ofNullable(mode) : Optional.empty();
    }
}
