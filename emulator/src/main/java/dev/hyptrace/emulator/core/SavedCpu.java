package dev.hyptrace.emulator.core;

/** Everything that a processor held at one moment, time included; memory and translations are not part of it. */
public final class SavedCpu {
    private final int[] registers;
    private final int pc;
    private final int cpsr;
    private final int attention;
    private final long instructions;
    private final Banks banks = new Banks();
    private final SystemState system = new SystemState();
    private final ExtensionRegisters extension = new ExtensionRegisters();
    private final Cpu.Exclusive exclusive;

    private SavedCpu(Cpu cpu) {
        registers = cpu.r.clone();
        pc = cpu.pc;
        cpsr = cpu.cpsr();
        attention = cpu.attention;
        instructions = cpu.instructions;
        banks.copyFrom(cpu.banks);
        system.copyFrom(cpu.system);
        extension.copyFrom(cpu.extension);
        exclusive = cpu.exclusive();
    }

    public static SavedCpu of(Cpu cpu) {
        return new SavedCpu(cpu);
    }

    /** Makes the processor hold it again. The listener is not told of a change of mode. */
    public void restore(Cpu cpu) {
        CpuListener listener = cpu.listener();
        cpu.setListener(CpuListener.NONE);
        cpu.setCpsr(cpsr);
        cpu.setListener(listener);
        System.arraycopy(registers, 0, cpu.r, 0, registers.length);
        cpu.pc = pc;
        cpu.attention = attention;
        cpu.instructions = instructions;
        cpu.banks.copyFrom(banks);
        cpu.system.copyFrom(system);
        cpu.extension.copyFrom(extension);
        cpu.setExclusive(exclusive);
    }
}
