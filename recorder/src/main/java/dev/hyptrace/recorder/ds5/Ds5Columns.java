package dev.hyptrace.recorder.ds5;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which column of a table holds what. */
final class Ds5Columns {
    private static final String RECORD_TYPE = "Record Type";
    private static final String ADDRESS = "Address";
    private static final String OPCODE = "0x + Opcode";
    private static final String DETAIL = "Detail";
    private static final String CONDITION_FAILURE = "Condition Failure";
    private static final String FAILED = "fail";
    private static final int MAX_COLUMNS = 64;

    private static final Pattern OLD_INSTRUCTION = Pattern.compile(
            "[A-Z0-9]{1,6}:(?:\\?|0x[0-9A-Fa-f]{8,16})\\t(?:\\?|[0-9A-Fa-f]{4}|[0-9A-Fa-f]{8}|)\\t.{0,4000}");
    private static final Pattern OLD_INFO = Pattern.compile("\\t\\t[A-Z].{0,400}");

    private final int type;
    private final int address;
    private final int opcode;
    private final int detail;
    private final int failure;

    private Ds5Columns(int type, int address, int opcode, int detail, int failure) {
        this.type = type;
        this.address = address;
        this.opcode = opcode;
        this.detail = detail;
        this.failure = failure;
    }

    /** The columns of a table without a header: address, opcode, detail. */
    static Ds5Columns withoutHeader() {
        return new Ds5Columns(-1, 0, 1, 2, -1);
    }

    /** The columns that a header names; empty when the line is none, or lacks one that is needed. */
    static Optional<Ds5Columns> ofHeader(String line) {
        List<String> names = cells(line);
        int type = names.indexOf(RECORD_TYPE);
        int address = names.indexOf(ADDRESS);
        int detail = names.indexOf(DETAIL);
        return type < 0 || address < 0 || detail < 0
                ? Optional.empty()
                : Optional.of(
                        new Ds5Columns(type, address, names.indexOf(OPCODE), detail, names.indexOf(CONDITION_FAILURE)));
    }

    /** Whether this is a line of a table without a header. */
    static boolean isOldForm(String line) {
        return OLD_INSTRUCTION.matcher(line).matches() || OLD_INFO.matcher(line).matches();
    }

    /** Whether a line of a table without a header can be of nothing else. */
    static boolean isOldFormForSure(String line) {
        return OLD_INSTRUCTION.matcher(line).matches() || line.equals("\t\tDebug stop");
    }

    /** The parts of a line of this table; empty when it has too few. */
    Optional<Ds5Row> row(String line) {
        List<String> cells = cells(line);
        if (cells.size() <= Math.max(Math.max(type, address), Math.max(opcode, detail))) {
            return Optional.empty();
        }
        String place = cells.get(address);
        String code = opcode < 0 ? "" : cells.get(opcode);
        Ds5Row.Kind kind = type < 0 ? oldKind(place, code) : kind(cells.get(type));
        boolean failed =
                failure >= 0 && failure < cells.size() && cells.get(failure).equals(FAILED);
        return Optional.of(new Ds5Row(
                kind,
                type < 0 ? name(kind) : cells.get(type),
                place,
                code.startsWith("0x") ? code.substring(2) : code,
                cells.get(detail),
                failed));
    }

    private static Ds5Row.Kind kind(String type) {
        return switch (type) {
            case "Instruction" -> Ds5Row.Kind.INSTRUCTION;
            case "Function" -> Ds5Row.Kind.FUNCTION;
            default -> Ds5Row.Kind.INFO;
        };
    }

    private static Ds5Row.Kind oldKind(String address, String opcode) {
        if (address.isEmpty()) {
            return Ds5Row.Kind.INFO;
        }
        return opcode.isEmpty() ? Ds5Row.Kind.FUNCTION : Ds5Row.Kind.INSTRUCTION;
    }

    private static String name(Ds5Row.Kind kind) {
        return switch (kind) {
            case INSTRUCTION -> "Instruction";
            case FUNCTION -> "Function";
            case INFO -> "Info";
        };
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        int from = 0;
        for (int tab = line.indexOf('\t'); tab >= 0 && cells.size() < MAX_COLUMNS; tab = line.indexOf('\t', from)) {
            cells.add(line.substring(from, tab));
            from = tab + 1;
        }
        cells.add(line.substring(from));
        return cells;
    }
}
