package dev.hyptrace.diff.report;

import dev.hyptrace.diff.explain.Words;
import dev.hyptrace.diff.result.Divergence;
import dev.hyptrace.diff.result.Explanation;
import dev.hyptrace.diff.result.Findings;
import dev.hyptrace.diff.result.Place;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Reading;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.diff.result.Writer;
import dev.hyptrace.traces.model.Hex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The findings, each with its two values, its explanation and what follows from it. */
final class FindingsText {
    private static final int INDENT = 5;

    private final Findings findings;
    private final Paint paint;
    private final TextSettings settings;

    FindingsText(Findings findings, Paint paint, TextSettings settings) {
        this.findings = findings;
        this.paint = paint;
        this.settings = settings;
    }

    void write(Lines lines) throws IOException {
        Map<Integer, List<Divergence>> followers = new LinkedHashMap<>();
        List<Divergence> roots = new ArrayList<>();
        for (Divergence divergence : findings.list()) {
            if (divergence.isFinding()) {
                roots.add(divergence);
            } else {
                int number = divergence.verdict().follows().orElseThrow().number();
                followers.computeIfAbsent(number, n -> new ArrayList<>()).add(divergence);
            }
        }
        lines.line(paint.heading("Findings: ") + summary());
        int shown = Math.min(settings.maxFindings(), roots.size());
        for (Divergence root : roots.subList(0, shown)) {
            lines.blank();
            finding(lines, root, followers.getOrDefault(root.number(), List.of()));
        }
        long all = findings.divergences() + findings.explained() + findings.warnings();
        if (all > shown) {
            lines.blank();
            lines.line(paint.faint("... " + (all - shown) + " more findings are not shown: --all shows "
                    + (findings.omitted() > 0 ? "the first " + findings.list().size() + " divergences" : "them all")));
        }
    }

    private String summary() {
        List<String> parts = new ArrayList<>();
        parts.add(findings.divergences() + " unexplained");
        if (findings.explained() > 0) {
            parts.add(findings.explained() + " explained");
        }
        if (findings.warnings() > 0) {
            parts.add(findings.warnings() + " that rest on derived values (warnings)");
        }
        if (findings.folded() > 0) {
            parts.add(findings.folded() + (findings.folded() == 1 ? " more that follows" : " more that follow"));
        }
        return String.join(", ", parts);
    }

    private void finding(Lines lines, Divergence root, List<Divergence> followers) throws IOException {
        Severity severity = root.verdict().severity();
        String number = String.format(Locale.ROOT, "%-" + (INDENT - 1) + "s ", "#" + root.number());
        lines.line(paint.severity(
                        severity,
                        number + Words.place(root.place()) + ": " + root.kind().text() + " " + root.field()
                                + (severity == Severity.DIVERGENCE ? "" : " (" + severity.text() + ")"))
                + paint.faint(at(root.place())));
        String indent = " ".repeat(INDENT);
        lines.line(indent + "left   " + paint.left(Words.value(root.field(), root.left())) + derived(root.left()));
        lines.line(indent + "right  " + paint.right(Words.value(root.field(), root.right())) + derived(root.right()));
        explanation(lines, root);
        followers(lines, followers);
    }

    private static String derived(Reading reading) {
        return reading instanceof Reading.Bits bits
                ? bits.rule().map(rule -> "  derived: " + rule.text()).orElse("")
                : "";
    }

    private static String at(Place place) {
        StringBuilder text = new StringBuilder();
        if (place.point() != Point.STEP) {
            place.step().ifPresent(step -> text.append("  step ").append(step));
        }
        place.address().ifPresent(address -> text.append("  ").append(Hex.word(address)));
        place.instruction().ifPresent(instruction -> text.append(": ").append(instruction));
        place.symbol()
                .ifPresent(
                        symbol -> text.append(" <").append(Printable.of(symbol)).append('>'));
        return text.toString();
    }

    private void explanation(Lines lines, Divergence root) throws IOException {
        Explanation explanation = root.verdict().explanation();
        lines.paragraph(INDENT, Printable.of(explanation.text()));
        if (explanation.lastEqual().isPresent()) {
            lines.paragraph(
                    INDENT, "Last equal: " + Words.place(explanation.lastEqual().get()) + ".");
        }
        for (Writer writer : explanation.writers()) {
            lines.paragraph(INDENT, "Written by " + writer.side().text() + " " + writer(writer) + ".");
        }
        if (root.verdict().cause().isPresent()) {
            String words = root.verdict().cause().get().text();
            lines.paragraph(
                    INDENT,
                    "Cause: " + root.verdict().cause().get().kind().text()
                            + (words.isEmpty() ? "." : ": " + Printable.of(words)));
        }
        if (!explanation.next().isEmpty()) {
            lines.paragraph(INDENT, "Next: " + explanation.next());
        }
    }

    private static String writer(Writer writer) {
        return "step " + writer.step() + " at " + Hex.word(writer.address())
                + writer.symbol().map(name -> " <" + Printable.of(name) + ">").orElse("")
                + writer.instruction().map(instruction -> ": " + instruction).orElse("");
    }

    private void followers(Lines lines, List<Divergence> followers) throws IOException {
        if (followers.isEmpty()) {
            return;
        }
        lines.line(" ".repeat(INDENT) + "What follows from it:");
        int shown = Math.min(settings.maxFollowers(), followers.size());
        for (Divergence follower : followers.subList(0, shown)) {
            lines.paragraph(
                    INDENT + 2,
                    Words.place(follower.place()) + ": " + follower.field() + " "
                            + Words.value(follower.field(), follower.left()) + " / "
                            + Words.value(follower.field(), follower.right()) + ", "
                            + follower.verdict().follows().orElseThrow().because(),
                    paint::faint);
        }
        if (followers.size() > shown) {
            lines.line(paint.faint(" ".repeat(INDENT + 2) + "... and " + (followers.size() - shown) + " more"));
        }
    }
}
