package dev.hyptrace.cli.replay;

import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.diff.DiffOptions;
import dev.hyptrace.diff.StepDiff;
import dev.hyptrace.diff.TraceDiff;
import dev.hyptrace.diff.address.AddressMaps;
import dev.hyptrace.diff.align.HypercallAligner;
import dev.hyptrace.diff.align.HypercallSource;
import dev.hyptrace.diff.align.Similarity;
import dev.hyptrace.diff.compare.FieldTally;
import dev.hyptrace.diff.compare.PairComparer;
import dev.hyptrace.diff.compare.StateComparer;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.time.Interrupts;
import dev.hyptrace.diff.time.TimeEvidence;
import dev.hyptrace.diff.time.TimeStory;
import dev.hyptrace.replayer.step.StepReplay;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.TraceWriter;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.hypercall.Hypercalls;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares a recording with its replay. */
public final class ReplayDiff {
    private final Trace trace;
    private final ReplayOptions options;
    private final Watch watch;
    private SortedMap<Integer, String> skipped = new TreeMap<>();

    /** @param watch is shown how far it is */
    public ReplayDiff(Trace trace, ReplayOptions options, Watch watch) {
        this.trace = trace;
        this.options = options;
        this.watch = watch;
    }

    /** Replays and compares. */
    public DiffResult compare(DiffOptions diffOptions) throws IOException {
        ReplayMode mode = options.mode(trace);
        return mode == ReplayMode.STEP ? steps(diffOptions) : hypercalls(mode, diffOptions);
    }

    /** The hypercalls that could not be replayed and were not compared, by number, each with the reason as one clause. */
    public SortedMap<Integer, String> skipped() {
        return skipped;
    }

    private DiffResult steps(DiffOptions diffOptions) throws IOException {
        try (StepReplay replay = new StepReplay(trace)) {
            return StepDiff.compare(trace.name(), replay::next, diffOptions);
        }
    }

    /** What is replayed goes through a file: it can be as long as the recording. */
    private DiffResult hypercalls(ReplayMode mode, DiffOptions diffOptions) throws IOException {
        Path file = Files.createTempFile("hyptrace", ".htr");
        try {
            Replays replays = new Replays(trace, options, watch);
            write(file, sink -> replays.replay(mode, sink));
            skipped = replays.skipped();
            try (Trace replayed = Traces.open(file)) {
                DiffResult result = compare(replayed, diffOptions);
                return mode == ReplayMode.RUN && options.usesOtherClocks()
                        ? withOtherClocks(result, replayed, diffOptions)
                        : result;
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Runs the image with other clocks for as long as something is unexplained, to learn what depends on time. */
    private DiffResult withOtherClocks(DiffResult first, Trace replayed, DiffOptions diffOptions) throws IOException {
        DiffResult result = first;
        TimeEvidence evidence = new TimeEvidence();
        for (OtherClock clock : OtherClock.ALL) {
            if (result.findings().divergences() == 0) {
                break;
            }
            addEvidence(evidence, clock, replayed, diffOptions);
            result = compare(replayed, diffOptions.withTimeEvidence(evidence));
        }
        return result.findings().explained() == first.findings().explained()
                ? result
                : result.withTime(new TimeStory(evidence, Interrupts.of(trace), Interrupts.of(replayed)).lines(result));
    }

    private void addEvidence(TimeEvidence evidence, OtherClock clock, Trace replayed, DiffOptions diffOptions)
            throws IOException {
        Path file = Files.createTempFile("hyptrace", ".htr");
        try {
            Replays replays = new Replays(trace, options, watch);
            write(file, sink -> replays.run(clock, sink));
            try (Trace other = Traces.open(file);
                    Hypercalls.Reader base = Hypercalls.reader(replayed);
                    Hypercalls.Reader others = Hypercalls.reader(other)) {
                evidence.add(
                        clock.text(),
                        new HypercallAligner(
                                new Similarity(AddressMaps.NONE), base::next, others::next, diffOptions.window()),
                        new PairComparer(
                                new StateComparer(AddressMaps.NONE, diffOptions.treatments(), new FieldTally())));
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Gives events to a sink. */
    @FunctionalInterface
    private interface Source {
        void feed(EventSink sink) throws IOException;
    }

    private static void write(Path file, Source source) throws IOException {
        TraceWriter.Options overwriting = TraceWriter.Options.standard().overwriting();
        try (TraceWriter writer = TraceWriter.create(file, header(), overwriting)) {
            source.feed(writer);
        }
    }

    /** The header of a recording that is a replay. */
    public static TraceHeader header() {
        return TraceHeader.of("hyptrace-emulator");
    }

    private DiffResult compare(Trace replayed, DiffOptions diffOptions) throws IOException {
        DiffOptions mapped = mapped(diffOptions);
        try (Hypercalls.Reader left = Hypercalls.reader(trace);
                Hypercalls.Reader right = Hypercalls.reader(replayed)) {
            return TraceDiff.compare(
                    trace.name(), without(left, skipped.keySet()), StepDiff.EMULATOR, right::next, mapped);
        }
    }

    private DiffOptions mapped(DiffOptions diffOptions) {
        return diffOptions.withMaps(
                diffOptions.maps().withHeaders(trace.header().maps(), List.of()));
    }

    private static HypercallSource without(Hypercalls.Reader calls, Set<Integer> numbers) {
        return () -> {
            Hypercall call = calls.next();
            while (call != null && numbers.contains(call.number())) {
                call = calls.next();
            }
            return call;
        };
    }
}
