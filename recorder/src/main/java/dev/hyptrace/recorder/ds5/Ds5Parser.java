package dev.hyptrace.recorder.ds5;

import dev.hyptrace.recorder.coresight.ExceptionNumber;
import dev.hyptrace.recorder.coresight.Pending;
import dev.hyptrace.recorder.coresight.TraceContext;
import dev.hyptrace.recorder.text.LineParser;
import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes events of the lines of a table. */
final class Ds5Parser implements LineParser, SetRun.Taker {
    static final String STEPS = "steps";
    static final String FAILED = "instructions that failed their condition";
    static final String NO_SET = "encodings of which the instruction set is not known";

    private static final int CPU = 0;
    private static final Pattern EXCEPTION = Pattern.compile("Exception: .{0,100}\\((\\d{1,3})\\)");
    private static final Pattern BREAK = Pattern.compile("Tracing [Ee]nabled|Tracing disabled|Exit from debug state");
    private static final Pattern RESUMED = Pattern.compile("Tracing [Ee]nabled");
    private static final Pattern OPCODE = Pattern.compile("[0-9A-Fa-f]{4}|[0-9A-Fa-f]{8}");
    private static final String RETURN = "Return from exception";
    private static final String NOTHING = "<Unknown>";
    private static final State PC_ONLY = State.builder().known(Register.PC, 0).build();
    private static final int EXCEPTIONS = ExceptionNumber.values().length;

    private final TextOutput out;
    private final SetRun run = new SetRun(this);
    private final long[] pc = new long[1];
    private Ds5Columns columns = Ds5Columns.withoutHeader();
    private boolean header;
    private TraceContext context = TraceContext.UNKNOWN;
    private String lastNote = "";
    private Pending pending;
    private Optional<Instruction> last = Optional.empty();
    private boolean interrupted;
    private long number;

    Ds5Parser(TextOutput out) {
        this.out = out;
    }

    @Override
    public boolean isRecognised() {
        return out.isRecognised();
    }

    @Override
    public boolean isPlausible() {
        return false;
    }

    /** The last column may be empty, and a cut one look like that. */
    @Override
    public boolean isWholeWithoutEnd(String text) {
        return false;
    }

    @Override
    public void line(String text, long lineNumber) throws TraceFormatException {
        number = lineNumber;
        Optional<Ds5Columns> named = Ds5Columns.ofHeader(text);
        if (named.isPresent()) {
            columns = named.get();
            header = true;
            out.recognise();
            return;
        }
        if (!header && Ds5Columns.isOldFormForSure(text)) {
            out.recognise();
        }
        if (!out.isRecognised() || !header && !Ds5Columns.isOldForm(text)) {
            other(text);
            return;
        }
        Optional<Ds5Row> row = columns.row(text);
        if (row.isEmpty()) {
            other(text);
            return;
        }
        out.count(row.get().type());
        row(row.get());
    }

    private void other(String text) {
        if (!text.isBlank()) {
            out.note(CPU, text);
        }
    }

    private void row(Ds5Row row) throws TraceFormatException {
        switch (row.kind()) {
            case INSTRUCTION -> instruction(row);
            case FUNCTION -> {
                if (!row.detail().equals(NOTHING)) {
                    note("function " + row.detail() + " at " + row.address());
                }
            }
            case INFO -> info(row);
        }
    }

    private void instruction(Ds5Row row) throws TraceFormatException {
        Optional<Ds5Place> place = Ds5Place.of(row.address());
        boolean readable = OPCODE.matcher(row.opcode()).matches();
        if (place.isEmpty()
                || !readable && !row.opcode().equals("?") && !row.opcode().isEmpty()) {
            out.problem(
                    number,
                    "the address '" + out.printable(row.address()) + "' and the opcode '" + out.printable(row.opcode())
                            + "', expected such as 'S:0x80000554' and 'EB000591'");
            gap("a line that cannot be read");
            return;
        }
        if (place.get().address().isEmpty() || !readable) {
            gap(row.address() + ": " + out.printable(row.detail()));
            return;
        }
        int address = address(place.get().address().getAsLong());
        TraceContext here = place.get().context();
        settle(OptionalInt.of(address), here);
        noteContext(here);
        int size = row.opcode().length() / 2;
        int bits = Integer.parseUnsignedInt(row.opcode(), 16);
        run.add(new SetRun.Code(address, bits, size, row.failed(), mnemonic(row.detail())));
        interrupted = false;
    }

