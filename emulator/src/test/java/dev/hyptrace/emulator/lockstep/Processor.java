package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.FirmwareCalls.Conduit;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.exception.Exceptions;
import dev.hyptrace.emulator.execution.Interpreter;
import dev.hyptrace.emulator.instruction.Decoder;
import dev.hyptrace.emulator.memory.PhysicalMemory;
import dev.hyptrace.emulator.memory.Ram;
import dev.hyptrace.emulator.mmu.Mmu;
import dev.hyptrace.emulator.system.SystemRegisters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Executes trials on the emulated processor. */
final class Processor {
    private static final int RAM_SIZE = 4 << 20;
    private static final int MOST_STEPS = 48;
    private static final int PSCI = 0x8400_0000;
    private static final int FPEXC_EN = 1 << 30;
    private static final int ADDRESS_FIELDS = 2;

    private static final SystemRegister[] ZEROED = {
        SystemRegister.DFSR,
        SystemRegister.IFSR,
        SystemRegister.DFAR,
        SystemRegister.IFAR,
        SystemRegister.HDFAR,
        SystemRegister.HIFAR,
        SystemRegister.HSR
    };
    private static final SystemRegister[] THREAD = {
        SystemRegister.TPIDRURW, SystemRegister.TPIDRURO, SystemRegister.TPIDRPRW
    };
    private static final int[] WITH_LINK = {Mode.SVC, Mode.ABT, Mode.UND, Mode.IRQ};
    private static final int[] WITH_SPSR = {Mode.FIQ, Mode.SVC, Mode.ABT, Mode.UND, Mode.IRQ};

    private final Cpu cpu = new Cpu();
    private final byte[] pristine;
    private final Ram ram = Ram.of(Layout.RAM, RAM_SIZE);
    private final Interpreter interpreter;
    private boolean taken;
    private boolean outside;
    private int steps;

