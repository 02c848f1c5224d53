package dev.hyptrace.cli.bisect;

import dev.hyptrace.cli.guest.BoardOptions;
import dev.hyptrace.cli.option.MapOption;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.diff.DiffOptions;
import dev.hyptrace.diff.abi.catalogue.Catalogue;
import dev.hyptrace.diff.abi.catalogue.Entry;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.text.AbiWriter;
import dev.hyptrace.diff.bisect.Build;
import dev.hyptrace.diff.bisect.BuildTest;
import dev.hyptrace.diff.bisect.ExplainedByAbis;
import dev.hyptrace.diff.bisect.Observation;
import dev.hyptrace.diff.bisect.Property;
import dev.hyptrace.diff.bisect.RunSource;
import dev.hyptrace.diff.bisect.SameAsRecording;
import dev.hyptrace.diff.bisect.WithoutKnown;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.model.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What makes a build good, and how a build is run. */
public final class BisectOptions {
    private static final long DEFAULT_INSTRUCTIONS = 2_000_000_000;
    private static final int DIGEST_SHOWN = 12;

    @Option(names = "--against", paramLabel = "FILE.htr", description = "Good is what does the same as this recording.")
    private Path against;

    @Option(
            names = "--abi",
            paramLabel = "ABI",
            description =
                    "Good is what does what this description says, down to the registers that it keeps: a name that"
                            + " abi list prints, or a file. Repeatable: one for each party that answers.")
    private List<String> abis = List.of();

    @Option(
            names = "--without",
            paramLabel = "ID",
            description = "Good is what does not show this known divergence, such as B1. Repeatable.")
    private List<String> without = List.of();

    @Option(
            names = "--fingerprint",
            paramLabel = "FILE",
            description =
                    "Good is an image whose stubs answer as those whose fingerprints abi probe printed into FILE.")
    private Path fingerprint;

    @Option(names = "--limit", paramLabel = "N", description = "End the run of an image after N hypercalls.")
    private Long limit;

    @Option(
            names = "--instructions",
            paramLabel = "N",
            description = "End the run of an image after N instructions. Default: ${DEFAULT-VALUE}.",
            defaultValue = "" + DEFAULT_INSTRUCTIONS)
    private long instructions;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Test each build N times; one that is not the same each time cannot be tested. Default:"
                    + " ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private int repeat;

    @Mixin
    private MapOption maps;

    @Mixin
    private BoardOptions board;

    /** Whether it was said what makes a build good. */
    public boolean hasProperty() {
        return against != null || !abis.isEmpty() || !without.isEmpty() || fingerprint != null;
    }

    /** A series with a test for it. To be closed after use. */
    public final class Session implements AutoCloseable {
        private final Properties properties;
        private final Optional<Fingerprints> fingerprints;
        private final SeriesTest test;

        private Session(List<Path> series, AbiNames names, Watch watch) throws IOException {
            check();
            Runs runs = new Runs(board, limit == null ? Long.MAX_VALUE : limit, instructions, watch);
            this.properties = properties(series.get(0), runs, names);
            this.fingerprints = fingerprint == null ? Optional.empty() : Optional.of(Fingerprints.read(fingerprint));
            this.test = new SeriesTest(series, runs, this::probed, properties, repeat, options());
        }

        private Optional<Observation> probed(Path image) throws IOException {
            return fingerprints.isEmpty()
                    ? Optional.empty()
                    : Optional.of(fingerprints.get().judge(board, image, instructions));
        }

        public BuildTest test() {
            return test;
        }

        /** The property and how builds are run, in one line. */
        public String question() {
            String probes = fingerprints.map(Fingerprints::description).orElse("");
            return properties.description() + probes + "; at most " + (limit == null ? "" : limit + " hypercalls and ")
                    + instructions + " instructions" + (repeat == 1 ? "" : ", " + repeat + " times")
                    + board.summary();
        }

        @Override
        public void close() throws IOException {
            properties.close();
        }
    }

    /** Begins a session; without a property, the first build is what the others are compared with. */
    public Session session(List<Path> series, AbiNames names, Watch watch) throws IOException {
        return new Session(series, names, watch);
    }

    /** Tests one build. */
    public Observation test(Path build, AbiNames names, Watch watch) throws IOException {
        try (Session session = session(List.of(build), names, watch)) {
            return session.test.test(0);
        }
    }

    /** The builds as a log knows them. */
    public static List<Build> describe(List<Path> series) throws IOException {
        List<Build> builds = new ArrayList<>();
        for (Path build : series) {
            builds.add(BuildFiles.describe(build));
        }
        return builds;
    }

    private void check() {
        if (limit != null && limit < 1) {
            throw new CommandException("--limit " + limit + ": expected at least 1 hypercall");
        }
        if (instructions < 1) {
            throw new CommandException("--instructions " + instructions + ": expected at least 1");
        }
        if (repeat < 1) {
            throw new CommandException("--repeat " + repeat + ": expected at least 1");
        }
    }

    private DiffOptions options() {
        return DiffOptions.standard().withMaps(maps.maps());
    }

    private Properties properties(Path first, Runs runs, AbiNames names) throws IOException {
        List<Property> all = new ArrayList<>();
        if (against != null) {
            String name = against.getFileName() + " " + digest(Sha256.ofFile(against));
            Traces.open(against).close();
            all.add(new SameAsRecording(() -> Traces.open(against), name, options()));
        }
        if (!abis.isEmpty()) {
            all.add(explained(names));
        }
        if (!without.isEmpty()) {
            without.forEach(BisectOptions::requireShown);
            all.add(new WithoutKnown(without));
        }
        if (all.isEmpty() && fingerprint == null) {
            RunSource good = () -> runs.open(BuildFiles.of(first).get(0));
            all.add(new SameAsRecording(good, "the good end of the series", options()));
        }
        return new Properties(all);
    }

    private Property explained(AbiNames names) throws IOException {
        List<Abi> named = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (String name : abis) {
            Abi abi = names.named(name);
            named.add(abi);
            text.append(AbiWriter.write(abi));
        }
        return new ExplainedByAbis(named, digest(Sha256.ofText(text.toString())));
    }

    private static String digest(String sha256) {
        return sha256.substring(0, DIGEST_SHOWN);
    }

    private static void requireShown(String id) {
        Entry entry = Catalogue.named(id)
                .orElseThrow(() -> new CommandException("--without " + id + ": no known divergence has this name"));
        if (!entry.isShown()) {
            throw new CommandException("--without " + id + ": recordings do not show it: " + entry.how());
        }
    }
}