    private static String mnemonic(String detail) {
        int end = detail.indexOf(' ');
        return detail.substring(0, end < 0 ? detail.length() : end).toUpperCase(Locale.ROOT);
    }

    private int address(long address) throws TraceFormatException {
        if (address >>> 32 != 0) {
            throw new TraceFormatException(
                    out.name(),
                    "line " + number,
                    String.format("the address 0x%016x, expected 32 bits, of a processor in AArch32 state", address));
        }
        return (int) address;
    }

    @Override
    public void broken(SetRun.Code previous, int next) {
        out.add(new Event.Gap(CPU, Hex.word(next) + " does not follow from " + Hex.word(previous.address())));
    }

    @Override
    public void instruction(SetRun.Code code, Optional<Instruction> instruction) {
        out.count(STEPS);
        if (code.failed()) {
            out.count(FAILED);
        }
        if (instruction.isEmpty()) {
            out.count(NO_SET);
        }
        pc[0] = Integer.toUnsignedLong(code.address());
        out.add(new Event.Step(CPU, code.address(), instruction, PC_ONLY.withValues(pc), List.of()));
        last = instruction;
    }

    private void info(Ds5Row row) {
        Matcher exception = EXCEPTION.matcher(row.detail());
        if (exception.matches()) {
            exception(Integer.parseInt(exception.group(1)), row.detail());
        } else if (row.detail().equals(RETURN)) {
            run.end();
            settle(OptionalInt.empty(), context);
            pending = new Pending.Return(context.mode(), false);
            last = Optional.empty();
        } else if (BREAK.matcher(row.detail()).matches()) {
            boolean told = interrupted && RESUMED.matcher(row.detail()).matches();
            if (!told) {
                gap(row.detail());
            }
            interrupted = true;
        } else {
            note(row.detail());
        }
    }

    private void exception(int exception, String text) {
        run.end();
        settle(OptionalInt.empty(), context);
        if (exception <= 0 || exception >= EXCEPTIONS) {
            out.problem(number, "'" + out.printable(text) + "', expected an exception from 1 to " + (EXCEPTIONS - 1));
            gap("an exception that is not known");
            return;
        }
        ExceptionNumber what = ExceptionNumber.values()[exception];
        ExceptionKind kind = what.kind(last);
        if (kind == ExceptionKind.UNKNOWN) {
            note(text);
        }
        pending = new Pending.Entry(what, kind, context.mode(), OptionalInt.empty());
        last = Optional.empty();
    }

    private void gap(String reason) {
        run.end();
        settle(OptionalInt.empty(), context);
        out.add(new Event.Gap(CPU, reason));
        last = Optional.empty();
        interrupted = false;
    }

    /** The exception or return that waits for where it leads. */
    private void settle(OptionalInt address, TraceContext now) {
        if (pending != null) {
            Pending told = pending;
            pending = null;
            out.add(told.event(CPU, address, now));
            told.notes().forEach(out::add);
        }
    }

    private void noteContext(TraceContext here) {
        context = here;
        String text = here.toString();
        if (!text.equals(lastNote)) {
            lastNote = text;
            note(text);
        }
    }

    private void note(String text) {
        Event.Note note = out.noteFor(CPU, text);
        if (note != null && pending != null) {
            pending.notes().add(note);
        } else if (note != null) {
            run.then(() -> out.add(note));
        }
    }

    @Override
    public void end() {
        run.end();
        settle(OptionalInt.empty(), context);
    }
}