    Processor() {
        ByteBuffer image = ByteBuffer.allocate(RAM_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        Layout.write(image, false);
        ram.write(Layout.RAM, image.array());
        pristine = ram.read(Layout.RAM + Layout.DATA_OFFSET, Layout.DATA_SIZE);
        Mmu mmu = new Mmu(cpu, new PhysicalMemory(ram));
        cpu.connect(ram, mmu);
        cpu.setTranslation(mmu);
        cpu.setListener(new Watch());
        cpu.setFirmware((caller, conduit) -> conduit == Conduit.SMC && answer());
        interpreter = new Interpreter(cpu, new Exceptions(), new Decoder());
        mmu.setCodeWatcher(interpreter::codeWritten);
        SystemRegisters.reset(cpu);
        cpu.setCpsr(Psr.A | Psr.I | Psr.F | Mode.HYP);
        control();
    }

    /** PSCI knows no function that a random R0 names, but for those that switch off. */
    private boolean answer() {
        outside |= cpu.r[0] >>> 8 == PSCI >>> 8;
        cpu.r[0] = -1;
        return true;
    }

    private void control() {
        cpu.system.set(SystemRegister.HVBAR, Layout.HYP_VECTORS);
        cpu.system.set(SystemRegister.VBAR, Layout.VECTORS);
        cpu.system.set(SystemRegister.CPACR, 0xf << 20);
        cpu.system.set(SystemRegister.TTBR0, Layout.RAM + Layout.SHORT_TABLE_OFFSET);
        cpu.system.set(SystemRegister.TTBCR, 0);
        cpu.system.set(SystemRegister.DACR, 1);
        cpu.system.set(SystemRegister.SCTLR, cpu.system.word(SystemRegister.SCTLR) & ~2 | 1);
        cpu.system.set(SystemRegister.HTCR, 0x8080_3500);
        cpu.system.set(SystemRegister.HMAIR0, 0xff);
        cpu.system.set(SystemRegister.HTTBR, Layout.RAM + Layout.HYP_TABLE_OFFSET);
        cpu.system.set(SystemRegister.HSCTLR, cpu.system.word(SystemRegister.HSCTLR) & ~2 | 1);
        cpu.translation().contextChanged(cpu);
    }

    /** Notes the first exception, and what cannot be compared. */
    private final class Watch implements CpuListener {
        @Override
        public void exceptionEntered(Cpu which, ExceptionType type) {
            taken = true;
        }

        @Override
        public void unpredictable(Cpu which, String choice) {
            // What does not exist holds on QEMU what earlier trials left there.
            outside |= choice.contains("beyond D31: ignores them");
        }
    }

    /** The result; empty if there was none after some time, or if it hangs on what only the harness for QEMU has. */
    Optional<Result> run(Trial trial) {
        int[] state = trial.state();
        interpreter.codeWritten(Layout.RAM + Layout.CODE_PAGE_OFFSET, 0x1000);
        for (int i = 0; i < Trial.CODE_WORDS; i++) {
            ram.setWord(Layout.CODE_OFFSET + 4 * i, state[Trial.CODE + i]);
        }
        load(state);
        taken = false;
        outside = false;
        steps = 0;
        while (steps < MOST_STEPS && !taken && !outside) {
            interpreter.step();
            steps++;
            outside |= !taken && (cpu.pc & ~0xfff) == Layout.VECTORS;
        }
        boolean atVector = (cpu.pc & ~0x3f) == Layout.VECTORS;
        Result result = new Result(save());
        return taken && atVector && !outside && !isHarness(result.words) ? Optional.of(result) : Optional.empty();
    }

    /** How many instructions the last trial executed, that which took the exception included. */
    int executed() {
        return steps;
    }

    private static boolean isHarness(int[] words) {
        boolean harness = false;
        for (int i = Result.DFAR; i < Result.DFAR + 2 * ADDRESS_FIELDS; i++) {
            harness |= Layout.isHarness(words[i]);
        }
        return harness;
    }

    private void load(int[] state) {
        cpu.attention = 0;
        cpu.clearExclusive();
        cpu.setCpsr(Psr.A | Psr.I | Psr.F | Mode.HYP);
        System.arraycopy(state, 0, cpu.r, 0, 15);
        cpu.r[13] = state[Trial.SP_HYP];
        cpu.setRegister(13, Mode.USR, state[Trial.SP_USR]);
        for (int i = 0; i < 7; i++) {
            cpu.setRegister(8 + i, Mode.FIQ, state[Trial.FIQ + i]);
        }
        for (int i = 0; i < WITH_LINK.length; i++) {
            cpu.setRegister(13, WITH_LINK[i], state[Trial.SVC + 2 * i]);
            cpu.setRegister(14, WITH_LINK[i], state[Trial.SVC + 2 * i + 1]);
        }
        for (int i = 0; i < WITH_SPSR.length; i++) {
            cpu.banks.setSpsr(WITH_SPSR[i], state[Trial.SPSRS + i]);
        }
        cpu.banks.setElrHyp(state[Trial.ELR_HYP]);
        cpu.banks.setSpsr(Mode.HYP, state[Trial.CPSR]);
        for (SystemRegister register : ZEROED) {
            cpu.system.set(register, 0);
        }
        for (int i = 0; i < THREAD.length; i++) {
            cpu.system.set(THREAD[i], state[Trial.THREAD + i]);
        }
        cpu.system.set(SystemRegister.FPEXC, FPEXC_EN);
        cpu.system.set(SystemRegister.FPSCR, state[Trial.FPSCR]);
        for (int i = 0; i < cpu.extension.d.length; i++) {
            cpu.extension.d[i] = state[Trial.D + 2 * i] & 0xffff_ffffL | (long) state[Trial.D + 2 * i + 1] << 32;
        }
        cpu.setCpsr(state[Trial.CPSR]);
        cpu.pc = Layout.CODE;
    }

    private int[] save() {
        int[] words = new int[Result.WORDS];
        for (int i = 0; i < 15; i++) {
            words[i] = cpu.register(i, Mode.USR);
        }
        for (int i = 0; i < 7; i++) {
            words[Trial.FIQ + i] = cpu.register(8 + i, Mode.FIQ);
        }
        for (int i = 0; i < WITH_LINK.length; i++) {
            words[Trial.SVC + 2 * i] = cpu.register(13, WITH_LINK[i]);
            words[Trial.SVC + 2 * i + 1] = cpu.register(14, WITH_LINK[i]);
        }
        words[Trial.SP_HYP] = cpu.register(13, Mode.HYP);
        for (int i = 0; i < WITH_SPSR.length; i++) {
            words[Trial.SPSRS + i] = cpu.banks.spsr(WITH_SPSR[i]);
        }
        words[Trial.FPSCR] = cpu.system.word(SystemRegister.FPSCR);
        saveException(words);
        saveData(words);
        return words;
    }

    private void saveException(int[] words) {
        boolean hyp = cpu.pc >= Layout.HYP_VECTORS;
        words[Result.VECTOR] = (cpu.pc - Layout.VECTORS) >>> 2;
        words[Trial.ELR_HYP] = hyp ? cpu.banks.elrHyp() : 0;
        words[Trial.CPSR] = hyp ? cpu.banks.spsr(Mode.HYP) : cpu.cpsr();
        words[Result.HSR] = hyp ? cpu.system.word(SystemRegister.HSR) : 0;
        for (int i = 0; i < ZEROED.length - 1; i++) {
            words[Result.DFSR + i] = cpu.system.word(ZEROED[i]);
        }
        for (int i = 0; i < THREAD.length; i++) {
            words[Result.THREAD + i] = cpu.system.word(THREAD[i]);
        }
        words[Result.FPEXC] = cpu.system.word(SystemRegister.FPEXC);
    }

    private void saveData(int[] words) {
        for (int i = 0; i < cpu.extension.d.length; i++) {
            words[Trial.D + 2 * i] = (int) cpu.extension.d[i];
            words[Trial.D + 2 * i + 1] = (int) (cpu.extension.d[i] >>> 32);
        }
        ByteBuffer before = ByteBuffer.wrap(pristine).order(ByteOrder.LITTLE_ENDIAN);
        int changes = 0;
        for (int i = 0; i < Layout.DATA_SIZE; i += 4) {
            int now = ram.wordAt(Layout.DATA_OFFSET + i);
            int original = before.getInt(i);
            if (now != original) {
                if (changes < Result.MOST_CHANGES) {
                    words[Result.NOTED_CHANGES + 2 * changes] = Layout.DATA_OFFSET + i;
                    words[Result.NOTED_CHANGES + 2 * changes + 1] = now;
                }
                changes++;
                ram.setWord(Layout.DATA_OFFSET + i, original);
            }
        }
        words[Result.CHANGES] = changes;
    }
}
