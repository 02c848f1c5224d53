package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.container.proto.Processor;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.MemoryAccess;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A chunk decoded for looking things up in it: by event, by what changed. It takes some 20 bytes per event and does not make
 * an object of each.
 */
final class ChunkView {
    private final ChunkPlace place;
    private final Names names;
    private final int[] addresses;
    private final short[] processors;
    /** For each event which of {@link #codes} its instruction is; -1 for one that is no step. */
    private final int[] instructions;

    private final Map<Integer, ProcessorView> views = new HashMap<>();
    /** Where processors stood before the chunk: only of those that are asked for a view is made. */
    private final Map<Integer, Processor> before = new HashMap<>();

    private final List<Long> codes = new ArrayList<>();
    private final Map<Long, Integer> codeNumbers = new HashMap<>();
    /** The events that are no steps: where they are, and what. */
    private int[] otherPlaces = new int[8];

    private final List<Event> others = new ArrayList<>();
    /** The data accesses of those steps that have any: where these are, and what. */
    private int[] accessPlaces = new int[8];

    private final List<List<MemoryAccess>> accesses = new ArrayList<>();
    private ProcessorView latest;
    private long weight;
    private final Map<Register, boolean[]> reading = new EnumMap<>(Register.class);
    private final Map<Register, boolean[]> writing = new EnumMap<>(Register.class);

    private ChunkView(ChunkPlace place, Names names, int events) {
        this.place = place;
        this.names = names;
        this.addresses = new int[events];
        this.processors = new short[events];
        this.instructions = new int[events];
    }

    static ChunkView of(ChunkPlace place, Chunk chunk, Names names) throws CorruptChunkException {
        ChunkDecoder decoder = new ChunkDecoder(chunk, names);
        ChunkView view = new ChunkView(place, names, chunk.getEvents());
        for (Processor processor : chunk.getProcessorsList()) {
            ProcessorView.check(processor);
            view.before.put(processor.getCpu(), processor);
            view.weight += processor.getRegistersCount();
        }
        view.decode(decoder);
        view.weight += view.events() + (long) view.views.size() * names.registerCount();
        return view;
    }

    private void decode(ChunkDecoder decoder) throws CorruptChunkException {
        int[] now = {0};
        decoder.log =
                (processor, register) -> view(processor.cpu).changed(now[0], register, processor.values[register]);
        for (int event = 0; event < addresses.length; event++) {
            now[0] = event;
            Event other = decoder.advance();
            processors[event] = (short) decoder.cpu();
            if (other == null) {
                step(event, decoder.step());
            } else {
                other(event, other, decoder.otherShape());
            }
        }
    }

    private void step(int event, StepDecoder step) throws CorruptChunkException {
        addresses[event] = step.address();
        instructions[event] = codeNumber(step.site());
        view(processors[event]).state(event, step.shape());
        List<MemoryAccess> made = step.accesses();
        if (!made.isEmpty()) {
            accessPlaces = room(accessPlaces, accesses.size());
            accessPlaces[accesses.size()] = event;
            accesses.add(made);
        }
    }

    private void other(int event, Event other, Shape shape) {
        instructions[event] = -1;
        otherPlaces = room(otherPlaces, others.size());
        otherPlaces[others.size()] = event;
        others.add(other);
        if (!(other instanceof Event.Gap) && !(other instanceof Event.Note)) {
            view(processors[event]).state(event, shape);
        } else {
            view(processors[event]).interrupted();
        }
    }

    private static int[] room(int[] array, int count) {
        return count == array.length ? Arrays.copyOf(array, count * 2) : array;
    }

    /** Asked for each step, so that the site remembers the answer. */
    private int codeNumber(Site site) {
        if (site.codeNumber < 0) {
            site.codeNumber = codeNumbers.computeIfAbsent(site.instruction(), code -> {
                codes.add(code);
                return codes.size() - 1;
            });
        }
        return site.codeNumber;
    }

    ChunkPlace place() {
        return place;
    }

    int events() {
        return addresses.length;
    }

    /** About how much memory it takes, in events of a usual recording: some 50 bytes. */
    long weight() {
        return weight;
    }

    int steps() {
        return addresses.length - others.size();
    }

