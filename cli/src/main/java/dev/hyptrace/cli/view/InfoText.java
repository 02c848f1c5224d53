package dev.hyptrace.cli.view;

import dev.hyptrace.cli.console.Printable;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.model.AddressMap;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.TraceHeader;
import dev.hyptrace.traces.summary.Recorded;
import dev.hyptrace.traces.summary.TraceSummary;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a recording holds, for people. */
public final class InfoText {
    private static final int MOST_DAMAGES = 10;
    private static final int MOST_REGISTERS = 50;
    private static final int WIDTH = 84;

    private final HtrTrace trace;
    private final TraceSummary summary;
    private final Columns lines = new Columns();
    private boolean cut;

    public InfoText(HtrTrace trace, TraceSummary summary) {
        this.trace = trace;
        this.summary = summary;
    }

    public void write(Writer out) throws IOException {
        header(summary.header());
        contents();
        registers();
        if (cut) {
            line("", "--format json lists all registers, and how often each is recorded");
        }
        damage();
        out.write(Printable.line(trace.name()) + "\n");
        lines.write(2, out);
    }

    private void header(TraceHeader header) {
        line("source", header.source());
        line("tool", header.tool());
        line("machine", header.machine());
        line("command", String.join(" ", header.commandLine()));
        for (TraceHeader.Image image : header.images()) {
            line(
                    "image",
                    image.name()
                            + image.address().map(a -> " at " + Hex.word(a)).orElse(""));
            line("", "sha256 " + image.sha256());
        }
        for (AddressMap map : header.maps()) {
            line("map", map.toString());
        }
        header.attributes().forEach(this::line);
    }

    private void contents() {
        line("size", size());
        line("processors", summary.processors().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        line("events", counts(summary.events(), (type, count) -> plural(type.text(), count)));
        line("exceptions", counts(summary.exceptions(), (kind, count) -> kind.manualName()));
        line("hypercalls", summary.hypercallCount() == 0 ? "none" : hypercalls());
    }

    private String size() {
        String size = String.format(
                Locale.ROOT, "%,d bytes in %,d %s", trace.bytes(), trace.chunks(), plural("chunk", trace.chunks()));
        return summary.steps() == 0
                ? size
                : size + String.format(Locale.ROOT, ", %.2f bytes per step", (double) trace.bytes() / summary.steps());
    }

    private String hypercalls() {
        return summary.hypercallCount() + ": " + counts(summary.hypercalls(), (outcome, count) -> outcome.text());
    }

    private static <K> String counts(Map<K, Long> counts, BiFunction<K, Long, String> name) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> String.format(
                        Locale.ROOT, "%,d %s", entry.getValue(), name.apply(entry.getKey(), entry.getValue())))
                .collect(Collectors.joining(", "));
    }

    /** Which registers are recorded at which kind of event: always, at some, or only derived. */
    private void registers() {
        summary.registers().forEach((type, given) -> {
            long events = summary.events().get(type);
            recorded("at each " + type.text(), given, recorded -> recorded.known() == events);
            recorded("at some " + plural(type.text(), 2), given, r -> r.known() > 0 && r.known() < events);
            recorded("derived at " + plural(type.text(), 2), given, recorded -> recorded.derived() > 0);
        });
    }

    private void recorded(String where, Map<Register, Recorded> given, Predicate<Recorded> which) {
        List<Register> registers = given.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!registers.isEmpty()) {
            List<Register> shown = registers.subList(0, Math.min(MOST_REGISTERS, registers.size()));
            int more = registers.size() - shown.size();
            line("recorded", where + ": " + RegisterNames.of(shown) + (more == 0 ? "" : " and " + more + " more"));
            cut |= more > 0;
        }
    }

    private void damage() {
        List<Trace.Damage> damages = trace.damage();
        if (damages.isEmpty()) {
            line("damage", "none");
        }
        for (Trace.Damage damage : damages.subList(0, Math.min(MOST_DAMAGES, damages.size()))) {
            line("damage", "byte " + damage.offset() + ": " + damage.what());
        }
        if (damages.size() > MOST_DAMAGES) {
            line("", damages.size() - MOST_DAMAGES + " more");
        }
    }

    /** A line, unless there is nothing to say; a long one goes on below. */
    private void line(String name, String value) {
        String rest = Printable.line(value);
        String first = Printable.line(name);
        while (!rest.isEmpty()) {
            int end = rest.length() <= WIDTH ? rest.length() : breakAt(rest);
            lines.row(first, rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
            first = "";
        }
    }

    private static int breakAt(String text) {
        int blank = text.lastIndexOf(' ', WIDTH);
        return blank > 0 ? blank : WIDTH;
    }

    private static String plural(String noun, long count) {
        if (count == 1) {
            return noun;
        }
        return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    }
}
