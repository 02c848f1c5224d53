package dev.hyptrace.replayer.step;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.execution.Stepper;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.util.List;
import java.util.Optional;

/**
 * Executes single instructions on a state that is known in part, and finds out what of the result is known.
 *
 * <p>An instruction that touches nothing unknown is executed once. One that does is executed twice, with two different
 * fillers in place of everything unknown: what comes out different rests on something unknown, and becomes unknown itself.
 */
final class StepExecutor {
    /** The bit of {@link #unknown} for PC. */
    static final int PC = 1 << 15;
    /** The bit of {@link #unknown} for CPSR. */
    static final int CPSR = 1 << 16;

    private static final int CORE = (1 << 15) - 1;
    private static final long FILLER = 0x5a5a_a5a4_5a5a_a5a4L;
    private static final long OTHER_FILLER = 0xa5a5_5a58_a5a5_5a58L;

    /** Far enough that whatever reads a counter reads another value. */
    private static final long OTHER_TIME = 0x1234_5678_9abcL;

    private final Cpu cpu;
    private final RecordedMemory memory;
    private final Stepper stepper;
    private final Snapshot before = new Snapshot();
    private final Snapshot first = new Snapshot();
    private final StepNotes notes = new StepNotes();

    /** A bit per register of the current mode, from R0 to R14, then {@link #PC} and {@link #CPSR}. */
    private int unknown = CORE | PC | CPSR;

    private int unknownStatus = -1;

    StepExecutor(Cpu cpu, RecordedMemory memory, Stepper stepper) {
        this.cpu = cpu;
        this.memory = memory;
        this.stepper = stepper;
        memory.setFiller(FILLER);
        cpu.setListener(notes);
        forgetAll();
    }

    /** What the emulator noted while it executed the last instruction. */
    StepNotes notes() {
        return notes;
    }

    /** Which bits of CPSR are unknown, while {@link #CPSR} is set. */
    int unknownStatus() {
        return unknownStatus;
    }

    /** Which registers of the current mode are unknown. */
    int unknown() {
        return unknown;
    }

    void setUnknown(int bits) {
        unknown = bits;
    }

    /** Nothing is known any more: after a gap. */
    void forgetAll() {
        unknown = CORE | PC | CPSR;
        unknownStatus = -1;
        memory.forgetAll();
        cpu.banks.forgetAll();
        cpu.system.forgetAll();
        cpu.extension.forgetAll();
        fillUnknown(FILLER);
    }

    /** Sets CPSR as recorded; what was unknown in the old mode stays so in its bank, and the new mode's bank is taken. */
    void changeStatus(int psr) {
        int modeBefore = cpu.mode();
        int unknownBefore = unknown & CORE;
        int modeAfter = psr & Mode.MASK;
        unknown &= ~CPSR;
        unknownStatus = 0;
        if (modeBefore == modeAfter) {
            cpu.setCpsr(psr);
            return;
        }
        boolean spKnown = cpu.banks.isSpKnown(modeAfter);
        boolean lrKnown = cpu.banks.isLrKnown(modeAfter);
        cpu.setCpsr(psr);
        cpu.banks.forgetCore(modeBefore, unknownBefore, (int) FILLER);
        unknown = unknown & ~(3 << 13) | (spKnown ? 0 : 1 << 13) | (lrKnown ? 0 : 1 << 14);
    }

    /** Executes an instruction on the processor's state, of which PC and CPSR must be known. */
    void execute(Instruction instruction) {
        boolean wide = instruction.set() != InstructionSet.A32 && instruction.size() == 4;
        int word = instruction.encoding();
        boolean readsTime = readsCoprocessor(instruction);
        boolean extension = stepper.isExtension(word, wide);
        boolean restsOnUnknown = extension && !cpu.extension.isAllKnown();
        boolean wholeState = extension || readsTime || stepper.isBranch(word, wide);
        run(() -> stepper.step(word, wide), wholeState, readsTime || restsOnUnknown);
    }

    /** Does something to the processor, such as delivering an exception, that may rest on unknown values. */
    void perform(Runnable action) {
        run(
                () -> {
                    action.run();
                    return Optional.empty();
                },
                true,
                false);
    }

