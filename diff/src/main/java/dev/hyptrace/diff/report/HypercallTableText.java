package dev.hyptrace.diff.report;

import dev.hyptrace.diff.result.HypercallRow;
import dev.hyptrace.diff.result.HypercallRow.Call;
import dev.hyptrace.diff.result.Hypercalls;
import dev.hyptrace.diff.result.Reading;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The hypercalls of both sides beside each other. Between them stands {@code *} where they differ, {@code <} and {@code >}
 * where only one side has the call. A value after {@code ~} is derived.
 */
final class HypercallTableText {
    private static final List<String> HEADINGS = List.of("#", "site", "imm", "r0", "r1", "HVBAR", "end");
    private static final int MARK_WIDTH = 3;

    private final Hypercalls hypercalls;
    private final Paint paint;
    private final int maxRows;

    HypercallTableText(Hypercalls hypercalls, Paint paint, int maxRows) {
        this.hypercalls = hypercalls;
        this.paint = paint;
        this.maxRows = maxRows;
    }

    /** One value of the table, and whether it is derived. */
    private record Cell(String text, boolean derived) {
        static Cell of(String text) {
            return new Cell(text, false);
        }
    }

    void write(Lines lines) throws IOException {
        lines.line(paint.heading("Hypercalls: ") + hypercalls.left() + " left, " + hypercalls.right() + " right, "
                + hypercalls.aligned() + " aligned");
        List<HypercallRow> shown = shown();
        if (shown.isEmpty()) {
            return;
        }
        int[] widths = widths(shown);
        List<Cell> headings = HEADINGS.stream().map(Cell::of).toList();
        String heading = text(headings, widths);
        int total = heading.length();
        lines.line(paint.faint(padded("left", total) + "   right"));
        lines.line(paint.faint((heading + "   " + heading).stripTrailing()));
        for (HypercallRow row : shown) {
            String left = row.left().map(call -> text(cells(call), widths)).orElse(" ".repeat(total));
            String right = row.right()
                    .map(call -> text(cells(call), widths).stripTrailing())
                    .orElse("");
            lines.line(left + mark(row) + right);
        }
        more(lines, shown);
        PayloadText.write(shown, lines);
    }

    private String mark(HypercallRow row) {
        if (row.left().isEmpty() || row.right().isEmpty()) {
            return paint.right(row.left().isPresent() ? " <" : " > ");
        }
        return row.divergences() > 0 ? paint.right(" * ") : paint.faint(" ".repeat(MARK_WIDTH - 2) + "| ");
    }

    /** All rows where they fit, else those that differ, else the first ones. */
    private List<HypercallRow> shown() {
        List<HypercallRow> rows = hypercalls.rows();
        if (rows.size() <= maxRows) {
            return rows;
        }
        List<HypercallRow> differing =
                rows.stream().filter(row -> row.divergences() > 0).toList();
        List<HypercallRow> chosen = differing.isEmpty() ? rows : differing;
        return chosen.subList(0, Math.min(maxRows, chosen.size()));
    }

    private void more(Lines lines, List<HypercallRow> shown) throws IOException {
        long all = hypercalls.left() + hypercalls.right() - hypercalls.aligned();
        if (all > shown.size()) {
            boolean differing = shown.get(0).divergences() > 0;
            lines.line(paint.faint("... " + (all - shown.size()) + " more hypercalls are not shown"
                    + (differing ? ", those with divergences come first" : "")));
        }
    }

    private static int[] widths(List<HypercallRow> rows) {
        int[] widths = HEADINGS.stream().mapToInt(String::length).toArray();
        for (HypercallRow row : rows) {
            for (Optional<Call> call : List.of(row.left(), row.right())) {
                List<Cell> cells = call.map(HypercallTableText::cells).orElse(List.of());
                for (int i = 0; i < cells.size(); i++) {
                    widths[i] = Math.max(widths[i], cells.get(i).text().length());
                }
            }
        }
        return widths;
    }

    private static List<Cell> cells(Call call) {
        List<Cell> cells = new ArrayList<>(HEADINGS.size());
        cells.add(Cell.of(Integer.toString(call.number())));
        cells.add(Cell.of(call.site().isPresent() ? Hex.digits(call.site().getAsInt()) : "?"));
        cells.add(Cell.of(
                call.immediate().isPresent()
                        ? Integer.toHexString(call.immediate().getAsInt())
                        : "?"));
        cells.add(cell(call.r0()));
        cells.add(cell(call.r1()));
        cells.add(cell(call.hvbar()));
        cells.add(Cell.of(outcome(call.outcome())));
        return cells;
    }

    private static Cell cell(Reading reading) {
        return reading instanceof Reading.Bits bits
                ? new Cell(Hex.digits((int) bits.bits()), bits.rule().isPresent())
                : Cell.of("?");
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case RETURNED -> "return";
            case RETURNED_ELSEWHERE -> "elsewhere";
            case LEFT_HYP -> "left HYP";
            case ENTERED_PAYLOAD -> "payload";
            case NEVER_RETURNED -> "never";
        };
    }

    private static String text(List<Cell> cells, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            text.append(i == 0 ? "" : cells.get(i).derived() ? "~" : " ");
            text.append(padded(cells.get(i).text(), widths[i]));
        }
        return text.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
