package dev.hyptrace.replayer.step;

import dev.hyptrace.emulator.core.Banks;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.ExtensionRegisters;
import dev.hyptrace.emulator.core.SystemState;

/** A processor's state, to return to. */
final class Snapshot {
    private final int[] r = new int[15];
    private final Banks banks = new Banks();
    private final SystemState system = new SystemState();
    private final ExtensionRegisters extension = new ExtensionRegisters();
    private int pc;
    private int cpsr;
    private boolean whole;

    /**
     * Takes the processor's state.
     *
     * @param withBanks whether to take banked, system and extension registers too; without them, only what an instruction
     *     that is no branch and not one of an extension can change
     */
    void take(Cpu cpu, boolean withBanks) {
        System.arraycopy(cpu.r, 0, r, 0, r.length);
        pc = cpu.pc;
        cpsr = cpu.cpsr();
        whole = withBanks;
        if (withBanks) {
            banks.copyFrom(cpu.banks);
            system.copyFrom(cpu.system);
            extension.copyFrom(cpu.extension);
        }
    }

    /** Puts the processor back. */
    void restore(Cpu cpu) {
        cpu.setCpsr(cpsr);
        System.arraycopy(r, 0, cpu.r, 0, r.length);
        cpu.pc = pc;
        if (whole) {
            cpu.banks.copyFrom(banks);
            cpu.system.copyFrom(system);
            cpu.extension.copyFrom(extension);
        }
    }

    int r(int n) {
        return r[n];
    }

    int pc() {
        return pc;
    }

    int cpsr() {
        return cpsr;
    }

    Banks banks() {
        return banks;
    }

    SystemState system() {
        return system;
    }

    ExtensionRegisters extension() {
        return extension;
    }
}
