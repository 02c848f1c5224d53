package dev.hyptrace.emulator.execution;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.DirectBranch;
import dev.hyptrace.emulator.core.ExceptionModel;
import dev.hyptrace.emulator.core.MemorySystem;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.TimedEvents;
import dev.hyptrace.emulator.instruction.Decoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Executes instructions of one processor.
 *
 * <p>Code is decoded once into {@link Block}s, which are kept per page until the page is written to. A block runs without
 * any check between its instructions: whatever could make one necessary (a branch, a change of mode, of translation or of
 * masks) ends its block. Interrupts and stop requests are looked at between blocks.
 */
public final class Interpreter {
    private static final int PAGE_MASK = 0xffff_f000;
    private static final int LONGEST_BLOCK = 64;
    /** The most memory that decoded code takes before all of it is dropped, and what a page and an operation take, in bytes. */
    private static final long MOST_DECODED = 256 << 20;

    private static final int PAGE_COST = 16 << 10;
    private static final int OPERATION_COST = 64;

    private final Cpu cpu;
    private final MemorySystem memory;
    private final ExceptionModel exceptions;
    private final Decoder decoder;
    private final Sequence sequence;
    private final Map<Long, List<CodePage>> pages = new HashMap<>();
    private long decoded;
    private TimedEvents events = TimedEvents.NONE;
    private long nextEvent;
    private int longestBlock = LONGEST_BLOCK;
    private InstructionListener listener;
    private TimedEvents heldEvents = TimedEvents.NONE;
    private long heldNextEvent;

    public Interpreter(Cpu cpu, ExceptionModel exceptions, Decoder decoder) {
        this.cpu = cpu;
        this.memory = cpu.memory();
        this.exceptions = exceptions;
        this.decoder = decoder;
        this.sequence = new Sequence(cpu);
    }

    /** Decodes instructions one by one, so that the processor's PC and time are exact in each; slower. */
    public void decodeSingly() {
        longestBlock = 1;
    }

    /** What happens by itself in time. */
    public void setEvents(TimedEvents newEvents) {
        events = newEvents;
        cpu.attention |= Cpu.DEADLINE;
    }

    /** Lets nothing happen by itself until {@link #releaseEvents}. */
    public void holdEvents() {
        heldEvents = events;
        heldNextEvent = nextEvent;
        events = TimedEvents.NONE;
        nextEvent = Long.MAX_VALUE;
    }

    /** Ends {@link #holdEvents}: what is to happen in time is as it was then. */
    public void releaseEvents() {
        events = heldEvents;
        nextEvent = heldNextEvent;
        heldEvents = TimedEvents.NONE;
    }

    /**
     * Executes until this many instructions have been executed since reset, or a stop is requested. A processor that waits
     * lets the time pass until an event wakes it.
     *
     * @param until the value of {@link Cpu#instructions} at which to stop; it is met exactly
     */
    public void run(long until) {
        while (cpu.instructions < until) {
            serveEvents();
            if (cpu.attention != 0 && attend(Math.min(until, nextEvent))) {
                return;
            }
            if ((cpu.attention & Cpu.WAITING) == 0) {
                runBlocks(Math.min(until, nextEvent));
            }
        }
    }

    /**
     * Executes as {@link #run} does, and tells of each instruction. Interrupts and stop requests are looked at between
     * instructions.
     */
    public void run(long until, InstructionListener told) {
        listener = told;
        try {
            while (cpu.instructions < until) {
                serveEvents();
                if (cpu.attention != 0 && attend(Math.min(until, nextEvent))) {
                    return;
                }
                if ((cpu.attention & Cpu.WAITING) == 0) {
                    traceBlocks(Math.min(until, nextEvent));
                }
            }
        } finally {
            listener = null;
        }
    }

    private void traceBlocks(long until) {
        Block block = find(cpu.pc);
        while (block != null) {
            boolean completed = trace(block, (int) Math.min(block.operations.length, until - cpu.instructions));
            if (cpu.attention != 0 || cpu.instructions >= until) {
                return;
            }
            Block next = cpu.pc == block.end ? block.fallThrough : block.taken;
            block = completed && next != null ? next : findAfter(block, completed);
        }
    }

