package dev.hyptrace.diff.compare;

import dev.hyptrace.diff.compare.Field.BitRange;
import dev.hyptrace.diff.table.TextTable;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of all registers: {@code fields.txt} for those that are split, the whole register for all others. */
public final class FieldTable {
    private static final List<Field> ALL = new ArrayList<>();
    private static final Map<Register, List<Field>> BY_REGISTER = new EnumMap<>(Register.class);

    static {
        List<List<String>> rows = TextTable.rows(FieldTable.class, "fields.txt", 3);
        for (Register register : Register.all()) {
            List<Field> fields = split(register, rows);
            BY_REGISTER.put(register, fields);
            ALL.addAll(fields);
        }
    }

    private FieldTable() {}

    /** The fields of a register, which together are all its bits and do not overlap. */
    public static List<Field> of(Register register) {
        return BY_REGISTER.get(register);
    }

    /** One field by its short name, as in {@code part(CPSR, "M")}; empty when the register has no such field. */
    public static Optional<Field> part(Register register, String part) {
        String name = register.manualName() + "." + part;
        return of(register).stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** All fields; {@link Field#index} is the place here. */
    public static List<Field> all() {
        return List.copyOf(ALL);
    }

    /** How many fields there are. */
    public static int size() {
        return ALL.size();
    }

    private static List<Field> split(Register register, List<List<String>> rows) {
        List<Field> fields = new ArrayList<>();
        for (List<String> row : rows) {
            if (row.get(0).equals(group(register))) {
                String name = register.manualName() + "." + row.get(1);
                fields.add(new Field(ALL.size() + fields.size(), register, name, ranges(row.get(2))));
            }
        }
        if (fields.isEmpty()) {
            BitRange all = new BitRange(register.width() - 1, 0);
            fields.add(new Field(ALL.size(), register, register.manualName(), List.of(all)));
        }
        return List.copyOf(fields);
    }

    private static String group(Register register) {
        boolean psr = register == Register.CPSR || register.name().startsWith("SPSR_");
        return psr ? "psr" : register.manualName();
    }

    private static List<BitRange> ranges(String text) {
        List<BitRange> ranges = new ArrayList<>();
        for (String range : text.split(",", -1)) {
            int colon = range.indexOf(':');
            int high = Integer.parseInt(colon < 0 ? range : range.substring(0, colon));
            ranges.add(new BitRange(high, colon < 0 ? high : Integer.parseInt(range.substring(colon + 1))));
        }
        return ranges;
    }
}
