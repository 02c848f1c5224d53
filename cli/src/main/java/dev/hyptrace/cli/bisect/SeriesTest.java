package dev.hyptrace.cli.bisect;

import dev.hyptrace.diff.DiffOptions;
import dev.hyptrace.diff.bisect.BuildTest;
import dev.hyptrace.diff.bisect.Introduced;
import dev.hyptrace.diff.bisect.Observation;
import dev.hyptrace.diff.bisect.Property;
import dev.hyptrace.diff.bisect.Verdict;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.hypercall.Hypercalls;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs builds and judges what they do. */
final class SeriesTest implements BuildTest {
    private final List<Path> builds;
    private final Runs runs;
    private final Probes probes;
    private final Properties properties;
    private final int repeat;
    private final DiffOptions options;

    /** What probing an image shows, if it is to be probed. */
    @FunctionalInterface
    interface Probes {
        Optional<Observation> probe(Path image) throws IOException;
    }

    SeriesTest(List<Path> builds, Runs runs, Probes probes, Properties properties, int repeat, DiffOptions options) {
        this.builds = List.copyOf(builds);
        this.runs = runs;
        this.probes = probes;
        this.properties = properties;
        this.repeat = repeat;
        this.options = options;
    }

    @Override
    public Observation test(int build) throws IOException {
        return test(builds.get(build));
    }

    Observation test(Path build) throws IOException {
        List<Observation> observations = new ArrayList<>();
        for (Path file : BuildFiles.of(build)) {
            for (int i = 0; i < repeat; i++) {
                observations.add(once(file));
            }
        }
        return observations.isEmpty()
                ? Observation.skip("a folder without recordings")
                : Observation.together(observations);
    }

    private Observation once(Path file) throws IOException {
        Trace run;
        try {
            run = runs.open(file);
        } catch (FileSystemException e) {
            return Observation.skip("cannot be read: " + e.getClass().getSimpleName());
        } catch (IOException e) {
            return Observation.skip(e.getMessage().replace(file + ": ", ""));
        }
        try (run) {
            Observation judged = judged(run, file);
            runs.checkWhole();
            if (judged.verdict() != Verdict.GOOD) {
                return judged;
            }
            return probes.probe(file).orElse(judged);
        }
    }

    private Observation judged(Trace run, Path file) throws IOException {
        try (Hypercalls.Reader calls = Hypercalls.reader(run)) {
            if (calls.next() == null) {
                return Observation.skip(runs.noHypercall(file));
            }
        }
        List<Observation> observations = new ArrayList<>();
        for (Property property : properties.all()) {
            observations.add(property.judge(run));
        }
        if (!run.damage().isEmpty()) {
            Trace.Damage damage = run.damage().get(0);
            return Observation.skip("the recording is damaged at byte " + damage.offset() + ": " + damage.what());
        }
        return observations.isEmpty() ? Observation.good() : Observation.all(observations);
    }

    @Override
    public List<String> introduced(int good, int bad) throws IOException {
        Path bads = BuildFiles.of(builds.get(bad)).get(0);
        try (Trace left = runs.open(BuildFiles.of(builds.get(good)).get(0));
                Trace right = runs.open(bads)) {
            List<String> lines = new ArrayList<>(Introduced.lines(left, right, options));
            for (Property property : properties.ofAbis()) {
                Observation observation = property.judge(right);
                if (observation.verdict() == Verdict.BAD) {
                    lines.addAll(observation.evidence());
                }
            }
            runs.checkWhole();
            return lines;
        }
    }
}
