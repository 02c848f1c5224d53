package dev.hyptrace.diff.align;

import dev.hyptrace.traces.model.Hypercall;
import java.io.IOException;
import java.util.Iterator;

/** Gives out the hypercalls of a recording one after the other. */
@FunctionalInterface
public interface HypercallSource {
    /** The next hypercall, or null after the last one. */
    Hypercall next() throws IOException;

    /** The hypercalls of an iterator, none of them null. */
    static HypercallSource of(Iterator<Hypercall> calls) {
        return () -> calls.hasNext() ? calls.next() : null;
    }
}
