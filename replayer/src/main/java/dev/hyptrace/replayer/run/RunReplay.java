package dev.hyptrace.replayer.run;

import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.replayer.machine.MachineRecorder;
import dev.hyptrace.replayer.machine.MachineRecorder.End;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Runs an image on the built-in machine and records its hypercalls, and the interrupts that Hyp mode takes between them. */
public final class RunReplay {
    /** A hypercall that runs on in Hyp mode is another payload's affair after so many instructions. */
    private static final long HYP_INSTRUCTIONS = 100_000;

    private final Machine machine;
    private long timeAtHypercalls;

    /** @param machine about to execute its first instruction */
    public RunReplay(Machine machine) {
        this.machine = machine;
    }

    /** Has time go on by so many instructions at each hypercall, as it does for a guest that is stopped there. */
    public void passTimeAtHypercalls(long instructions) {
        timeAtHypercalls = instructions;
    }

    /** The header of what {@link #run} records. */
    public static TraceHeader header(List<TraceHeader.Image> images) {
        return new TraceHeader(
                "hyptrace-emulator",
                "hyptrace",
                "virt,virtualization=on cortex-a15",
                List.of(),
                images,
                List.of(),
                Map.of());
    }

    /**
     * Runs.
     *
     * @param hypercalls stop when so many hypercalls have ended
     * @param instructions stop after so many instructions
     * @param progress told the number of instructions now and then
     * @param sink takes the events of the hypercalls
     * @return why it stopped
     */
    public End run(long hypercalls, long instructions, LongConsumer progress, EventSink sink) throws IOException {
        MachineRecorder.Limits limits = new MachineRecorder.Limits(hypercalls, instructions, HYP_INSTRUCTIONS, false);
        MachineRecorder recorder = new MachineRecorder(machine, limits, sink);
        recorder.onProgress(progress);
        recorder.recordInterrupts();
        recorder.passTimeAtHypercalls(timeAtHypercalls);
        return recorder.record();
    }

    /** How many instructions have been executed. */
    public long instructions() {
        return machine.cpu().instructions;
    }
}
