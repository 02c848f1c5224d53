package dev.hyptrace.cli.view;

import dev.hyptrace.traces.TraceLookup.Moment;
import dev.hyptrace.traces.TraceLookup.Remembered;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.Value;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;

/** The registers that a step did not record but that were recorded before it. */
public final class RememberedText {
    private final Moment moment;

    public RememberedText(Moment moment) {
        this.moment = moment;
    }

    public void write(Writer out) throws IOException {
        Columns columns = new Columns();
        boolean any = false;
        for (Map.Entry<Register, Remembered> entry : new TreeMap<>(moment.registers()).entrySet()) {
            Register register = entry.getKey();
            Remembered remembered = entry.getValue();
            if (remembered.event() != moment.event()) {
                any = true;
                columns.row(
                        register.manualName(),
                        (remembered.value() instanceof Value.Derived ? "~" : "") + register.format(remembered.bits()),
                        "recorded " + (moment.event() - remembered.event()) + " events before"
                                + (moment.isBeforeGap(register) ? ", and a gap since" : ""));
            }
        }
        out.write(any ? "\nrecorded before, and not here:\n" : "\nno other register was recorded before\n");
        columns.write(0, out);
    }
}