    /** As {@link #perform}, of something that looks at the instruction at which PC stands. */
    void performAt(Instruction instruction, Runnable action) {
        memory.setCode(cpu.pc, Optional.of(instruction));
        perform(action);
        memory.setCode(0, Optional.empty());
    }

    /** Returns to the state before the last instruction. */
    void undo(int unknownBefore) {
        before.restore(cpu);
        unknown = unknownBefore;
    }

    private interface Action {
        Optional<ProcessorException> run();
    }

    private void run(Action action, boolean wholeState, boolean always) {
        before.take(cpu, wholeState);
        int modeBefore = cpu.mode();
        int unknownBefore = unknown;
        fillCore(FILLER);
        clearNotes();
        action.run();
        List<RecordedMemory.Store> stores = memory.takeStores();
        boolean touched = takeUnknownUse();
        if (touched || always || (unknown & CORE) != 0) {
            stores = runAgain(action, stores);
        }
        stores.forEach(memory::commit);
        if (cpu.mode() != modeBefore && (unknownBefore & CORE) != 0) {
            cpu.banks.forgetCore(modeBefore, unknownBefore, (int) FILLER);
        }
    }

    /** Executes once more with other fillers; returns the stores of the first time that do not rest on them. */
    private List<RecordedMemory.Store> runAgain(Action action, List<RecordedMemory.Store> stores) {
        first.take(cpu, true);
        Optional<ExceptionType> taken = notes.taken();
        Optional<String> choice = notes.unpredictable();
        before.restore(cpu);
        memory.setFiller(OTHER_FILLER);
        fillUnknown(OTHER_FILLER);
        fillCore(OTHER_FILLER);
        long time = cpu.instructions;
        cpu.instructions = time + OTHER_TIME;
        action.run();
        cpu.instructions = time;
        memory.setFiller(FILLER);
        unknown = differences();
        List<RecordedMemory.Store> certain = memory.certain(stores, memory.takeStores());
        first.banks().forgetDifferences(cpu.banks, (int) FILLER);
        first.system().forgetDifferences(cpu.system, FILLER);
        first.extension().settleDifferences(cpu.extension, FILLER);
        first.restore(cpu);
        fillUnknown(FILLER);
        notes.set(taken, choice);
        return certain;
    }

    private int differences() {
        int bits = cpu.pc == first.pc() ? 0 : PC;
        unknownStatus = cpu.cpsr() ^ first.cpsr();
        bits |= unknownStatus == 0 ? 0 : CPSR;
        for (int n = 0; n < 15; n++) {
            bits |= cpu.r[n] == first.r(n) ? 0 : 1 << n;
        }
        return bits;
    }

    /** Fills all that is unknown but the current mode's core registers. */
    private void fillUnknown(long filler) {
        cpu.banks.fillUnknown((int) filler);
        cpu.system.fillUnknown(filler);
        cpu.extension.fillUnknown(filler);
    }

    private void fillCore(long filler) {
        for (int bits = unknown & CORE; bits != 0; bits &= bits - 1) {
            cpu.r[Integer.numberOfTrailingZeros(bits)] = (int) filler;
        }
    }

    private void clearNotes() {
        notes.clear();
        takeUnknownUse();
    }

    /** Whether anything unknown was used since the last call; every source must be asked, so that none stays set. */
    private boolean takeUnknownUse() {
        boolean load = memory.takeUnknownLoad();
        boolean bank = cpu.banks.takeUnknownRead();
        boolean register = cpu.system.takeUnknownRead();
        return load || bank || register;
    }

    /** Whether this may read a counter, whose value is the recording's affair: MRC, MRRC and LDC, in the encodings that A32 and T32 share: bits [27:24] and L. */
    private static boolean readsCoprocessor(Instruction instruction) {
        int word = instruction.encoding();
        boolean load = (word & 1 << 20) != 0;
        int group = word >>> 24 & 0xf;
        return instruction.size() == 4 && load && (group == 0xe || group == 0xc || group == 0xd);
    }
}
