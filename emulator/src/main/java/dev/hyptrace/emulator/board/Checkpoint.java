package dev.hyptrace.emulator.board;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.FirmwareCalls;
import dev.hyptrace.emulator.core.OutsideAccess;
import dev.hyptrace.emulator.core.SavedCpu;
import dev.hyptrace.emulator.execution.Interpreter;
import dev.hyptrace.emulator.memory.PageJournal;
import dev.hyptrace.emulator.memory.Ram;
import dev.hyptrace.emulator.mmu.Mmu;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A moment of a {@link Machine} that it can be brought back to, any number of times, to try what happens if.
 *
 * <p>While it is open, the machine is processor and RAM alone: devices and firmware cannot be brought back, so an instruction
 * that reaches for them ends {@link Machine#step} with {@link OutsideAccess}. No interrupt is taken, and no timer expires.
 * Closing it brings the machine back and lets everything go on as if it had never been.
 */
public final class Checkpoint implements AutoCloseable {
    private static final int LINES =
            Cpu.IRQ_LINE | Cpu.FIQ_LINE | Cpu.VIRQ_LINE | Cpu.VFIQ_LINE | Cpu.HCR_VIRTUAL | Cpu.DEADLINE | Cpu.STOP;

    private final Cpu cpu;
    private final Ram ram;
    private final Mmu mmu;
    private final Interpreter interpreter;
    private final PageJournal journal;
    private final SavedCpu saved;
    private final FirmwareCalls firmware;
    private final Runnable closed;

    /**
     * @param answers whether firmware would answer calls of a kind
     * @param closed run after it has been closed
     */
    Checkpoint(
            Machine machine,
            Mmu mmu,
            Interpreter interpreter,
            Predicate<FirmwareCalls.Conduit> answers,
            Runnable closed) {
        cpu = machine.cpu();
        this.mmu = mmu;
        this.interpreter = interpreter;
        this.closed = closed;
        ram = machine.memory().ram();
        journal = new PageJournal(ram);
        saved = SavedCpu.of(cpu);
        mmu.isolate(cpu, journal);
        firmware = cpu.firmware();
        cpu.setFirmware((caller, conduit) -> {
            if (answers.test(conduit)) {
                throw OutsideAccess.firmware(conduit);
            }
            return false;
        });
        interpreter.holdEvents();
        cpu.attention &= ~LINES;
    }

    /** Brings processor and RAM back to this moment. */
    public void rollBack() {
        mmu.rollBack(journal);
        saved.restore(cpu);
        cpu.memory().regimeChanged(cpu);
        cpu.attention &= ~LINES;
    }

    /** Writes to RAM at a physical address; rolled back like what instructions write. */
    public void write(long address, byte[] bytes) {
        mmu.writeJournaled(journal, address, bytes);
    }

    /** The bytes of RAM that differ from those at this moment: their present values by physical address. */
    public SortedMap<Long, Byte> changedBytes() {
        SortedMap<Long, Byte> changed = new TreeMap<>();
        journal.pages().forEach((page, before) -> {
            byte[] now = journal.read(page);
            for (int i = 0; i < now.length; i++) {
                if (now[i] != before[i]) {
                    changed.put(ram.base() + page + i, now[i]);
                }
            }
        });
        return changed;
    }

    @Override
    public void close() {
        mmu.rollBack(journal);
        mmu.rejoin(cpu);
        saved.restore(cpu);
        cpu.memory().regimeChanged(cpu);
        interpreter.releaseEvents();
        cpu.setFirmware(firmware);
        closed.run();
    }
}
