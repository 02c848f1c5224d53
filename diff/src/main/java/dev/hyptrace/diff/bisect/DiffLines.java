package dev.hyptrace.diff.bisect;

import dev.hyptrace.diff.explain.Words;
import dev.hyptrace.diff.report.TextPresenter;
import dev.hyptrace.diff.report.TextSettings;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Divergence;
import dev.hyptrace.diff.result.Severity;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** The first lines of a comparison: the answer, the story, the finding that says most in words, and some others. */
final class DiffLines {
    private static final int WIDTH = 10_000;
    private static final int MORE = 4;

    private DiffLines() {}

    static List<String> of(DiffResult result) throws IOException {
        StringWriter text = new StringWriter();
        TextSettings plain = TextSettings.plain();
        new TextPresenter(new TextSettings(false, WIDTH, plain.maxRows(), plain.maxFindings(), plain.maxFollowers()))
                .render(result, text);
        List<String> lines = new ArrayList<>(
                text.toString().lines().takeWhile(line -> !line.isBlank()).toList());
        result.findings().list().stream()
                .filter(divergence -> divergence.number() == result.findings().lead())
                .findFirst()
                .map(DiffLines::words)
                .filter(words -> !words.isBlank())
                .ifPresent(lines::add);
        result.findings().list().stream()
                .filter(divergence -> divergence.isFinding()
                        && divergence.verdict().severity() == Severity.DIVERGENCE
                        && divergence.number() != result.findings().lead())
                .limit(MORE)
                .map(DiffLines::headline)
                .forEach(lines::add);
        return lines;
    }

    private static String headline(Divergence divergence) {
        String field = divergence.field();
        return "Also " + Words.place(divergence.place()) + ", " + field + ": left "
                + Words.value(field, divergence.left()) + ", right " + Words.value(field, divergence.right());
    }

    private static String words(Divergence divergence) {
        return divergence.verdict().explanation().text();
    }
}
