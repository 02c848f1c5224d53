package dev.hyptrace.emulator.exception;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.ExceptionModel;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.Hcr;
import dev.hyptrace.emulator.core.Hdcr;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.core.Scr;
import dev.hyptrace.emulator.core.SystemRegister;

/**
 * Exceptions as an ARMv7-A processor with the Virtualization Extensions takes them: DDI 0406C B1.8 and the
 * TakeXException() procedures of B1.9.
 */
public final class Exceptions implements ExceptionModel {
    private static final int TTBCR_EAE = 1 << 31;
    /** CPSR.IT[3:0]. */
    private static final int IT_MASK = 0xf;

    @Override
    public void take(Cpu cpu, ProcessorException exception, int address, int size) {
        ExceptionType type = type(exception.kind());
        cpu.listener().exceptionTaken(cpu, type, address);
        switch (type) {
            case UNDEFINED_INSTRUCTION -> takeUndefined(cpu, address);
            case HYP_TRAP -> ExceptionEntry.enterHyp(cpu, address, ExceptionEntry.UNDEFINED, exception.syndrome());
            case PREFETCH_ABORT -> takePrefetchAbort(cpu, exception, address);
            case DATA_ABORT -> takeDataAbort(cpu, exception, address, size);
            default -> throw new IllegalArgumentException(type + " does not stop an instruction");
        }
        cpu.listener().exceptionEntered(cpu, type);
    }

    @Override
    public boolean takeInterrupt(Cpu cpu) {
        return Interrupts.take(cpu);
    }

    private static ExceptionType type(ProcessorException.Kind kind) {
        return switch (kind) {
            case UNDEFINED -> ExceptionType.UNDEFINED_INSTRUCTION;
            case PREFETCH_ABORT -> ExceptionType.PREFETCH_ABORT;
            case DATA_ABORT -> ExceptionType.DATA_ABORT;
            case HYP_TRAP -> ExceptionType.HYP_TRAP;
            case BLOCK_CHANGED -> throw new IllegalArgumentException(kind + " is no exception of the architecture");
        };
    }

    /** TakeUndefInstrException(). */
    private static void takeUndefined(Cpu cpu, int address) {
        if (goesToHyp(cpu, false)) {
            ExceptionEntry.enterHyp(cpu, address, ExceptionEntry.UNDEFINED, 0);
        } else {
            int link = address + (cpu.thumb ? 2 : 4);
            ExceptionEntry.enterMode(cpu, Mode.UND, Psr.I, link, ExceptionEntry.UNDEFINED);
        }
    }

    /** TakePrefetchAbortException(). */
    private static void takePrefetchAbort(Cpu cpu, ProcessorException exception, int address) {
        Fault fault = exception.fault();
        if (goesToMonitor(cpu, fault)) {
            reportPrefetchAbort(cpu, exception, true);
            ExceptionEntry.enterMonitor(cpu, address + 4, ExceptionEntry.PREFETCH_ABORT);
        } else if (goesToHyp(cpu, isRouted(cpu, fault))) {
            reportStage2(cpu, fault);
            cpu.system.set(SystemRegister.HIFAR, exception.address());
            int hsr = AbortSyndrome.prefetch(fault, cpu.mode() == Mode.HYP, isRedirected(cpu, fault));
            ExceptionEntry.enterHyp(cpu, address, ExceptionEntry.PREFETCH_ABORT, hsr);
        } else {
            reportPrefetchAbort(cpu, exception, cpu.isSecure());
            ExceptionEntry.enterMode(cpu, Mode.ABT, Psr.A | Psr.I, address + 4, ExceptionEntry.PREFETCH_ABORT);
        }
    }

