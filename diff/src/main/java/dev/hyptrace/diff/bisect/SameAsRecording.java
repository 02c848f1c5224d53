package dev.hyptrace.diff.bisect;

import dev.hyptrace.diff.DiffOptions;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.traces.Trace;
import java.io.Closeable;
import java.io.IOException;

/**
 * That a build does what a recording holds. Where its hypercalls are made at other addresses, code is taken to have moved
 * ({@link dev.hyptrace.diff.address.MovedCode}), and pointers into it with it.
 */
public final class SameAsRecording implements Property, Closeable {
    private final RunSource source;
    private final String description;
    private final Comparison comparison;
    private Trace reference;

    /**
     * @param source is asked when first needed; what it opens is closed with this
     * @param description what it is, with its digest
     */
    public SameAsRecording(RunSource source, String description, DiffOptions options) {
        this.source = source;
        this.description = description;
        this.comparison = new Comparison(options);
    }

    @Override
    public String description() {
        return "same as " + description;
    }

    @Override
    public Observation judge(Trace run) throws IOException {
        if (reference == null) {
            reference = source.open();
        }
        DiffResult result = comparison.compare(reference, run);
        Verdict verdict =
                switch (result.status()) {
                    case SAME -> Verdict.GOOD;
                    case DIFFERENT -> Verdict.BAD;
                    case NOTHING_COMPARED -> Verdict.SKIP;
                };
        return new Observation(verdict, DiffLines.of(result));
    }

    @Override
    public void close() throws IOException {
        if (reference != null) {
            reference.close();
        }
    }
}
