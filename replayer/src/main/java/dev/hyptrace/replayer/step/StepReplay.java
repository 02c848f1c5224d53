package dev.hyptrace.replayer.step;

import dev.hyptrace.replayer.ReplayedEvent;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.model.Event;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Replays a recording step by step: sets the emulator to what was recorded before each instruction, executes that
 * instruction, and says what follows for the next event. After a divergence it goes on from the recording, so that one
 * cause does not hide the next.
 *
 * <p>Each processor of the recording has an emulator of its own. Memory use does not grow with the length of the recording.
 */
public final class StepReplay implements Closeable {
    private final EventReader events;
    private final Map<Integer, ProcessorReplay> processors = new HashMap<>();
    private ProcessorReplay last;
    private int lastCpu;
    private long stepIndex = -1;

    public StepReplay(Trace trace) throws IOException {
        this.events = trace.events();
    }

    /** The next event beside what the emulator made of it; null after the last. */
    public ReplayedEvent next() throws IOException {
        Event event = events.next();
        if (event == null) {
            return null;
        }
        if (event instanceof Event.Step) {
            stepIndex++;
        }
        return processor(event.cpu()).replay(event, stepIndex);
    }

    private ProcessorReplay processor(int cpu) {
        if (last == null || cpu != lastCpu) {
            lastCpu = cpu;
            last = processors.computeIfAbsent(cpu, number -> new ProcessorReplay());
        }
        return last;
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
