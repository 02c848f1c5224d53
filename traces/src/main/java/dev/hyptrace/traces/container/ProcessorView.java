package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Processor;
import java.util.Arrays;

/** What a chunk says of the registers of one processor, for looking it up at any event. */
final class ProcessorView {
    private final int cpu;
    private final RegisterChanges[] changes;
    /** What was last recorded before the chunk, by the file's index of the register. */
    private final long[] before;

    private final long[] seenBefore;
    private final int[] ruleBefore;
    private long gapBefore = Knowledge.NEVER;

    /** Runs of events whose states have one shape: where each begins, where its last event is, and the shape. */
    private int[] runStarts = new int[8];

    private int[] runEnds = new int[8];
    private Shape[] runShapes = new Shape[8];
    private int runs;
    private boolean isInterrupted;

    private ProcessorView(int cpu, int registers) {
        this.cpu = cpu;
        this.changes = new RegisterChanges[registers];
        this.before = new long[registers];
        this.seenBefore = new long[registers];
        this.ruleBefore = new int[registers];
        Arrays.fill(seenBefore, Knowledge.NEVER);
    }

    /** @throws CorruptChunkException when a message that {@link ChunkDecoder} has let pass is none to make a view {@link #of} */
    static void check(Processor message) throws CorruptChunkException {
        int count = message.getRegistersCount();
        if (message.getSeenBeforeCount() != 0 && message.getSeenBeforeCount() != count
                || message.getRulesCount() != 0 && message.getRulesCount() != count) {
            throw new CorruptChunkException("a processor has registers without the events that recorded them");
        }
    }

    /**
     * The view of a processor that has had no event in the chunk yet.
     *
     * @param message where it stood before, which {@link #check} has let pass; null when it had no event before
     * @param firstEvent the number of the first event of the chunk
     */
    static ProcessorView of(int cpu, Processor message, Names names, long firstEvent) {
        ProcessorView view = new ProcessorView(cpu, names.registerCount());
        if (message == null) {
            return view;
        }
        for (int i = 0; i < message.getRegistersCount(); i++) {
            int register = message.getRegisters(i);
            long distance = message.getSeenBeforeCount() == 0 ? 0 : message.getSeenBefore(i);
            view.before[register] = message.getValues(i) & names.registerMask(register);
            view.seenBefore[register] = numberOf(distance, firstEvent);
            view.ruleBefore[register] = message.getRulesCount() == 0 ? 0 : message.getRules(i);
        }
        view.gapBefore = numberOf(message.getGapBefore(), firstEvent);
        return view;
    }

    /** The number of the event that is so far before another; {@link Knowledge#NEVER} when the distance is 0 or no sound one. */
    private static long numberOf(long distance, long from) {
        return distance <= 0 || distance > from ? Knowledge.NEVER : from - distance;
    }

    int cpu() {
        return cpu;
    }

    void changed(int event, int register, long value) {
        if (changes[register] == null) {
            changes[register] = new RegisterChanges();
        }
        changes[register].add(event, value);
    }

    /** An event without a state: it is in no run. */
    void interrupted() {
        isInterrupted = true;
    }

    void state(int event, Shape shape) {
        if (runs == 0 || isInterrupted || runShapes[runs - 1] != shape) {
            if (runs == runStarts.length) {
                runStarts = Arrays.copyOf(runStarts, runs * 2);
                runEnds = Arrays.copyOf(runEnds, runs * 2);
                runShapes = Arrays.copyOf(runShapes, runs * 2);
            }
            runStarts[runs] = event;
            runShapes[runs++] = shape;
        }
        runEnds[runs - 1] = event;
        isInterrupted = false;
    }

    /** The changes of a register; null when there are none. */
    RegisterChanges changes(int register) {
        return changes[register];
    }

    /** The value that a register was last recorded with, at or before an event. */
    long value(int register, int event) {
        RegisterChanges found = changes[register];
        int place = found == null ? -1 : found.lastUpTo(event);
        return place < 0 ? before[register] : found.value(place);
    }

    /** The event in the chunk, at or before this one, that last recorded the register; -1 when there is none. */
    int seen(int register, int event) {
        for (int run = runUpTo(event); run >= 0; run--) {
            if (runShapes[run].place(register) >= 0) {
                return Math.min(event, runEnds[run]);
            }
        }
        return -1;
    }

    /** The shape of the state at an event that has one. */
    Shape shapeAt(int event) {
        return runShapes[runUpTo(event)];
    }

    /** The number among all events of the file of the last one before the chunk that recorded the register. */
    long seenBefore(int register) {
        return seenBefore[register];
    }

    /** How the register was known before the chunk: 0 or 1 + the index of a rule. */
    int ruleBefore(int register) {
        return ruleBefore[register];
    }

    /** The number among all events of the file of the last gap before the chunk. */
    long gapBefore() {
        return gapBefore;
    }

    private int runUpTo(int event) {
        int place = Arrays.binarySearch(runStarts, 0, runs, event);
        return place >= 0 ? place : -place - 2;
    }
}
