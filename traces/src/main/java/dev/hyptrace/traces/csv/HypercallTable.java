package dev.hyptrace.traces.csv;

import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.hypercall.Hypercalls;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Departure;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.commons.csv.CSVPrinter;

/** The table of hypercalls. */
final class HypercallTable {
    private static final String HYPERCALL = "hypercall";
    private static final String CPU = "cpu";
    private static final String SITE = "site";
    private static final String IMMEDIATE = "immediate";
    private static final String OUTCOME = "outcome";
    private static final String PAYLOAD = "payload";
    private static final String DEPARTURE = "departure";
    private static final String DEPARTURE_MODE = "departure.mode";
    private static final List<String> FIXED =
            List.of(HYPERCALL, CPU, SITE, IMMEDIATE, OUTCOME, PAYLOAD, DEPARTURE, DEPARTURE_MODE);

    private final CsvRows rows;
    private final FixedColumns fixed;
    private final Map<Point, StateColumns> registers = new EnumMap<>(Point.class);

    /** Where a state is of; the name is the prefix of its columns. */
    private enum Point {
        CALL,
        VECTOR,
        AFTER;

        private final String prefix = name().toLowerCase(Locale.ROOT) + ".";

        private State of(Hypercall call) {
            return switch (this) {
                case CALL -> call.call();
                case VECTOR -> call.vector();
                case AFTER -> call.after();
            };
        }
    }

    private HypercallTable(CsvRows rows) throws TraceFormatException {
        this.rows = rows;
        this.fixed = new FixedColumns(rows, FIXED);
        for (Point point : Point.values()) {
            registers.put(point, new StateColumns());
        }
        for (int column = 0; column < rows.columns().size(); column++) {
            String name = rows.columns().get(column);
            if (!fixed.take(column, name) && !takeRegister(column, name)) {
                throw rows.error(
                        column, "expected call., vector. or after. and the name of a register, or one of " + FIXED);
            }
        }
    }

    private boolean takeRegister(int column, String name) {
        for (Point point : Point.values()) {
            if (name.toLowerCase(Locale.ROOT).startsWith(point.prefix)) {
                return registers.get(point).take(column, name.substring(point.prefix.length()));
            }
        }
        return false;
    }

    static boolean isHeader(List<String> columns) {
        return columns.stream().anyMatch(SITE::equalsIgnoreCase);
    }

    static void write(Trace trace, CSVPrinter out) throws IOException {
        Map<Point, Set<Register>> used = usedRegisters(trace);
        for (String column : FIXED) {
            out.print(column);
        }
        for (Point point : Point.values()) {
            for (Register register : used.get(point)) {
                out.print(point.prefix + register.manualName());
            }
        }
        out.println();
        try (Hypercalls.Reader calls = Hypercalls.reader(trace)) {
            for (Hypercall call = calls.next(); call != null; call = calls.next()) {
                writeRow(call, used, out);
            }
        }
    }

    private static Map<Point, Set<Register>> usedRegisters(Trace trace) throws IOException {
        Map<Point, Set<Register>> used = new EnumMap<>(Point.class);
        for (Point point : Point.values()) {
            used.put(point, EnumSet.noneOf(Register.class));
        }
        try (Hypercalls.Reader calls = Hypercalls.reader(trace)) {
            for (Hypercall call = calls.next(); call != null; call = calls.next()) {
                for (Point point : Point.values()) {
                    used.get(point).addAll(point.of(call).registers());
                }
            }
        }
        return used;
    }

    private static void writeRow(Hypercall call, Map<Point, Set<Register>> used, CSVPrinter out) throws IOException {
        out.print(call.number());
        out.print(call.cpu());
        out.print(Cells.of(call.site()));
        out.print(Cells.of(call.immediate()));
        out.print(call.outcome().text());
        out.print(Cells.of(call.payload()));
        out.print(Cells.of(call.departure().map(Departure::address).orElse(OptionalInt.empty())));
        out.print(call.departure().flatMap(Departure::mode).map(Mode::suffix).orElse(""));
        for (Point point : Point.values()) {
            State state = point.of(call);
            for (Register register : used.get(point)) {
                out.print(Cells.of(register, state.get(register)));
            }
        }
        out.println();
    }

