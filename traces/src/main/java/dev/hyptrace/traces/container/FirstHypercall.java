package dev.hyptrace.traces.container;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import java.io.IOException;
import java.util.Optional;

/** Reads the hypercall that begins with the next event of a reader, and no further than its end. */
final class FirstHypercall {
    private final HypercallAssembler assembler = new HypercallAssembler(this::ended, this::begun);
    private int number;
    private Hypercall found;

    private FirstHypercall() {}

    static Optional<Hypercall> read(EventReader reader) throws IOException {
        FirstHypercall first = new FirstHypercall();
        for (Event event = reader.next(); event != null && first.found == null; event = reader.next()) {
            first.assembler.accept(event);
        }
        first.assembler.finish();
        return Optional.ofNullable(first.found);
    }

    private void begun(int begunNumber, long firstEvent) {
        if (firstEvent == 0) {
            number = begunNumber;
        }
    }

    private void ended(Hypercall call) {
        if (call.number() == number) {
            found = call;
        }
    }
}
