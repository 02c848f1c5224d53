package dev.hyptrace.traces.container;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the writer and the reader of a chunk keep in step, event by event: the sites, the processors, and what is expected
 * after an event that is no step.
 */
abstract class Coder {
    /** The greatest number of a processor plus one. */
    static final int MAX_PROCESSORS = 1024;

    static final int MAX_EXCEPTION_KINDS = 256;
    /** Exception entries are told apart by their kind: this plus its index. */
    static final int ENTRIES = EventKind.NOTE + 1;

    final Names names;
    /** The bits that each register can have. */
    final long[] masks;
    /** The index of PC; -1 when the file has no such name. */
    final int programCounter;

    /** Told of registers that change while a chunk is decoded. */
    ValueLog log = ValueLog.NONE;

    private final ProcessorState[] processors = new ProcessorState[MAX_PROCESSORS];
    private Sites sites = new Sites();
    private Site[] interruptions;

    Coder(Names names) {
        this.names = names;
        this.masks = IntStream.range(0, names.registerCount())
                .mapToLong(names::registerMask)
                .toArray();
        this.programCounter = names.programCounter();
        this.interruptions = new Site[ENTRIES + MAX_EXCEPTION_KINDS];
    }

    /** Begins a chunk: nothing but the values of registers is carried over. */
    final void beginChunk() {
        sites = new Sites();
        interruptions = new Site[ENTRIES + MAX_EXCEPTION_KINDS];
        for (ProcessorState processor : processors()) {
            processor.beginChunk();
        }
    }

    /** @param from the site before it */
    final Site site(Site from, int address) {
        Site likely = from.successor;
        if (likely != null && likely.address() == address) {
            return likely;
        }
        Site found = sites.at(address);
        from.successor = found;
        return found;
    }

    /** The processors that have had an event, by number. */
    final List<ProcessorState> processors() {
        List<ProcessorState> list = new ArrayList<>();
        for (ProcessorState processor : processors) {
            if (processor != null) {
                list.add(processor);
            }
        }
        return list;
    }

    final ProcessorState processor(int cpu) {
        ProcessorState processor = processors[cpu];
        if (processor == null) {
            processor = new ProcessorState(cpu, names.registerCount());
            processors[cpu] = processor;
        }
        return processor;
    }

    final void put(ProcessorState processor) {
        processors[processor.cpu] = processor;
    }

    /** After a gap nothing is expected. */
    final void interruptByGap(ProcessorState processor) {
        processor.site = afterInterruption(EventKind.GAP);
    }

    /**
     * After an exception the next step does not follow from the one before. It is expected at the PC of the event's state,
     * and what registers changed is learned apart.
     *
     * @param event {@link EventKind#EXCEPTION_RETURN}, or {@link #ENTRIES} + the index of the kind of an entry
     * @param shape of the event's state, whose values the processor has
     */
    final void interrupt(ProcessorState processor, int event, Shape shape) {
        processor.site = afterInterruption(event);
        if (programCounter >= 0 && shape.place(programCounter) >= 0) {
            processor.site.expectNext((int) processor.values[programCounter]);
        }
    }

    private Site afterInterruption(int event) {
        Site site = interruptions[event];
        if (site == null) {
            site = new Site(0);
            interruptions[event] = site;
        }
        return site;
    }
}
