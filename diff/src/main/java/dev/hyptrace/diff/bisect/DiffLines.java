package dev.hyptrace.diff.bisect;

import dev.hyptrace.diff.report.TextPresenter;
import dev.hyptrace.diff.report.TextSettings;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Divergence;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** The first lines of a comparison: the answer, the story, and the finding that says most in words. */
final class DiffLines {
    private static final int WIDTH = 10_000;

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
        return lines;
    }

    private static String words(Divergence divergence) {
        return divergence.verdict().explanation().text();
    }
}
