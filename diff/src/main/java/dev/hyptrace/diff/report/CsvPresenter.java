package dev.hyptrace.diff.report;

import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Divergence;
import dev.hyptrace.diff.result.Place;
import dev.hyptrace.diff.result.Verdict;
import dev.hyptrace.traces.model.Hex;
import java.io.IOException;
import java.io.Writer;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** One row for each divergence, warnings included, under a row of names. What is absent is empty. */
public final class CsvPresenter implements Presenter {
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator('\n')
            .setHeader(
                    "number",
                    "severity",
                    "left_hypercall",
                    "right_hypercall",
                    "point",
                    "kind",
                    "field",
                    "left",
                    "right",
                    "step",
                    "address",
                    "symbol",
                    "cause",
                    "follows",
                    "explanation")
            .get();

    @Override
    public void render(DiffResult result, Writer out) throws IOException {
        CSVPrinter csv = new CSVPrinter(out, FORMAT);
        for (Divergence divergence : result.findings().list()) {
            row(csv, divergence);
        }
        csv.flush();
    }

    private static void row(CSVPrinter csv, Divergence divergence) throws IOException {
        Place place = divergence.place();
        Verdict verdict = divergence.verdict();
        csv.printRecord(
                divergence.number(),
                verdict.severity().text(),
                number(place.leftHypercall()),
                number(place.rightHypercall()),
                place.point().text(),
                divergence.kind().text(),
                divergence.field(),
                divergence.left().text().orElse(""),
                divergence.right().text().orElse(""),
                number(place.step()),
                place.address().isPresent() ? Hex.word(place.address().getAsInt()) : "",
                place.symbol().map(CsvPresenter::text).orElse(""),
                verdict.cause().map(cause -> cause.kind().text()).orElse(""),
                verdict.follows()
                        .map(follows -> Integer.toString(follows.number()))
                        .orElse(""),
                text(verdict.explanation().text()));
    }

    private static String number(OptionalInt value) {
        return value.isPresent() ? Integer.toString(value.getAsInt()) : "";
    }

    private static String number(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "";
    }

    /** A name that a spreadsheet would take for a formula gets an apostrophe, which it takes for "this is text". */
    private static String text(String name) {
        String printable = Printable.of(name);
        return !printable.isEmpty() && "=+-@".indexOf(printable.charAt(0)) >= 0 ? "'" + printable : printable;
    }
}
