package dev.hyptrace.traces.model;

/** The exceptions of ARMv7-A: DDI 0406C B1.8.1. */
public enum ExceptionKind {
    RESET("reset"),
    UNDEFINED_INSTRUCTION("Undefined Instruction"),
    SUPERVISOR_CALL("Supervisor Call"),
    SECURE_MONITOR_CALL("Secure Monitor Call"),
    HYPERVISOR_CALL("Hypervisor Call"),
    PREFETCH_ABORT("Prefetch Abort"),
    DATA_ABORT("Data Abort"),
    /** An exception that HCR, HCPTR, HSTR or HDCR routes to Hyp mode: Hyp Trap. */
    HYP_TRAP("Hyp Trap"),
    IRQ("IRQ"),
    FIQ("FIQ"),
    VIRTUAL_IRQ("Virtual IRQ"),
    VIRTUAL_FIQ("Virtual FIQ"),
    VIRTUAL_ABORT("Virtual Abort"),
    /** A kind that the source names but ARMv7-A does not have, or that it does not name. */
    UNKNOWN("unknown exception");

    private final String manualName;

    ExceptionKind(String manualName) {
        this.manualName = manualName;
    }

    /** The name in the manual. */
    public String manualName() {
        return manualName;
    }
}
