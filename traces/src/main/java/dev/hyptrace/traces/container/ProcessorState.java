package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Processor;

/** What a coder remembers of one processor: the last value of each register and where its last instruction was. */
final class ProcessorState {
    final int cpu;
    /** By the file's index of the register; 0 for one that has never been seen. */
    final long[] values;
    /** When each was last recorded; of use to a writer only. */
    final Knowledge knowledge;

    /** The site of the last step, or of the exception since. */
    Site site;
    /** The number of the shape of the last step. */
    int shape;

    ProcessorState(int cpu, int registers) {
        this.cpu = cpu;
        this.values = new long[registers];
        this.knowledge = new Knowledge(registers);
        this.site = new Site(0);
    }

    /** Forgets everything but the values: a chunk is decoded without those before it. */
    void beginChunk() {
        site = new Site(0);
        shape = 0;
    }

    /** @param event the number of the event before which the processor stands so */
    Processor toMessage(long event) {
        Processor.Builder message = Processor.newBuilder().setCpu(cpu);
        for (int register = 0; register < values.length; register++) {
            if (values[register] != 0 || knowledge.isSeen(register)) {
                message.addRegisters(register).addValues(values[register]);
            }
        }
        knowledge.addTo(message, event);
        return message.build();
    }

    static ProcessorState of(Processor message, Names names) throws CorruptChunkException {
        if (message.getRegistersCount() != message.getValuesCount()) {
            throw new CorruptChunkException("a processor has registers without values");
        }
        ProcessorState processor = new ProcessorState(message.getCpu(), names.registerCount());
        for (int i = 0; i < message.getRegistersCount(); i++) {
            int register = message.getRegisters(i);
            if (register < 0 || register >= names.registerCount()) {
                throw new CorruptChunkException("a processor has a register that has no name");
            }
            processor.values[register] = message.getValues(i) & names.registerMask(register);
        }
        return processor;
    }
}
