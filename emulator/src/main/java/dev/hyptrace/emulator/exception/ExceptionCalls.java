package dev.hyptrace.emulator.exception;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.FirmwareCalls.Conduit;
import dev.hyptrace.emulator.core.Hcr;
import dev.hyptrace.emulator.core.Hsr;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.core.Scr;

/**
 * The exceptions that instructions ask for: SVC, HVC, SMC. Called from a {@link dev.hyptrace.emulator.core.Branch}, when
 * {@link Cpu#pc} and {@link Cpu#itState} are already those after the instruction.
 *
 * <p>The parameters {@code address} and {@code itState} are those of the instruction, and only for the listener.
 */
public final class ExceptionCalls {
    private static final int SEMIHOSTING_A32 = 0x12_3456;
    private static final int SEMIHOSTING_THUMB = 0xab;

    private ExceptionCalls() {}

    /**
     * SVC: CallSupervisor().
     *
     * @param immediate its immediate; HSR takes the low 16 bits
     * @param narrow whether the instruction has 16 bits
     */
    public static void supervisorCall(Cpu cpu, int address, int itState, int immediate, boolean narrow) {
        boolean semihosting = immediate == (cpu.thumb ? SEMIHOSTING_THUMB : SEMIHOSTING_A32);
        if (semihosting && cpu.mode() != Mode.USR && answered(cpu, Conduit.SEMIHOSTING)) {
            return;
        }
        about(cpu, ExceptionType.SUPERVISOR_CALL, address, itState);
        boolean routed = cpu.mode() == Mode.USR && (Hcr.effective(cpu) & Hcr.TGE) != 0;
        if (routed || cpu.mode() == Mode.HYP) {
            int hsr = Hsr.of(Hsr.EC_SVC, immediate & 0xffff);
            ExceptionEntry.enterHyp(cpu, cpu.pc, ExceptionEntry.CALL, narrow ? hsr & ~Hsr.IL : hsr);
        } else {
            ExceptionEntry.enterMode(cpu, Mode.SVC, Psr.I, cpu.pc, ExceptionEntry.CALL);
        }
        cpu.listener().exceptionEntered(cpu, ExceptionType.SUPERVISOR_CALL);
    }

    /** HVC: CallHypervisor(). UNDEFINED in User mode, in Secure state, and where HVC is disabled. */
    public static void hypervisorCall(Cpu cpu, int address, int itState, int immediate) {
        if (cpu.mode() == Mode.USR) {
            throw ProcessorException.undefined();
        }
        if (answered(cpu, Conduit.HVC)) {
            return;
        }
        if (isHvcUndefined(cpu)) {
            throw ProcessorException.undefined();
        }
        about(cpu, ExceptionType.HYPERVISOR_CALL, address, itState);
        ExceptionEntry.enterHyp(cpu, cpu.pc, ExceptionEntry.CALL, Hsr.of(Hsr.EC_HVC, immediate & 0xffff));
        cpu.listener().exceptionEntered(cpu, ExceptionType.HYPERVISOR_CALL);
    }

    /**
     * SMC. UNDEFINED in User mode, without the Security Extensions and where SCR.SCD disables it, unless firmware answers;
     * trapped to Hyp mode by HCR.TSC before either.
     */
    public static void secureMonitorCall(Cpu cpu, int address, int itState) {
        if (cpu.mode() == Mode.USR) {
            throw ProcessorException.undefined();
        }
        if (cpu.mode() != Mode.HYP && (Hcr.effective(cpu) & Hcr.TSC) != 0) {
            throw ProcessorException.hypTrap(Hsr.of(Hsr.EC_SMC, 0));
        }
        if (answered(cpu, Conduit.SMC)) {
            return;
        }
        if (!cpu.hasSecurityExtensions() || !cpu.isSecure() && (Scr.of(cpu) & Scr.SCD) != 0) {
            throw ProcessorException.undefined();
        }
        about(cpu, ExceptionType.SECURE_MONITOR_CALL, address, itState);
        ExceptionEntry.enterMonitor(cpu, cpu.pc, ExceptionEntry.CALL);
        cpu.listener().exceptionEntered(cpu, ExceptionType.SECURE_MONITOR_CALL);
    }

    /** SCR.HCE enables HVC; without the Security Extensions it always is. */
    private static boolean isHvcUndefined(Cpu cpu) {
        boolean secure = cpu.isSecure() && !cpu.follows(QemuDeviation.SECURE_HVC);
        return secure || cpu.hasSecurityExtensions() && (Scr.of(cpu) & Scr.HCE) == 0;
    }

    private static boolean answered(Cpu cpu, Conduit conduit) {
        return cpu.firmware().call(cpu, conduit);
    }

    /** Shows the listener the state before the instruction. */
    private static void about(Cpu cpu, ExceptionType type, int address, int itState) {
        int next = cpu.pc;
        int itAfter = cpu.itState;
        cpu.pc = address;
        cpu.itState = itState;
        cpu.listener().exceptionTaken(cpu, type, address);
        cpu.pc = next;
        cpu.itState = itAfter;
    }
}
