package dev.hyptrace.traces.csv;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.commons.csv.CSVPrinter;

/** The table of steps. */
final class StepTable {
    private static final String STEP = "step";
    private static final String CPU = "cpu";
    private static final String GAP = "gap";
    private static final String ADDRESS = "address";
    private static final String SET = "set";
    private static final String ENCODING = "encoding";
    private static final List<String> FIXED = List.of(STEP, CPU, GAP, ADDRESS, SET, ENCODING);

    private final CsvRows rows;
    private final FixedColumns fixed;
    private final StateColumns registers = new StateColumns();

    private StepTable(CsvRows rows) throws TraceFormatException {
        this.rows = rows;
        this.fixed = new FixedColumns(rows, FIXED);
        for (int column = 0; column < rows.columns().size(); column++) {
            String name = rows.columns().get(column);
            if (!fixed.take(column, name) && !registers.take(column, name)) {
                throw rows.error(column, "no register has this name; expected a register or one of " + FIXED);
            }
        }
    }

    static boolean isHeader(List<String> columns) {
        return columns.stream().anyMatch(ADDRESS::equalsIgnoreCase);
    }

    static void write(Trace trace, CSVPrinter out) throws IOException {
        Set<Register> used = usedRegisters(trace);
        for (String column : FIXED) {
            out.print(column);
        }
        for (Register register : used) {
            out.print(register.manualName());
        }
        out.println();
        Map<Integer, String> gaps = new HashMap<>();
        long number = 0;
        try (EventReader events = trace.events()) {
            for (Event event = events.next(); event != null; event = events.next()) {
                if (event instanceof Event.Gap gap) {
                    gaps.put(
                            gap.cpu(),
                            gap.reason().isBlank() ? GAP : gap.reason().strip());
                } else if (event instanceof Event.Step step) {
                    writeRow(step, number++, gaps.remove(step.cpu()), used, out);
                }
            }
        }
    }

    private static Set<Register> usedRegisters(Trace trace) throws IOException {
        Set<Register> used = EnumSet.noneOf(Register.class);
        State last = State.unknown();
        try (EventReader events = trace.events()) {
            for (Event event = events.next(); event != null; event = events.next()) {
                if (event instanceof Event.Step step && !step.before().hasShapeOf(last)) {
                    last = step.before();
                    used.addAll(last.registers());
                }
            }
        }
        return used;
    }

    private static void writeRow(Event.Step step, long number, String gap, Set<Register> used, CSVPrinter out)
            throws IOException {
        out.print(number);
        out.print(step.cpu());
        out.print(gap == null ? "" : gap);
        out.print(Hex.word(step.address()));
        out.print(step.instruction().map(i -> i.set().name()).orElse(""));
        out.print(step.instruction().map(StepTable::encoding).orElse(""));
        for (Register register : used) {
            out.print(Cells.of(register, step.before().get(register)));
        }
        out.println();
    }

    private static String encoding(Instruction instruction) {
        String digits = Hex.digits(instruction.encoding());
        return "0x" + (instruction.size() == 2 ? digits.substring(4) : digits);
    }

    /** @return how many rows were read */
    static long read(CsvRows rows, EventSink sink) throws IOException {
        StepTable table = new StepTable(rows);
        long count = 0;
        while (rows.next()) {
            table.readRow(sink);
            count++;
        }
        return count;
    }

    private void readRow(EventSink sink) throws IOException {
        int cpu = fixed.parse(CPU, CsvTables::processor);
        OptionalInt address = fixed.parse(ADDRESS, Cells::word);
        if (address.isEmpty()) {
            throw fixed.error(ADDRESS, "no address, expected one");
        }
        Optional<Instruction> instruction = fixed.parse(ENCODING, cell -> instruction(fixed.text(SET), cell));
        State before = registers.read(rows);
        String gap = fixed.text(GAP);
        if (!gap.isEmpty()) {
            sink.accept(new Event.Gap(cpu, gap));
        }
        sink.accept(new Event.Step(cpu, address.getAsInt(), instruction, before, List.of()));
    }

    private static Optional<Instruction> instruction(String set, String encoding) {
        if (encoding.isEmpty() && set.isEmpty()) {
            return Optional.empty();
        }
        if (!encoding.matches("0[xX]([0-9a-fA-F]{4}){1,2}")) {
            throw new IllegalArgumentException(
                    Cells.quote(encoding) + " is no encoding, expected 0x and 4 or 8 hexadecimal digits");
        }
        String digits = encoding.substring(2);
        return Optional.of(
                new Instruction(Integer.parseUnsignedInt(digits, 16), instructionSet(set), digits.length() / 2));
    }

    private static InstructionSet instructionSet(String name) {
        for (InstructionSet set : InstructionSet.values()) {
            if (set.name().equalsIgnoreCase(name)) {
                return set;
            }
        }
        throw new IllegalArgumentException("column '" + SET + "' has " + Cells.quote(name) + ", expected one of "
                + List.of(InstructionSet.values()));
    }
}