    /** TakeDataAbortException(). A condition in CPSR.IT without a mask, which is UNPREDICTABLE, is lost as in QEMU. */
    private static void takeDataAbort(Cpu cpu, ProcessorException exception, int address, int size) {
        if ((cpu.itState & IT_MASK) == 0) {
            cpu.itState = 0;
        }
        Fault fault = exception.fault();
        if (goesToMonitor(cpu, fault)) {
            reportDataAbort(cpu, exception, true);
            ExceptionEntry.enterMonitor(cpu, address + 8, ExceptionEntry.DATA_ABORT);
        } else if (goesToHyp(cpu, isRouted(cpu, fault))) {
            reportStage2(cpu, fault);
            cpu.system.set(SystemRegister.HDFAR, exception.address());
            int access = AbortSyndrome.ofInstruction(cpu, address, size);
            int hsr = AbortSyndrome.data(fault, cpu.mode() == Mode.HYP, isRedirected(cpu, fault), access);
            ExceptionEntry.enterHyp(cpu, address, ExceptionEntry.DATA_ABORT, hsr);
        } else {
            reportDataAbort(cpu, exception, cpu.isSecure());
            ExceptionEntry.enterMode(cpu, Mode.ABT, Psr.A | Psr.I, address + 8, ExceptionEntry.DATA_ABORT);
        }
    }

    /**
     * Whether a synchronous exception is taken to Hyp mode: always from Hyp mode itself, and with HCR.TGE. TGE in a PL1
     * mode is UNPREDICTABLE; as in QEMU its exceptions are then taken to Hyp mode as User mode's are.
     */
    private static boolean goesToHyp(Cpu cpu, boolean routed) {
        return cpu.mode() == Mode.HYP || routed || (Hcr.effective(cpu) & Hcr.TGE) != 0;
    }

    /** Whether an abort is Hyp mode's business wherever it comes from. */
    private static boolean isRouted(Cpu cpu, Fault fault) {
        return fault.stage2()
                || fault.type() == Fault.Type.DEBUG
                        && !cpu.isSecure()
                        && (cpu.system.word(SystemRegister.HDCR) & Hdcr.TDE) != 0;
    }

    /** Whether an abort that is taken to Hyp mode is so by HCR.TGE alone, and has the syndrome that QEMU gives it then. */
    private static boolean isRedirected(Cpu cpu, Fault fault) {
        return cpu.mode() != Mode.HYP && !isRouted(cpu, fault) && cpu.follows(QemuDeviation.TGE_ABORT_SYNDROME);
    }

    /** Whether SCR.EA sends an external abort to the Monitor. */
    private static boolean goesToMonitor(Cpu cpu, Fault fault) {
        boolean external =
                fault.type() == Fault.Type.SYNCHRONOUS_EXTERNAL || fault.type() == Fault.Type.EXTERNAL_ON_TABLE_WALK;
        boolean routed = (Scr.of(cpu) & Scr.EA) != 0 && !cpu.follows(QemuDeviation.EXTERNAL_ABORTS_NOT_ROUTED);
        return external && routed;
    }

    private static void reportStage2(Cpu cpu, Fault fault) {
        if (fault.stage2()) {
            long ipa = cpu.follows(QemuDeviation.HPFAR_BELOW_4_GIB) ? fault.ipa() & 0xffff_ffffL : fault.ipa();
            cpu.system.set(SystemRegister.HPFAR, ipa >>> 12 << 4);
        }
    }

    private static void reportPrefetchAbort(Cpu cpu, ProcessorException exception, boolean secure) {
        cpu.system.set(SystemRegister.IFSR, secure, FaultStatus.of(exception.fault(), usesLongFormat(cpu, secure)));
        cpu.system.set(SystemRegister.IFAR, secure, exception.address());
    }

    private static void reportDataAbort(Cpu cpu, ProcessorException exception, boolean secure) {
        Fault fault = exception.fault();
        boolean operation = fault.maintenance() && !cpu.follows(QemuDeviation.TRANSLATION_OPERATION_DFSR);
        int status = FaultStatus.of(fault, usesLongFormat(cpu, secure))
                | (fault.write() ? FaultStatus.WRITE : 0)
                | (operation ? FaultStatus.MAINTENANCE | FaultStatus.WRITE : 0);
        cpu.system.set(SystemRegister.DFSR, secure, status);
        cpu.system.set(SystemRegister.DFAR, secure, exception.address());
    }

    private static boolean usesLongFormat(Cpu cpu, boolean secure) {
        return (cpu.system.word(SystemRegister.TTBCR, secure) & TTBCR_EAE) != 0;
    }
}
