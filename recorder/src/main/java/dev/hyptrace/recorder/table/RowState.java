package dev.hyptrace.recorder.table;

import dev.hyptrace.recorder.table.TableRow.Write;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Reads the register cells of a row, each of the mode that holds there. */
final class RowState {
    private final Cells cells;
    private final IntConsumer place;

    /** Takes a register's value. */
    interface Target {
        void write(Register register, long bits);
    }

    /** @param place told the column of each cell before it is read, for messages */
    RowState(Cells cells, IntConsumer place) {
        this.cells = cells;
        this.place = place;
    }

    /** The mode in the cell of CPSR; the other when there is none. */
    Optional<Mode> mode(List<Write> writes, Optional<Mode> otherwise) {
        Write status = TableRow.status(writes);
        if (status == null) {
            return otherwise;
        }
        place.accept(status.column());
        Optional<Mode> mode = Mode.ofStatus(cells.register(Register.CPSR, status.cell()));
        place.accept(-1);
        return mode;
    }

    /** Writes the cells; one of a banked register without a mode says nothing. */
    void apply(List<Write> writes, Optional<Mode> mode, Target target) {
        for (Write write : writes) {
            place.accept(write.column());
            Optional<Register> register = write.target().in(mode.orElse(null));
            register.ifPresent(known -> target.write(known, cells.register(known, write.cell())));
        }
        place.accept(-1);
    }

    /** The cells as a state of their own. */
    State state(List<Write> writes, Optional<Mode> mode) {
        State.Builder builder = State.builder();
        apply(writes, mode, builder::known);
        return builder.build();
    }
}
