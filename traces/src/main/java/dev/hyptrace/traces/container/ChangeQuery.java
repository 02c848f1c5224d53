package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Summary;

/** An event by which a register of a processor is recorded with another value than before. */
final class ChangeQuery implements LookupQuery {
    private final int register;
    private final int cpu;

    /** @param register the file's index of it */
    ChangeQuery(int register, int cpu) {
        this.register = register;
        this.cpu = cpu;
    }

    @Override
    public boolean mayBeIn(Summary summary) {
        return ChunkSummary.mayHave(summary.getChanged(), register);
    }

    @Override
    public int find(ChunkView view, int from, boolean backwards) {
        RegisterChanges changes = view.view(cpu).changes(register);
        if (changes == null) {
            return NONE;
        }
        int place = changes.lastUpTo(backwards ? from : from - 1) + (backwards ? 0 : 1);
        return place >= 0 && place < changes.count() ? changes.event(place) : NONE;
    }
}
