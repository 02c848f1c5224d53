package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.traces.model.Mode;
import java.util.Optional;

/**
 * The processors of a log.
 *
 * <p>Only Trace and {@code Taking exception} lines name their processor (trap 9). Where several run at once in threads of
 * their own, their lines mix: registers are then given to the Trace line whose address is R15, and to none when two can be
 * meant. Lines of returns and mode switches go to the processor that is in the mode they leave.
 */
final class Processors {
    /** The most that an Arm board of QEMU has is 512 (virt), of ARMv7 8. */
    private static final int MAX_PROCESSORS = 512;

    private final Output out;
    private final TranslatedCode translated;
    private final Processor[] all = new Processor[MAX_PROCESSORS];
    private final TraceLine untraced = new TraceLine();
    private Processor current;
    private int last;
    private boolean traced;
    private boolean saidMixed;

    Processors(Output out, TranslatedCode translated) {
        this.out = out;
        this.translated = translated;
        current = new Processor(0, out, translated);
        all[0] = current;
    }

    /** The processor of the last line that named one. */
    Processor current() {
        return current;
    }

    /** Makes a processor the current one; false for a number that none can have. */
    boolean select(int cpu) {
        if (cpu >= MAX_PROCESSORS) {
            return false;
        }
        if (all[cpu] == null) {
            all[cpu] = new Processor(cpu, out, translated);
            last = Math.max(last, cpu);
        }
        current = all[cpu];
        return true;
    }

    /** A Trace line; false when its processor cannot be. */
    boolean trace(TraceLine line) {
        if (current.cpu() != line.cpu() && !select(line.cpu())) {
            return false;
        }
        traced = true;
        current.trace(line);
        return true;
    }

    /** The registers of a Trace line; returns a block to use again. */
    RegisterBlock registers(RegisterBlock block, long line) {
        Processor owner = last == 0 ? current : owner(block, line);
        if (owner == null) {
            return block;
        }
        if (!owner.awaitsRegisters() && !traced && block.hasCore(15)) {
            owner.trace(untraced.at(owner.cpu(), block.core(15)));
        }
        if (!owner.awaitsRegisters()) {
            out.problem(line, "registers end here that follow no Trace line");
            return block;
        }
        if (block.hasCore(15) && !owner.awaitsRegistersAt(block.core(15))) {
            out.problem(line, "registers end here whose R15 is not the address in the Trace line before them");
            return block;
        }
        return owner.registers(block);
    }

    /** Which processor the registers are of: the only one that waits for some, or for some with this R15. */
    private Processor owner(RegisterBlock block, long line) {
        Processor waiting = null;
        Processor fitting = null;
        boolean mixed = false;
        boolean ambiguous = false;
        for (int cpu = 0; cpu <= last; cpu++) {
            Processor processor = all[cpu];
            if (processor == null || !processor.awaitsRegisters()) {
                continue;
            }
            mixed |= waiting != null;
            waiting = processor;
            if (block.hasCore(15) && processor.awaitsRegistersAt(block.core(15))) {
                ambiguous |= fitting != null;
                fitting = processor;
            }
        }
        if (mixed) {
            sayMixed(line);
        }
        if (!mixed) {
            return waiting == null ? current : waiting;
        }
        return ambiguous ? null : fitting;
    }

    private void sayMixed(long line) {
        if (!saidMixed) {
            saidMixed = true;
            out.problem(
                    line,
                    "the lines of several CPUs are mixed, registers that can be of either are left out; record with -smp 1,"
                            + " -accel tcg,thread=single or -d tid -D FILE.%d");
        }
    }

    /** A line that takes back a Trace line; false when there is none with this address. */
    boolean takeBack(int address, boolean mayHaveRun) {
        if (current.takeBack(address, mayHaveRun)) {
            return true;
        }
        for (int cpu = 0; cpu <= last; cpu++) {
            if (all[cpu] != null && all[cpu] != current && all[cpu].takeBack(address, mayHaveRun)) {
                return true;
            }
        }
        return false;
    }

    /** The processor that a line means which says only what mode it leaves. */
    Processor leaving(Optional<Mode> mode) {
        if (last == 0 || current.mode().equals(mode)) {
            return current;
        }
        Processor only = null;
        for (int cpu = 0; cpu <= last; cpu++) {
            if (all[cpu] != null && all[cpu].mode().equals(mode)) {
                if (only != null) {
                    return current;
                }
                only = all[cpu];
            }
        }
        return only == null ? current : only;
    }

    void end() {
        for (int cpu = 0; cpu <= last; cpu++) {
            if (all[cpu] != null) {
                all[cpu].end();
            }
        }
    }
}
