package dev.hyptrace.traces.csv;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns of a table that is read which hold the registers of one state. */
final class StateColumns {
    private final Map<Integer, Register> registers = new LinkedHashMap<>();

    /** Takes a column, unless the name is that of no register. */
    boolean take(int column, String registerName) {
        Register.named(registerName).ifPresent(register -> registers.put(column, register));
        return registers.containsKey(column);
    }

    State read(CsvRows rows) throws TraceFormatException {
        State.Builder state = State.builder();
        for (Map.Entry<Integer, Register> entry : registers.entrySet()) {
            try {
                state.put(entry.getValue(), Cells.value(entry.getValue(), rows.cell(entry.getKey())));
            } catch (IllegalArgumentException e) {
                throw rows.error(entry.getKey(), e.getMessage());
            }
        }
        return state.build();
    }

    /** Whether the table has this register. */
    boolean has(Register register) {
        return registers.containsValue(register);
    }

    /**
     * Checks that what a row says is what became of it.
     *
     * @param kept the state that the events made of this row have
     */
    void check(CsvRows rows, State given, State kept) throws TraceFormatException {
        for (Map.Entry<Integer, Register> entry : registers.entrySet()) {
            Register register = entry.getValue();
            boolean same = Cells.of(register, given.get(register)).equals(Cells.of(register, kept.get(register)));
            if (given.has(register) && !same) {
                throw rows.error(entry.getKey(), contradiction(register, given, kept));
            }
        }
    }

    private static String contradiction(Register register, State given, State kept) {
        String found = Cells.quote(Cells.of(register, given.get(register)));
        return kept.has(register)
                ? found + " contradicts the rest of the row, by which it is " + Cells.of(register, kept.get(register))
                : found + " has no place: the row has neither the address of the HVC nor what it follows from";
    }
}
