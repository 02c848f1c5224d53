package dev.hyptrace.cli.view;

import dev.hyptrace.cli.console.Printable;
import dev.hyptrace.traces.TraceLookup.Found;
import dev.hyptrace.traces.TraceLookup.Relation;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import java.io.IOException;
import java.io.Writer;

/** What was found of a register or a word of memory, in a sentence and the step. */
public final class FoundText {
    private final String wanted;
    private final boolean writer;
    private final long from;
    private final InstructionText disassembler = new InstructionText();

    /**
     * @param wanted what was sought, as the user named it
     * @param writer whether it is who wrote it, or who reads it
     * @param from the step that it was sought from
     */
    public FoundText(String wanted, boolean writer, long from) {
        this.wanted = Printable.line(wanted);
        this.writer = writer;
        this.from = from;
    }

    /** @param reason a clause */
    public String nothing(String reason) {
        return writer
                ? "no writer of " + wanted + " before step " + from + ": " + reason + "\n"
                : "no reader of " + wanted + " after step " + from + ": " + reason + "\n";
    }

    public void write(Found found, Writer out) throws IOException {
        if (found.relation() == Relation.SHOWS_CHANGE) {
            out.write(wanted + " has another value from " + name(found)
                    + " on; what wrote it was not recorded, or nothing" + " recorded " + wanted + " just before\n");
        } else {
            out.write(wanted + (writer ? " was written by " : " is read by ") + name(found) + "\n");
        }
        if (found.what() instanceof Event.Step step) {
            out.write(Hex.word(step.address()) + "  "
                    + step.instruction()
                            .map(instruction -> text(instruction, step.address()))
                            .orElse("(the instruction is not recorded)")
                    + step.before().mode().map(mode -> "  in " + mode.suffix()).orElse("") + "\n");
        }
    }

    private String text(Instruction instruction, int address) {
        return instruction + "  " + disassembler.of(instruction, address);
    }

    private static String name(Found found) {
        if (found.what() instanceof Event.Step) {
            return "step " + found.step();
        }
        if (found.what() instanceof Event.ExceptionEntry entry) {
            return "the exception before step " + found.step() + ": "
                    + entry.kind().manualName()
                    + entry.to().map(Mode::suffix).map(mode -> " to " + mode).orElse("");
        }
        return (found.what() instanceof Event.ExceptionReturn ? "the exception return" : "a snapshot") + " before step "
                + found.step();
    }
}