    ProcessorView view(int cpu) {
        if (latest == null || latest.cpu() != cpu) {
            latest = views.computeIfAbsent(
                    cpu, number -> ProcessorView.of(number, before.get(number), names, place.firstEvent()));
        }
        return latest;
    }

    int cpu(int event) {
        return processors[event];
    }

    boolean isStep(int event) {
        return instructions[event] >= 0;
    }

    int address(int event) {
        return addresses[event];
    }

    /** Which of {@link #codes} a step executes. */
    int instruction(int event) {
        return instructions[event];
    }

    /** For each of {@link #codes} whether it uses a register: asked once for each register. */
    boolean[] using(Register register, boolean write, Predicate<Instruction> uses) throws CorruptChunkException {
        Map<Register, boolean[]> known = write ? writing : reading;
        boolean[] found = known.get(register);
        if (found == null) {
            found = new boolean[codes.size()];
            for (int i = 0; i < found.length; i++) {
                found[i] =
                        InstructionCode.unpack(codes.get(i), names).filter(uses).isPresent();
            }
            known.put(register, found);
        }
        return found;
    }

    /** The instructions of the chunk, each once, as {@link InstructionCode} packs them. */
    List<Long> codes() {
        return codes;
    }

    /** How many steps of the chunk are before an event. */
    int stepsBefore(int event) {
        int found = Arrays.binarySearch(otherPlaces, 0, others.size(), event);
        return event - (found >= 0 ? found : -found - 1);
    }

    /** The event that is the step with this number in the chunk, from 0 to {@link #steps} - 1. */
    int eventOfStep(int step) {
        int low = step;
        int high = Math.min(step + others.size(), events() - 1);
        while (low < high) {
            int middle = low + high >>> 1;
            if (stepsBefore(middle + 1) > step) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The data accesses of a step. */
    List<MemoryAccess> accesses(int event) {
        int found = Arrays.binarySearch(accessPlaces, 0, accesses.size(), event);
        return found >= 0 ? accesses.get(found) : List.of();
    }

    /** The last event up to this one, or from it on, that has data accesses; -1 when there is none. */
    int withAccesses(int event, boolean backwards) {
        int found = Arrays.binarySearch(accessPlaces, 0, accesses.size(), event);
        int index = found >= 0 ? found : backwards ? -found - 2 : -found - 1;
        return index >= 0 && index < accesses.size() ? accessPlaces[index] : -1;
    }

    /** The event as a whole. */
    Event event(int event) throws CorruptChunkException {
        if (!isStep(event)) {
            return others.get(Arrays.binarySearch(otherPlaces, 0, others.size(), event));
        }
        ProcessorView view = view(cpu(event));
        Shape shape = view.shapeAt(event);
        long[] values = new long[shape.size()];
        int programCounter = names.programCounter();
        for (int i = 0; i < values.length; i++) {
            int register = shape.register(i);
            values[i] = register == programCounter ? programCounter(event) : view.value(register, event);
        }
        return new Event.Step(
                cpu(event),
                addresses[event],
                InstructionCode.unpack(codes.get(instructions[event]), names),
                shape.stateOf(values),
                accesses(event));
    }

    /** PC in the state of a step: its address, unless a source has said otherwise. */
    private long programCounter(int step) {
        RegisterChanges changes = view(cpu(step)).changes(names.programCounter());
        int change = changes == null ? -1 : changes.lastUpTo(step);
        boolean isOwn = change >= 0 && changes.event(change) == step;
        return isOwn ? changes.value(change) : Integer.toUnsignedLong(addresses[step]);
    }

    boolean isNote(int event) {
        return !isStep(event)
                && others.get(Arrays.binarySearch(otherPlaces, 0, others.size(), event)) instanceof Event.Note;
    }

    boolean hasAccesses() {
        return !accesses.isEmpty();
    }

    /** The last gap of a processor before an event, by its place in the chunk; -1 when there is none. */
    int gap(int cpu, int event) {
        int found = Arrays.binarySearch(otherPlaces, 0, others.size(), event);
        for (int i = found >= 0 ? found : -found - 2; i >= 0; i--) {
            if (others.get(i) instanceof Event.Gap gap && gap.cpu() == cpu) {
                return otherPlaces[i];
            }
        }
        return -1;
    }
}
