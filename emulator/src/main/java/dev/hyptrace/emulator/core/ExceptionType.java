package dev.hyptrace.emulator.core;

/** The exceptions of ARMv7-A: DDI 0406C B1.8 "Exception handling". */
public enum ExceptionType {
    RESET,
    UNDEFINED_INSTRUCTION,
    SUPERVISOR_CALL,
    SECURE_MONITOR_CALL,
    HYPERVISOR_CALL,
    PREFETCH_ABORT,
    DATA_ABORT,
    HYP_TRAP,
    IRQ,
    FIQ,
    VIRTUAL_IRQ,
    VIRTUAL_FIQ,
    VIRTUAL_ABORT
}