    /** Executes the first instructions of a block; returns whether it has come to its end. */
    private boolean trace(Block block, int length) {
        cpu.pc = block.end;
        for (int i = 0; i < length; i++) {
            Operation operation = block.operations[i];
            if (operation != Block.CHANGED) {
                listener.before(block.address(i), block.word(i), block.size(i));
            }
            try {
                cpu.instructions++;
                operation.execute(cpu);
            } catch (ProcessorException exception) {
                cpu.instructions--;
                stopped(block, i, exception);
                return false;
            }
            boolean isLast = i + 1 == length || cpu.attention != 0;
            if (isLast && i + 1 < block.operations.length) {
                cpu.pc = block.address(i + 1);
                return false;
            }
        }
        return true;
    }

    /**
     * Takes the interrupt that comes before the next instruction, if there is one. A processor that waits does so until the
     * next event.
     *
     * @return whether one was taken
     */
    public boolean takeInterrupt() {
        serveEvents();
        if ((cpu.attention & Cpu.WAITING) != 0 && !cpu.isInterruptPending() && nextEvent != Long.MAX_VALUE) {
            cpu.instructions = nextEvent;
            serveEvents();
        }
        boolean taken = cpu.isInterruptPending() && exceptions.takeInterrupt(cpu);
        cpu.attention &= taken ? ~Cpu.WAITING : -1;
        return taken;
    }

    /** Executes one instruction, or takes one exception or interrupt. A processor that waits does so until the next event. */
    public void step() {
        if (takeInterrupt()) {
            return;
        }
        cpu.attention &= ~Cpu.WAITING;
        Block block = find(cpu.pc);
        if (block != null) {
            cpu.pc = block.operations.length == 1 ? block.end : block.address(1);
            execute(block, 1);
        }
    }

    /**
     * Drops decoded code that is about to be overwritten.
     *
     * @return whether nothing that was decoded from that page is left
     */
    public boolean codeWritten(long physicalAddress, int size) {
        List<CodePage> list = pages.getOrDefault(physicalAddress & ~0xfffL, List.of());
        boolean hit = list.isEmpty();
        for (CodePage page : list) {
            hit |= page.holds((int) physicalAddress & 0xfff, size);
        }
        if (hit) {
            list.forEach(CodePage::invalidate);
        }
        return hit;
    }

    /** Begins anew with nothing decoded, so that a guest cannot have us keep without end. */
    private void dropCode() {
        pages.values().forEach(list -> list.forEach(CodePage::invalidate));
        pages.clear();
        cpu.tlb().clear();
        cpu.translation().contextChanged(cpu);
        decoded = 0;
    }

    /** How much memory decoded code takes, estimated, in bytes. */
    long decoded() {
        return decoded;
    }

    private void serveEvents() {
        if (cpu.instructions >= nextEvent || (cpu.attention & Cpu.DEADLINE) != 0) {
            cpu.attention &= ~Cpu.DEADLINE;
            nextEvent = events.happen(cpu);
        }
    }

    /** Serves what set {@link Cpu#attention}; returns whether to leave the run. */
    private boolean attend(long until) {
        boolean interrupted = exceptions.takeInterrupt(cpu);
        if (cpu.takeStopRequest()) {
            return true;
        }
        if (interrupted || cpu.isInterruptPending()) {
            cpu.attention &= ~Cpu.WAITING;
        }
        if ((cpu.attention & Cpu.WAITING) != 0) {
            cpu.instructions = until;
        }
        return false;
    }

    private void runBlocks(long until) {
        Block block = find(cpu.pc);
        while (block != null) {
            int length = block.operations.length;
            if (cpu.instructions + length > until) {
                length = (int) (until - cpu.instructions);
                cpu.pc = block.address(length);
                execute(block, length);
                return;
            }
            cpu.pc = block.end;
            boolean completed = execute(block, length);
            if (cpu.attention != 0 || cpu.instructions >= until) {
                return;
            }
            Block next = cpu.pc == block.end ? block.fallThrough : block.taken;
            block = completed && next != null ? next : findAfter(block, completed);
        }
    }

    private Block findAfter(Block block, boolean completed) {
        Block next = find(cpu.pc);
        if (completed && next != null) {
            block.link(next);
        }
        return next;
    }

    private boolean execute(Block block, int length) {
        // Beforehand, so that time is exact in the last one, where instructions that read it are.
        cpu.instructions += length;
        int completed = sequence.execute(block.operations, length);
        if (completed == length) {
            return true;
        }
        cpu.instructions += completed - length;
        stopped(block, completed, sequence.exception());
        return false;
    }

