package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.FirmwareCalls.Conduit;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.InstructionSet;
import dev.hyptrace.emulator.exception.Exceptions;
import dev.hyptrace.emulator.execution.Interpreter;
import dev.hyptrace.emulator.instruction.Decoder;
import dev.hyptrace.emulator.memory.PhysicalMemory;
import dev.hyptrace.emulator.memory.Ram;
import dev.hyptrace.emulator.mmu.Mmu;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Executes trials on the emulated processor. */
final class Processor {
    private static final int RAM_SIZE = 4 << 20;
    private static final int MOST_STEPS = 48;
    private static final int PAGE = 0x1000;
    /** Bits [15:11] of a Thumb instruction of 32 bits, and more. */
    private static final int WIDE = 0x1d;

    private static final int PSCI = 0x8400_0000;
    private static final int FPEXC_EN = 1 << 30;
    /** Addresses of faults; the last ones are zero in the Non-secure world. */
    private static final int[] ADDRESSES = {
        Result.DFAR, Result.IFAR, Result.HDFAR, Result.HIFAR, SecureState.NONSECURE_DFAR, SecureState.NONSECURE_DFAR + 1
    };

    private static final int[] WITH_LINK = {Mode.SVC, Mode.ABT, Mode.UND, Mode.IRQ};
    private static final int[] WITH_SPSR = {Mode.FIQ, Mode.SVC, Mode.ABT, Mode.UND, Mode.IRQ};

    private final World world;
    private final WorldState worldState;
    private final Cpu cpu = new Cpu();
    private final byte[] pristine;
    private final Ram ram = Ram.of(Layout.RAM, RAM_SIZE);
    private final Interpreter interpreter;
    private boolean taken;
    private boolean outside;
    private boolean excluded;
    private int steps;

    Processor(World world) {
        this.world = world;
        worldState = world.state();
        ByteBuffer image = ByteBuffer.allocate(RAM_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        Layout.write(image, world, false);
        ram.write(Layout.RAM, image.array());
        pristine = ram.read(Layout.RAM + Layout.DATA_OFFSET, Layout.DATA_SIZE);
        Mmu mmu = new Mmu(cpu, new PhysicalMemory(ram));
        cpu.connect(ram, mmu);
        cpu.setTranslation(mmu);
        cpu.setListener(new Watch());
        cpu.setFirmware((caller, conduit) -> world == World.NONSECURE && conduit == Conduit.SMC && answer());
        interpreter = new Interpreter(cpu, new Exceptions(), new Decoder());
        mmu.setCodeWatcher(interpreter::codeWritten);
        worldState.control(cpu);
    }

    /** PSCI knows no function that a random R0 names, but for those that switch off. */
    private boolean answer() {
        outside |= cpu.r[0] >>> 8 == PSCI >>> 8;
        cpu.r[0] = -1;
        return true;
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
        ram.setWord(Layout.CODE_OFFSET - 8, world == World.SECURE ? Layout.CODE : Layout.FILL);
        ram.setWord(Layout.CODE_OFFSET - 4, world == World.SECURE ? state[Trial.CPSR] : Layout.FILL);
        load(state);
        taken = false;
        outside = false;
        excluded = false;
        steps = 0;
        while (steps < MOST_STEPS && !taken && !outside) {
            excluded |= steps > 0 && isExcludedHere();
            interpreter.step();
            steps++;
            outside |= !taken && (cpu.pc & ~0xfff) == Layout.VECTORS;
        }
        outside |= worldState.isLost(cpu);
        boolean atVector = (cpu.pc & ~0x7f) == Layout.VECTORS;
        Result result = new Result(world, save());
        return taken && atVector && !outside && !isHarness(result.words) ? Optional.of(result) : Optional.empty();
    }

    /**
     * Whether the next instruction is one that is left out in the current mode. {@link Generator} knows only the mode in which
     * a trial starts, and not what words a branch finds between its instructions.
     */
    private boolean isExcludedHere() {
        int offset = cpu.pc - Layout.CODE_PAGE;
        if (offset < 0 || offset > PAGE - 4) {
            return false;
        }
        int at = Layout.CODE_PAGE_OFFSET + offset;
        int word = cpu.thumb ? ram.halfwordAt(at) : ram.wordAt(at);
        InstructionSet set = cpu.thumb ? InstructionSet.T16 : InstructionSet.A32;
        if (cpu.thumb && word >>> 11 >= WIDE) {
            word = word << 16 | ram.halfwordAt(at + 2);
            set = InstructionSet.T32;
        }
        Encoding encoding = DecodeTable.of(set).lookup(word);
        return encoding != null && Exclusions.contains(encoding, word, cpu.mode());
    }

    /** Whether the last trial executed an instruction that is left out in the mode and at the place that it had come to. */
    boolean isExcluded() {
        return excluded;
    }

    /** How many instructions the last trial executed, that which took the exception included. */
    int executed() {
        return steps;
    }

    private static boolean isHarness(int[] words) {
        boolean harness = false;
        for (int index : ADDRESSES) {
            harness |= Layout.isHarness(words[index]);
        }
        return harness;
    }

    private void load(int[] state) {
        cpu.attention = 0;
        cpu.clearExclusive();
        worldState.load(cpu, state);
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
        cpu.system.set(SystemRegister.FPEXC, FPEXC_EN);
        cpu.system.set(SystemRegister.FPSCR, state[Trial.FPSCR]);
        for (int i = 0; i < cpu.extension.d.length; i++) {
            cpu.extension.d[i] = state[Trial.D + 2 * i] & 0xffff_ffffL | (long) state[Trial.D + 2 * i + 1] << 32;
        }
        worldState.start(cpu, state);
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
        words[Result.FPEXC] = cpu.system.word(SystemRegister.FPEXC);
        worldState.save(cpu, words);
        saveData(words);
        return words;
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
                if (changes < world.mostChanges) {
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
