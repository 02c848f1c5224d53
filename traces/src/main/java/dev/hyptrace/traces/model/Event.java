package dev.hyptrace.traces.model;

import java.util.List;
import java.util.Optional;

/**
 * One thing that a recording says happened, in the order in which it happened on that processor.
 *
 * <p>A {@link Step} holds the state <em>before</em> its instruction. A source that gives the state after an instruction is
 * brought to this form on import; what held after its last instruction follows as a {@link Snapshot}.
 */
public sealed interface Event {
    /** The processor it happened on, from 0. */
    int cpu();

    /**
     * One instruction that was started: executed, failed its condition, or interrupted by the exception that follows.
     *
     * @param address the virtual address of the instruction
     * @param instruction its encoding, when the source has it
     * @param before what is known of the registers before it executed; PC, when present, equals the address
     * @param accesses its data accesses, where the source records them
     */
    record Step(int cpu, int address, Optional<Instruction> instruction, State before, List<MemoryAccess> accesses)
            implements Event {
        public Step {
            accesses = List.copyOf(accesses);
        }

        public Step(int cpu, int address, Instruction instruction, State before) {
            this(cpu, address, Optional.of(instruction), before, List.of());
        }
    }

    /**
     * An exception was taken.
     *
     * @param kind what the source calls it
     * @param from the mode it was taken from, where known
     * @param to the mode it was taken to, where known
     * @param atVector the state before the first instruction at the vector; HSR (or DFSR, ...) is the syndrome, ELR_hyp
     *     (or LR of the mode) the return address, PC the address of the vector
     */
    record ExceptionEntry(int cpu, ExceptionKind kind, Optional<Mode> from, Optional<Mode> to, State atVector)
            implements Event {}

    /**
     * An exception return: ERET, SUBS PC, LR, RFE, LDM (exception return).
     *
     * @param after the state before the first instruction at the place returned to
     */
    record ExceptionReturn(int cpu, Optional<Mode> from, Optional<Mode> to, State after) implements Event {}

    /** The state at a moment that is no instruction: a checkpoint, or what held at the end. */
    record Snapshot(int cpu, String reason, State state) implements Event {}

    /** Something is missing here: nothing may be chained across it. */
    record Gap(int cpu, String reason) implements Event {}

    /** A line of the source that is no event but worth keeping. */
    record Note(int cpu, String text) implements Event {}
}
