package dev.hyptrace.replayer.step;

import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the steps of a recording that have no registers those that follow from the recorded step before them: of a log that has
 * registers once for a block of several instructions, the ones inside. All other events pass as they are.
 *
 * <p>The emulator executes the recorded step and each after it by its encoding. What it makes of registers is derived ({@link
 * dev.hyptrace.traces.model.DerivationRule#REPLAYED}). Of memory nothing is taken to be known, not even what the block stored: it may
 * be a device's. So what a load brings is unknown, and what rests on it, up to the next recorded state. Where the emulator comes
 * to another address than the recording, where that rests on something unknown, where an instruction is UNPREDICTABLE, and behind
 * exceptions, steps are left as they are.
 */
public final class BlockRecovery implements EventSink {
    private final EventSink out;
    private final Map<Integer, BlockReplay> processors = new HashMap<>();
    private int lastCpu;
    private BlockReplay last = processor(0);
    private long recovered;
    private long whole;
    private long left;

    /** @param out takes the events */
    public BlockRecovery(EventSink out) {
        this.out = out;
    }

    @Override
    public void accept(Event event) throws IOException {
        BlockReplay processor = processor(event.cpu());
        if (!(event instanceof Event.Step step)) {
            processor.other(event);
            out.accept(event);
        } else if (hasState(step)) {
            processor.recorded(step);
            out.accept(step);
        } else {
            out.accept(inside(processor, step));
        }
    }

    private BlockReplay processor(int cpu) {
        if (cpu != lastCpu || last == null) {
            lastCpu = cpu;
            last = processors.computeIfAbsent(cpu, number -> new BlockReplay());
        }
        return last;
    }

    private static boolean hasState(Event.Step step) {
        State before = step.before();
        return before.size() > 1 || before.size() == 1 && !before.has(Register.PC);
    }

    private Event.Step inside(BlockReplay processor, Event.Step step) {
        boolean inBlock = processor.isInBlock();
        Optional<State> computed = processor.next(step);
        if (computed.isEmpty()) {
            left += inBlock ? 1 : 0;
            return step;
        }
        recovered++;
        whole += processor.isWhole() ? 1 : 0;
        return new Event.Step(step.cpu(), step.address(), step.instruction(), computed.get(), step.accesses());
    }

    /** How many steps were given registers. */
    public long recovered() {
        return recovered;
    }

    /** Of how many of these every register of the recorded step is known. */
    public long whole() {
        return whole;
    }

    /** How many steps behind a recorded one were not given any. */
    public long left() {
        return left;
    }
}
