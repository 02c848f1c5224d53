package dev.hyptrace.diff.report;

import dev.hyptrace.diff.explain.Words;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Divergence;
import dev.hyptrace.diff.result.FieldCounts;
import dev.hyptrace.diff.result.Findings;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Status;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Text for people. The first line is the answer: the status and the first finding. Then the story, when there is one; the
 * hypercalls of both sides; the findings; how much was compared.
 */
public final class TextPresenter implements Presenter {
    private final TextSettings settings;
    private final Paint paint;

    public TextPresenter(TextSettings settings) {
        this.settings = settings;
        this.paint = settings.colour() ? Paint.ANSI : Paint.PLAIN;
    }

    @Override
    public void render(DiffResult result, Writer out) throws IOException {
        Lines lines = new Lines(out, settings.width());
        lines.line(paint.status(result.status()) + ": " + answer(result));
        for (String sentence : result.story()) {
            lines.paragraph(0, Printable.of(sentence));
        }
        for (String sentence : result.time()) {
            lines.paragraph(0, Printable.of(sentence));
        }
        lines.blank();
        lines.line("left   " + Printable.of(result.left()));
        lines.line("right  " + Printable.of(result.right()));
        lines.blank();
        new HypercallTableText(result.hypercalls(), paint, settings.maxRows()).write(lines);
        lines.blank();
        if (!result.findings().list().isEmpty()) {
            new FindingsText(result.findings(), paint, settings).write(lines);
            lines.blank();
        }
        fields(lines, result);
    }

    private static String answer(DiffResult result) {
        return switch (result.status()) {
            case DIFFERENT -> first(result.findings());
            case SAME -> same(result);
            case NOTHING_COMPARED -> nothing(result);
        };
    }

    private static String first(Findings findings) {
        return findings.list().stream()
                .filter(divergence -> divergence.number() == findings.lead())
                .findFirst()
                .map(TextPresenter::headline)
                .orElse(findings.divergences() + " divergences, none of them among those kept");
    }

    private static String headline(Divergence divergence) {
        String field = divergence.field();
        return Words.place(divergence.place()) + ", " + field + ": left " + Words.value(field, divergence.left())
                + ", right " + Words.value(field, divergence.right());
    }

    private static String same(DiffResult result) {
        long explained = result.findings().explained();
        List<String> parts = new ArrayList<>();
        result.steps().ifPresent(steps -> parts.add(Words.count(steps, "step")));
        parts.add(Words.count(result.hypercalls().aligned(), "hypercall"));
        return String.join(" and ", parts) + ", " + result.fields().total().compared() + " fields compared, "
                + (explained == 0 ? "no divergence" : "no unexplained divergence (" + explained + " explained)");
    }

    private static String nothing(DiffResult result) {
        if (result.hypercalls().left() + result.hypercalls().right() == 0) {
            return "neither side has a hypercall. See what was recorded with: hyptrace info FILE";
        }
        return "no field was recorded on both sides. See what was recorded with: hyptrace info FILE";
    }

    private void fields(Lines lines, DiffResult result) throws IOException {
        FieldCounts total = result.fields().total();
        lines.line(paint.heading("Fields: ") + total.compared() + " compared, " + total.derived() + " derived, "
                + total.unknown() + " unknown" + ignored(total));
        for (Map.Entry<Point, FieldCounts> entry : result.fields().byPoint().entrySet()) {
            FieldCounts counts = entry.getValue();
            lines.line(paint.faint(String.format(
                    Locale.ROOT,
                    "  %-7s %d compared, %d derived, %d unknown",
                    entry.getKey().text(),
                    counts.compared(),
                    counts.derived(),
                    counts.unknown())));
        }
        if (result.status() == Status.DIFFERENT
                && result.hypercalls().aligned() == 0
                && result.steps().isEmpty()) {
            lines.paragraph(
                    0,
                    "No hypercall could be aligned. If the two were loaded at different addresses, say so with"
                            + " --map LEFT=RIGHT+SIZE.");
        }
    }

    private static String ignored(FieldCounts counts) {
        return counts.masked() + counts.taken() == 0
                ? ""
                : "; not compared: " + counts.masked() + " masked, " + counts.taken() + " volatile";
    }
}
