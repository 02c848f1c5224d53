package dev.hyptrace.diff.bisect;

import dev.hyptrace.traces.TraceFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a session asked and what was answered, as text:
 *
 * <pre>
 * hyptrace bisect 1
 * property PROPERTY
 * build 1 SHA-256 NAME
 * build 2 ...
 * test 1 good
 *   evidence
 * introduced 16 17
 *   evidence
 * </pre>
 *
 * Builds are numbered from 1. Lines that begin with {@code #} are for people. A line without an end was being written when the
 * session was killed: what it belongs to is not read.
 *
 * @param property the property's description
 * @param builds the series
 * @param tests what was tested, by build from 0, in the order of the session
 * @param comparisons what was said of a good build and a bad one
 */
public record SessionLog(
        String property, List<Build> builds, Map<Integer, Observation> tests, Map<Pair, List<String>> comparisons) {
    /** The most bytes of a log that is read. */
    public static final int MOST_BYTES = 64 << 20;

    private static final String MAGIC = "hyptrace bisect 1";
    private static final String INDENT = "  ";
    private static final Pattern BUILD = Pattern.compile("build (\\d{1,9}) ([0-9a-f]{64}) (.+)");
    private static final Pattern TEST = Pattern.compile("test (\\d{1,9}) (\\w+)");
    private static final Pattern INTRODUCED = Pattern.compile("introduced (\\d{1,9}) (\\d{1,9})");

    /** A good build and a bad one, from 0. */
    public record Pair(int good, int bad) {}

    public SessionLog {
        builds = List.copyOf(builds);
        tests = new LinkedHashMap<>(tests);
        comparisons = new LinkedHashMap<>(comparisons);
    }

    /** A log in which nothing has been answered. */
    public static SessionLog begin(String property, List<Build> builds) {
        return new SessionLog(property, builds, Map.of(), Map.of());
    }

    /** What stands at the beginning of the file. */
    String head() {
        StringBuilder text = new StringBuilder(MAGIC + "\nproperty " + property + "\n");
        for (int i = 0; i < builds.size(); i++) {
            text.append("build " + (i + 1) + " " + builds.get(i).sha256() + " "
                    + builds.get(i).name().replaceAll("\\R", "?") + "\n");
        }
        return text.toString();
    }

    static String entry(int build, Observation observation) {
        return "test " + (build + 1) + " " + observation.verdict().text() + "\n" + indented(observation.evidence());
    }

    static String entry(Pair pair, List<String> evidence) {
        return "introduced " + (pair.good() + 1) + " " + (pair.bad() + 1) + "\n" + indented(evidence);
    }

    private static String indented(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(INDENT).append(line).append('\n'));
        return text.toString();
    }

    /**
     * Reads a log.
     *
     * @param name what to call it in messages
     * @throws TraceFormatException when it is none
     */
    public static SessionLog read(String name, BufferedReader reader) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[8192];
        for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
            text.append(buffer, 0, count);
            if (text.length() > MOST_BYTES) {
                throw new TraceFormatException(name, "byte " + MOST_BYTES, "a log of a session is not so long");
            }
        }
        return new Parser(name).parse(text.toString());
    }

    /**
     * Makes sure that this is a log of the same question.
     *
     * @param name what to call it in messages
     * @throws TraceFormatException when it is not
     */
    public void requireSame(String name, String otherProperty, List<Build> series) throws TraceFormatException {
        if (builds.size() != series.size()) {
            throw new TraceFormatException(
                    name, "its series", builds.size() + " builds, but " + series.size() + " are given");
        }
        for (int i = 0; i < series.size(); i++) {
            Build logged = builds.get(i);
            if (!logged.sha256().equals(series.get(i).sha256())) {
                throw new TraceFormatException(
                        name,
                        "build " + (i + 1),
                        "the session was about another " + logged.name() + " than "
                                + series.get(i).name() + " as it is: their SHA-256 differ");
            }
        }
        if (!property.equals(otherProperty)) {
            throw new TraceFormatException(
                    name, "line 2", "the session asked for \"" + property + "\", not for \"" + otherProperty + "\"");
        }
    }

    /** Reads lines. */
    private static final class Parser {
        private final String name;
        private final List<Build> builds = new ArrayList<>();
        private final Map<Integer, Observation> tests = new LinkedHashMap<>();
        private final Map<Pair, List<String>> comparisons = new LinkedHashMap<>();
        private String property;
        private int number;
        private Matcher open;
        private List<String> evidence = new ArrayList<>();

        Parser(String name) {
            this.name = name;
        }

        SessionLog parse(String text) throws TraceFormatException {
            boolean complete = text.endsWith("\n");
            String[] lines = text.split("\n");
            int count = complete ? lines.length : lines.length - 1;
            for (number = 1; number <= count; number++) {
                line(lines[number - 1]);
            }
            boolean next = !complete && !lines[count].startsWith(" ");
            if (complete || next) {
                end();
            }
            if (property == null || builds.size() < 2) {
                throw problem("the log ends before the property and 2 builds are named");
            }
            return new SessionLog(property, builds, tests, comparisons);
        }

        private void line(String line) throws TraceFormatException {
            if (number == 1) {
                if (!line.equals(MAGIC)) {
                    throw problem("expected \"" + MAGIC + "\", the beginning of a log of hyptrace bisect");
                }
            } else if (number == 2) {
                if (!line.startsWith("property ")) {
                    throw problem("expected \"property\" and what the session asked for");
                }
                property = line.substring("property ".length());
            } else if (line.startsWith(INDENT)) {
                evidence.add(line.substring(INDENT.length()));
            } else if (!line.startsWith("#")) {
                entry(line);
            }
        }

        private void entry(String line) throws TraceFormatException {
            end();
            Matcher build = BUILD.matcher(line);
            if (build.matches()) {
                if (Integer.parseInt(build.group(1)) != builds.size() + 1) {
                    throw problem("expected build " + (builds.size() + 1));
                }
                builds.add(new Build(build.group(3), build.group(2)));
                return;
            }
            open = TEST.matcher(line);
            if (!open.matches()) {
                open = INTRODUCED.matcher(line);
            }
            if (!open.matches()) {
                throw problem("expected build, test or introduced, with numbers");
            }
        }

        /** Takes in the entry whose evidence has been read. */
        private void end() throws TraceFormatException {
            if (open == null) {
                return;
            }
            if (open.pattern() == TEST) {
                Optional<Verdict> verdict = Verdict.named(open.group(2));
                if (verdict.isEmpty()) {
                    throw problem("the entry before says \"" + open.group(2) + "\", expected good, bad or skip");
                }
                tests.put(place(open.group(1)), new Observation(verdict.get(), evidence));
            } else {
                comparisons.put(new Pair(place(open.group(1)), place(open.group(2))), List.copyOf(evidence));
            }
            open = null;
            evidence = new ArrayList<>();
        }

        private int place(String written) throws TraceFormatException {
            int place = Integer.parseInt(written) - 1;
            if (place < 0 || place >= builds.size()) {
                throw problem("the entry before is about build " + written + " of " + builds.size());
            }
            return place;
        }

        private TraceFormatException problem(String what) {
            return new TraceFormatException(name, "line " + number, what);
        }
    }
}
