package dev.hyptrace.replayer.probe;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.FirmwareCalls.Conduit;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;

/**
 * Stops a running machine before it writes HVBAR, and, when asked to, after Hyp mode has been left and before an HVC. Whoever
 * listened before is told everything.
 */
final class Watch implements CpuListener {
    private final CpuListener other;
    private Use expected = Use.NONE;
    private boolean letting;
    private boolean met;
    private boolean write;
    private int writePc;

    /** What else to stop for, once. */
    enum Use {
        NONE,
        /** An HVC. */
        CALL,
        /** An HVC, or leaving Hyp mode. */
        CALL_OR_LEAVE
    }

    Watch(CpuListener other) {
        this.other = other;
    }

    /** Says what else to stop for. */
    void expect(Use use) {
        expected = use;
        met = false;
    }

    /** Whether that has happened, or for an HVC is about to. */
    boolean isMet() {
        return met;
    }

    /** Whether the machine was stopped before a write to HVBAR, which is at {@link Cpu#pc}; asked once. */
    boolean takeWrite(Cpu cpu) {
        boolean result = write && cpu.pc == writePc;
        write = false;
        return result;
    }

    /** Lets the next write to HVBAR happen. */
    void let() {
        letting = true;
    }

    /** Whether it did not happen, after all. */
    boolean takeLet() {
        boolean result = letting;
        letting = false;
        return result;
    }

    @Override
    public void hypVectorsChange(Cpu cpu, int value) {
        if (letting) {
            letting = false;
            other.hypVectorsChange(cpu, value);
            return;
        }
        write = true;
        writePc = cpu.pc - 4; // MCR has 32 bits in both instruction sets.
        cpu.requestStop();
        throw ProcessorException.BLOCK_CHANGED;
    }

    @Override
    public void modeChanged(Cpu cpu) {
        if (expected == Use.CALL_OR_LEAVE && cpu.mode() != Mode.HYP && cpu.mode() != Mode.MON) {
            met = true;
            cpu.requestStop();
        }
        other.modeChanged(cpu);
    }

    @Override
    public void exceptionTaken(Cpu cpu, ExceptionType type, int address) {
        if (expected != Use.NONE && type == ExceptionType.HYPERVISOR_CALL) {
            expected = Use.NONE;
            met = true;
            cpu.requestStop();
            throw ProcessorException.BLOCK_CHANGED;
        }
        other.exceptionTaken(cpu, type, address);
    }

    @Override
    public void exceptionEntered(Cpu cpu, ExceptionType type) {
        other.exceptionEntered(cpu, type);
    }

    @Override
    public void exceptionReturned(Cpu cpu, int fromMode) {
        other.exceptionReturned(cpu, fromMode);
    }

    @Override
    public void firmwareCalled(Cpu cpu, Conduit conduit) {
        other.firmwareCalled(cpu, conduit);
    }

    @Override
    public void unknownSystemRegister(Cpu cpu, String access) {
        other.unknownSystemRegister(cpu, access);
    }

    @Override
    public void unpredictable(Cpu cpu, String choice) {
        other.unpredictable(cpu, choice);
    }
}