    /** @return how many rows were read */
    static long read(CsvRows rows, EventSink sink) throws IOException {
        HypercallTable table = new HypercallTable(rows);
        long count = 0;
        while (rows.next()) {
            HypercallRow row = table.readRow();
            for (Event event : row.events()) {
                sink.accept(event);
            }
            Optional<Event> doubt = row.doubt();
            if (doubt.isPresent()) {
                sink.accept(doubt.get());
            }
            count++;
        }
        return count;
    }

    /** The row's call, after it has been proved that nothing the row says is lost in its events. */
    private HypercallRow readRow() throws TraceFormatException {
        HypercallRow row = new HypercallRow(
                fixed.parse(CPU, CsvTables::processor),
                fixed.parse(SITE, Cells::word),
                fixed.parse(IMMEDIATE, HypercallTable::immediate),
                fixed.parse(OUTCOME, HypercallTable::outcome),
                fixed.parse(PAYLOAD, Cells::word),
                fixed.parse(DEPARTURE, Cells::word),
                fixed.parse(DEPARTURE_MODE, HypercallTable::mode),
                registers.get(Point.CALL).read(rows),
                registers.get(Point.VECTOR).read(rows),
                registers.get(Point.AFTER).read(rows));
        check(row, row.assemble());
        return row;
    }

    private void check(HypercallRow row, Hypercall kept) throws TraceFormatException {
        registers.get(Point.CALL).check(rows, row.call(), kept.call());
        registers.get(Point.VECTOR).check(rows, row.vector(), kept.vector());
        if (row.outcome().isPresent()
                && row.outcome().get() != kept.outcome()
                && row.doubt().isEmpty()) {
            throw fixed.error(
                    OUTCOME,
                    "'" + row.outcome().get().text() + "' contradicts the rest of the row, by which the call '"
                            + kept.outcome().text() + "'");
        }
        registers.get(Point.AFTER).check(rows, row.after(), kept.after());
        check(SITE, row.site(), row.call().has(Register.PC) ? pc(row.call()) : kept.site());
        check(IMMEDIATE, row.immediate(), kept.immediate());
        check(PAYLOAD, row.payload(), kept.payload());
        check(
                DEPARTURE,
                row.departure(),
                kept.departure().map(Departure::address).orElse(OptionalInt.empty()));
        if (!row.departureMode().equals(kept.departure().flatMap(Departure::mode))) {
            throw fixed.error(DEPARTURE_MODE, "only a call that enters a payload has a departure");
        }
    }

    private void check(String column, OptionalInt given, OptionalInt kept) throws TraceFormatException {
        if (given.isPresent() && !given.equals(kept)) {
            throw fixed.error(
                    column,
                    Cells.quote(Cells.of(given)) + " contradicts the rest of the row, by which it is "
                            + (kept.isPresent() ? Cells.of(kept) : "not known"));
        }
    }

    private static OptionalInt pc(State state) {
        return OptionalInt.of((int) state.require(Register.PC));
    }

    private static OptionalInt immediate(String cell) {
        OptionalInt immediate = Cells.word(cell);
        if (immediate.isPresent() && immediate.getAsInt() >>> 16 != 0) {
            throw new IllegalArgumentException(Cells.quote(cell) + " is no 16-bit immediate, expected 0x0 to 0xffff");
        }
        return immediate;
    }

    private static Optional<Mode> mode(String cell) {
        if (cell.isEmpty()) {
            return Optional.empty();
        }
        for (Mode mode : Mode.values()) {
            if (mode.suffix().equals(cell)) {
                return Optional.of(mode);
            }
        }
        throw new IllegalArgumentException(Cells.quote(cell) + " is no mode, expected one of "
                + Arrays.stream(Mode.values()).map(Mode::suffix).toList());
    }

    private static Optional<Outcome> outcome(String cell) {
        if (cell.isEmpty()) {
            return Optional.empty();
        }
        for (Outcome outcome : Outcome.values()) {
            if (outcome.text().equals(cell)) {
                return Optional.of(outcome);
            }
        }
        throw new IllegalArgumentException(Cells.quote(cell) + " is no outcome, expected one of "
                + Arrays.stream(Outcome.values()).map(Outcome::text).toList());
    }
}
