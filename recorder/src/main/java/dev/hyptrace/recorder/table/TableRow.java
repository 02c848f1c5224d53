package dev.hyptrace.recorder.table;

import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the cells of one row say. */
final class TableRow {
    /** A register and its cell, which is read when the mode is known. */
    record Write(RegisterTarget target, String cell, int column) {}

    int cpu;
    Optional<Cells.Address> address = Optional.empty();
    Optional<Cells.Encoding> encoding = Optional.empty();
    Optional<InstructionSet> set = Optional.empty();
    Optional<Mode> mode = Optional.empty();
    OptionalInt immediate = OptionalInt.empty();
    String kind = "";
    String gap = "";
    String time = "";
    String note = "";
    final List<Write> call = new ArrayList<>();
    final List<Write> vector = new ArrayList<>();
    final List<Write> after = new ArrayList<>();

    List<Write> writes(Role.Moment moment) {
        return switch (moment) {
            case CALL -> call;
            case VECTOR -> vector;
            case AFTER -> after;
        };
    }

    /** The cell of CPSR among these; null when there is none. */
    static Write status(List<Write> writes) {
        for (Write write : writes) {
            if (write.target().fixed().equals(Optional.of(Register.CPSR))) {
                return write;
            }
        }
        return null;
    }

    /** The time and the note in one text; empty when there is neither. */
    String remark() {
        String moment = time.isEmpty() ? "" : "time " + time;
        return moment.isEmpty() || note.isEmpty() ? moment + note : moment + ": " + note;
    }
}
