package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.system.SystemRegisters;

/**
 * What a world has for itself of the emulated processor: the control registers, and the registers of a trial that are not
 * loaded and saved alike in both. The harnesses for QEMU do the same.
 */
abstract class WorldState {
    /** CPSR before a trial is loaded. */
    static final int MASKED = Psr.A | Psr.I | Psr.F;

    static final SystemRegister[] FAULTS = {
        SystemRegister.DFSR, SystemRegister.IFSR, SystemRegister.DFAR, SystemRegister.IFAR
    };
    static final SystemRegister[] HYP_FAULTS = {SystemRegister.HDFAR, SystemRegister.HIFAR};
    static final SystemRegister[] THREAD = {SystemRegister.TPIDRURW, SystemRegister.TPIDRURO, SystemRegister.TPIDRPRW};

    /** Resets the processor, and sets it up as the harness does. */
    abstract void control(Cpu cpu);

    /** Enters the mode from which a trial is started, with R0 to R12, and its own registers. */
    abstract void load(Cpu cpu, int[] state);

    /** What has to be done last: the registers that change translation. */
    void start(Cpu cpu, int[] state) {}

    /** Saves what {@link Processor} does not. */
    abstract void save(Cpu cpu, int[] words);

    /** Whether the trial is somewhere where the harness cannot tell of it. */
    boolean isLost(Cpu cpu) {
        return false;
    }

    /** Of Hyp mode, in both. */
    static void hypControl(Cpu cpu) {
        SystemRegisters.reset(cpu);
        cpu.system.set(SystemRegister.HVBAR, Layout.HYP_VECTORS);
        cpu.system.set(SystemRegister.HTCR, 0x8080_3500);
        cpu.system.set(SystemRegister.HMAIR0, 0xff);
        cpu.system.set(SystemRegister.HTTBR, Layout.RAM + Layout.HYP_TABLE_OFFSET);
        cpu.system.set(SystemRegister.HSCTLR, cpu.system.word(SystemRegister.HSCTLR) & ~2 | 1);
        cpu.system.set(SystemRegister.CPACR, 0xf << 20);
    }

    /** Of PL1, in either security state. */
    static void control(Cpu cpu, boolean secure, int vectors) {
        cpu.system.set(SystemRegister.VBAR, secure, vectors);
        cpu.system.set(SystemRegister.TTBR0, secure, Layout.RAM + Layout.SHORT_TABLE_OFFSET);
        cpu.system.set(SystemRegister.TTBCR, secure, 0);
        cpu.system.set(SystemRegister.DACR, secure, 1);
        int control = cpu.system.word(SystemRegister.SCTLR, secure);
        cpu.system.set(SystemRegister.SCTLR, secure, control & ~2 | 1);
    }

    static void loadSystem(Cpu cpu, boolean secure, int[] state) {
        for (SystemRegister register : FAULTS) {
            cpu.system.set(register, secure, 0);
        }
        for (SystemRegister register : HYP_FAULTS) {
            cpu.system.set(register, 0);
        }
        cpu.system.set(SystemRegister.HSR, 0);
        for (int i = 0; i < THREAD.length; i++) {
            cpu.system.set(THREAD[i], secure, state[Trial.THREAD + i]);
        }
    }

    static void saveSystem(Cpu cpu, boolean secure, int[] words) {
        save(cpu, secure, FAULTS, words, Result.DFSR);
        save(cpu, secure, HYP_FAULTS, words, Result.HDFAR);
        save(cpu, secure, THREAD, words, Result.THREAD);
    }

    static void save(Cpu cpu, boolean secure, SystemRegister[] registers, int[] words, int from) {
        for (int i = 0; i < registers.length; i++) {
            words[from + i] = cpu.system.word(registers[i], secure);
        }
    }

    /** Makes a mode current, with R0 to R12 and its SP. */
    static void enter(Cpu cpu, int mode, int[] state, int sp) {
        cpu.setCpsr(MASKED | mode);
        System.arraycopy(state, 0, cpu.r, 0, 13);
        cpu.r[13] = state[sp];
    }

    static int vector(Cpu cpu) {
        return (cpu.pc - Layout.VECTORS) >>> 2;
    }

    /** Whether a result is of an exception taken to Hyp mode. */
    static boolean isHyp(int vector) {
        return vector >>> 3 == Result.HYP >>> 3;
    }

    static int userLink(Cpu cpu) {
        return cpu.register(14, Mode.USR);
    }
}
