package dev.hyptrace.traces.container;

/** Told when a register of a processor is recorded with another value than the last one. */
interface ValueLog {
    ValueLog NONE = (processor, register) -> {};

    /** @param register the file's index of it; the processor has the new value */
    void changed(ProcessorState processor, int register);
}
