package dev.hyptrace.cli.replay;

import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.replayer.run.RunReplay;
import java.util.List;

/**
 * A clock that goes otherwise than the built-in machine's own.
 *
 * @param text how, in words
 * @param instructionsPerTick how many instructions take as long as a tick of it
 * @param atHypercalls how much further it goes at each hypercall, in instructions
 */
record OtherClock(String text, int instructionsPerTick, long atHypercalls) {
    private static final int OWN = 16;

    /** What a recorder does that stops the machine at each hypercall; and rates near and far from the own one. */
    static final List<OtherClock> ALL = List.of(
            new OtherClock("0.3 ms further at each hypercall", OWN, 300_000),
            new OtherClock("16 times as fast", 1, 0),
            new OtherClock("4 times as fast", 4, 0),
            new OtherClock("16/15 times as fast", 15, 0));

    /** The replay of a machine that has not run, with this clock. */
    RunReplay replay(Machine machine) {
        machine.cpu().instructionsPerTick = instructionsPerTick;
        RunReplay replay = new RunReplay(machine);
        replay.passTimeAtHypercalls(atHypercalls);
        return replay;
    }
}