    /** An instruction did not complete. */
    private void stopped(Block block, int index, ProcessorException exception) {
        cpu.pc = block.address(index);
        cpu.itState = block.itState(index);
        if (exception.kind() != ProcessorException.Kind.BLOCK_CHANGED) {
            cpu.instructions++;
            exceptions.take(cpu, exception, block.address(index), block.size(index));
        }
    }

    // ---- finding and decoding blocks --------------------------------------------------------------------------------

    /** The block at an address; null when fetching it aborted and the exception has been taken. */
    private Block find(int address) {
        CodePage page = (CodePage) cpu.tlb().code(address);
        if (page != null && cpu.itState == 0) {
            Block block = page.block(address, cpu.thumb);
            if (block != null) {
                return block;
            }
        }
        return findSlowly(address);
    }

    private Block findSlowly(int address) {
        if (decoded > MOST_DECODED) {
            dropCode();
        }
        try {
            CodePage page = page(address);
            boolean keep = cpu.itState == 0 && page != null;
            Block block = keep ? page.block(address, cpu.thumb) : null;
            if (block == null) {
                block = decode(address);
                if (keep && (block.end - 1 & PAGE_MASK) == (address & PAGE_MASK)) {
                    page.put(address, cpu.thumb, block);
                    decoded += (long) OPERATION_COST * block.operations.length;
                }
            }
            return block;
        } catch (ProcessorException exception) {
            if (listener != null) {
                listener.before(address, 0, InstructionListener.NONE);
            }
            cpu.instructions++;
            exceptions.take(cpu, exception, address, cpu.thumb ? 2 : 4);
            return null;
        }
    }

    /** The page of an address, entered into the TLB; null when its code cannot be kept. */
    private CodePage page(int address) {
        long physicalPage = memory.fetchAddress(cpu, address) & ~0xfffL;
        if (!memory.holdCode(cpu, physicalPage)) {
            return null;
        }
        int virtualPage = address & PAGE_MASK;
        List<CodePage> list = pages.computeIfAbsent(physicalPage, key -> new ArrayList<>());
        for (CodePage page : list) {
            if (page.virtualPage() == virtualPage) {
                cpu.tlb().enterCode(page);
                return page;
            }
        }
        CodePage page = new CodePage(virtualPage, physicalPage);
        decoded += PAGE_COST;
        list.add(page);
        cpu.tlb().enterCode(page);
        return page;
    }

    /** Decodes from an address to the first branch, the end of the page, or the length limit. */
    private Block decode(int start) {
        List<Operation> operations = new ArrayList<>();
        int[] addresses = new int[LONGEST_BLOCK];
        int[] words = new int[LONGEST_BLOCK];
        byte[] itStates = new byte[LONGEST_BLOCK];
        int address = start;
        int itState = cpu.itState;
        boolean sawIt = itState != 0;
        Operation operation = null;
        do {
            int count = operations.size();
            int word = cpu.thumb ? memory.fetchHalfword(cpu, address) : fetchWord(address);
            boolean wide = cpu.thumb && Decoder.isWide(word);
            if (wide) {
                if (count > 0 && (address + 2 & ~PAGE_MASK) == 0) {
                    break;
                }
                word = word << 16 | memory.fetchHalfword(cpu, address + 2);
            }
            operation =
                    cpu.thumb ? decoder.decodeThumb(word, wide, address, itState) : decoder.decodeA32(word, address);
            operations.add(operation);
            addresses[count] = address;
            words[count] = word;
            itStates[count] = (byte) itState;
            itState = Decoder.itAfter(itState, word, cpu.thumb && !wide);
            sawIt |= itState != 0;
            address += cpu.thumb && !wide ? 2 : 4;
        } while (!(operation instanceof Branch) && operations.size() < longestBlock && (address & ~PAGE_MASK) != 0);
        int length = operations.size();
        return new Block(
                operations.toArray(Operation[]::new),
                Arrays.copyOf(addresses, length),
                Arrays.copyOf(words, length),
                sawIt ? Arrays.copyOf(itStates, length) : null,
                address,
                itState == 0 && (operation instanceof DirectBranch || !(operation instanceof Branch)));
    }

    private int fetchWord(int address) {
        return memory.fetchHalfword(cpu, address) | memory.fetchHalfword(cpu, address + 2) << 16;
    }
}
