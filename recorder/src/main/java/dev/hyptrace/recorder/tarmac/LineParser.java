package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.recorder.text.LineSource;
import dev.hyptrace.recorder.text.OwnLine;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.ExceptionKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Tells the lines of a trace apart and hands each to the {@link Processor} it is of. */
final class LineParser {
    private static final int MAX_PROCESSORS = 512;
    private static final int MAX_EARLY = 100;
    private static final int NOTE_LENGTH = 200;
    private static final int EXCERPT = 60;
    private static final byte[][] UNITS = {
        ascii("clk "),
        ascii("ps "),
        ascii("ns "),
        ascii("us "),
        ascii("ms "),
        ascii("cs "),
        ascii("cyc "),
        ascii("tic ")
    };
    private static final byte[] CPU = ascii("cpu");
    private static final byte[] HEADER = ascii("Tarmac Text Rev ");
    private static final byte[] CYCLE = ascii("ES ");
    private static final byte[] EXC = ascii("EXC ");
    private static final byte[] RESET = ascii("Reset");
    private static final byte[] LOAD = ascii("LD ");
    private static final byte[] STORE = ascii("ST ");
    private static final byte[] BRANCH = ascii("BR ");
    private static final String CORE_EVENT = "CoreEvent_";

    /** What came of a line. */
    private enum Found {
        /** It is read. */
        RECORD,
        /** It is none of the records that mean something here. */
        OTHER,
        /** It begins as a record and goes on as none. */
        BROKEN
    }

    private final Output out;
    private final Processor[] all = new Processor[MAX_PROCESSORS];
    private final Cursor cursor = new Cursor();
    private final InstructionLine instruction = new InstructionLine();
    private final MemoryLines memory = new MemoryLines();
    private final RegisterValue value = new RegisterValue();
    private final List<String> early = new ArrayList<>();
    private Processor current;
    private boolean recognised;
    private boolean timed;
    private String expected = "";
    private long number;

    LineParser(Output out) {
        this.out = out;
        select(0);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether anything so far can only come from a Tarmac trace. */
    boolean isRecognised() {
        return recognised;
    }

    /** Takes the line at which the source stands. */
    void line(LineSource source) throws TraceFormatException {
        number = source.line();
        int from = source.start();
        int to = source.end();
        if (source.isTooLong()) {
            out.problem(number, "a line of " + source.length() + " bytes, of which a note keeps the first");
            note(source.buffer(), from, to);
        } else if (!source.isTerminated() && !isWhole(source.buffer(), from, to)) {
            out.problem(number, "the trace is cut in the middle of this line, which is left out");
        } else {
            line(source.buffer(), from, to);
        }
    }

    /** The trace ends: what still waits becomes events. */
    void end() {
        for (Processor processor : all) {
            if (processor != null) {
                processor.end();
            }
        }
    }

    /** A last line without its end is whole when it ends as a 32-bit value does, or after its disassembly has begun. */
    private static boolean isWhole(byte[] line, int from, int to) {
        int digits = to;
        while (digits > from && Cursor.digit(line[digits - 1]) >= 0) {
            digits--;
        }
        if (to - digits == 8 && digits > from && line[digits - 1] == ' ') {
            return true;
        }
        for (int i = from + 1; i < to - 1; i++) {
            if (line[i] == ':' && line[i + 1] == ' ') {
                return true;
            }
        }
        return false;
    }

    private void line(byte[] line, int from, int to) throws TraceFormatException {
        cursor.set(line, from, to).skipSpaces();
        if (cursor.atEnd()) {
            return;
        }
        Found found;
        if (memory.continuesAt(cursor.at - from)) {
            found = memory.window(cursor, from) ? accesses() : Found.OTHER;
            if (found == Found.RECORD) {
                return;
            }
            cursor.set(line, from, to).skipSpaces();
        }
        memory.endWindow();
        found = record(from);
        if (found == Found.RECORD) {
            recognise();
            return;
        }
        if (found == Found.BROKEN && recognised) {
            out.problem(number, "found '" + LineSource.printable(line, from, to, EXCERPT) + "', expected " + expected);
        }
        note(line, from, to);
    }

    /** A line with a time is enough to know the format by; so are instructions and events, which set it themselves. */
    private void recognise() {
        if (!recognised && timed) {
            recognised = true;
            early.forEach(current::note);
            early.clear();
        }
    }

    private void note(byte[] line, int from, int to) {
        String text = LineSource.printable(line, from, to, NOTE_LENGTH);
        if (recognised) {
            current.note(text);
        } else if (early.size() < MAX_EARLY) {
            early.add(text);
        }
    }

    private Found record(int lineStart) throws TraceFormatException {
        timed = time();
        processor();
        return switch (cursor.peek()) {
            case 'I' -> executed();
            case 'R' -> registerOrRead();
            case 'W' -> counted(true);
            case 'M' -> model();
            case 'L' -> cursor.skip(LOAD) ? window(false, lineStart) : Found.OTHER;
            case 'S' -> cursor.skip(STORE) ? window(true, lineStart) : Found.OTHER;
            case 'E' -> event();
            case 'B' -> cursor.skip(BRANCH) ? Found.RECORD : Found.OTHER;
            case 'h' -> own();
            case 'T' -> cursor.skip(HEADER) ? certain(Found.RECORD) : Found.OTHER;
            default -> Found.OTHER;
        };
    }

    /** What {@link TarmacWriter} writes where Tarmac has no line. */
    private Found own() {
        String gap = OwnLine.gapIn(cursor.line, cursor.at, cursor.end, NOTE_LENGTH);
        String text = gap != null ? null : OwnLine.noteIn(cursor.line, cursor.at, cursor.end, NOTE_LENGTH);
        if (gap != null) {
            current.gap(gap);
        } else if (text != null) {
            current.note(text);
        }
        return gap != null || text != null ? certain(Found.RECORD) : Found.OTHER;
    }

    /** The time and its unit. */
    private boolean time() {
        int start = cursor.at;
        if (!cursor.skipDecimal()) {
            return false;
        }
        if (cursor.skip('.')) {
            cursor.skipDecimal();
        }
        boolean apart = cursor.peek() == ' ';
        cursor.skipSpaces();
        boolean unit = unit();
        cursor.skipSpaces();
        if (!apart && !unit) {
            cursor.at = start;
        }
        return apart || unit;
    }

    private boolean unit() {
        for (byte[] unit : UNITS) {
            if (cursor.skip(unit)) {
                return true;
            }
        }
        return false;
    }

    private void processor() {
        int start = cursor.at;
        if (!cursor.skip(CPU)) {
            return;
        }
        if (cursor.decimal() && cursor.count < 9 && cursor.value < MAX_PROCESSORS && cursor.peek() == ' ') {
            select((int) cursor.value);
            cursor.skipSpaces();
        } else {
            cursor.at = start;
        }
    }

    private void select(int cpu) {
        if (all[cpu] == null) {
            all[cpu] = new Processor(cpu, out);
        }
        current = all[cpu];
    }

    private Found executed() throws TraceFormatException {
        int letter = cursor.peek(1);
        if (letter != 'T' && letter != 'S' && letter != 'F' || cursor.peek(2) != ' ') {
            return Found.OTHER;
        }
        cursor.at += 3;
        return step(instruction.model(cursor, letter != 'S'));
    }

    private Found step(boolean read) throws TraceFormatException {
        expected = "an instruction line such as 'IT (12) 00008000 e3a00001 A svc_s : MOV' or 'ES (00008000:e3a00001) A"
                + " svc_s: MOV'";
        if (read && instruction.isAarch64()) {
            throw new TraceFormatException(
                    out.name(), "line " + number, "an instruction in AArch64 state (O), expected AArch32 (A or T)");
        }
        if (read && instruction.hasAddress()) {
            certain(Found.RECORD);
            current.step(instruction);
            return Found.RECORD;
        }
        if (recognised) {
            current.lost();
        }
        return Found.BROKEN;
    }

    private Found certain(Found found) {
        timed = true;
        recognise();
        return found;
    }

    private Found registerOrRead() {
        if (cursor.peek(1) == ' ') {
            cursor.at += 2;
            return register();
        }
        return counted(false);
    }

    private Found register() {
        cursor.skipSpaces();
        int from = cursor.at;
        while (!cursor.atEnd() && cursor.peek() != ' ' && cursor.peek() != '<') {
            cursor.at++;
        }
        RegisterName name = RegisterNames.find(cursor.line, from, cursor.at);
        if (name == null) {
            return Found.OTHER;
        }
        expected = "a register line such as 'R r13_svc 00100000'";
        cursor.skipSpaces();
        skipBank();
        int half = half();
        cursor.skipSpaces();
        if (half < -1 || !value.read(cursor, digits(name, half))) {
            return Found.BROKEN;
        }
        return current.write(name, value, half) ? Found.RECORD : Found.OTHER;
    }

    private void skipBank() {
        if (cursor.peek() == '(') {
            while (!cursor.atEnd() && !cursor.skip(')')) {
                cursor.at++;
            }
            cursor.skipSpaces();
        }
    }

    /** Which half of a quadword {@code <127:64>} and {@code <63:0>} name; -1 for none, -2 for other bits. */
    private int half() {
        if (!cursor.skip('<')) {
            return -1;
        }
        boolean high = cursor.decimal() && cursor.value == 127 && cursor.skip(':') && cursor.decimal();
        if (high) {
            return cursor.value == 64 && cursor.skip('>') ? 1 : -2;
        }
        boolean low = cursor.value == 63 && cursor.skip(':') && cursor.decimal() && cursor.value == 0;
        return low && cursor.skip('>') ? 0 : -2;
    }

    private static int digits(RegisterName name, int half) {
        return switch (name.kind()) {
            case QUAD -> half < 0 ? 32 : 16;
            case FIXED, BANKED -> name.register().width() / 4;
            default -> 8;
        };
    }

    private Found counted(boolean write) {
        if (cursor.peek(1) < '0' || cursor.peek(1) > '9' || cursor.peek(3) != ' ') {
            return Found.OTHER;
        }
        cursor.at++;
        expected = "a memory line such as 'R04 0000ab34 00000000'";
        return memory.counted(cursor, write) ? accesses() : Found.BROKEN;
    }

    private Found model() {
        int second = cursor.peek(1);
        int digit = cursor.peek(second == 'N' ? 3 : 2);
        if (second != 'R' && second != 'W' && second != 'N' || digit < '0' || digit > '9') {
            return Found.OTHER;
        }
        cursor.at++;
        expected = "a memory line such as 'MR4 0000ab34 00000000'";
        return memory.model(cursor) ? accesses() : Found.BROKEN;
    }

    private Found window(boolean write, int lineStart) {
        expected = "a memory line such as 'LD 000ffb80 ........ ........ ........ 0000000a'";
        return memory.direction(write).window(cursor, lineStart) ? accesses() : Found.BROKEN;
    }

    private Found accesses() {
        return current.access(memory.accesses()) ? Found.RECORD : Found.OTHER;
    }

    private Found event() throws TraceFormatException {
        if (cursor.skip(CYCLE)) {
            cursor.skipSpaces();
            if (cursor.peek() == '(') {
                return step(instruction.cycle(cursor));
            }
        }
        if (cursor.skip(EXC) || cursor.peek() == 'R' && cursor.skip(RESET)) {
            return exc();
        }
        return cursor.peek() == 'E' && cursor.peek(1) == ' ' ? coreEvent() : Found.OTHER;
    }

    /** {@code EXC [0x08] Supervisor Call}: the name tells more than the vector. */
    private Found exc() {
        String name = LineSource.printable(cursor.line, cursor.at, cursor.end, NOTE_LENGTH);
        certain(Found.RECORD);
        ExceptionKind kind = EventNames.named(name.isEmpty() ? "reset" : name);
        current.exception(kind);
        return kind == ExceptionKind.UNKNOWN ? Found.OTHER : Found.RECORD;
    }

    private Found coreEvent() {
        String text = LineSource.printable(cursor.line, cursor.at + 2, cursor.end, NOTE_LENGTH);
        int at = text.indexOf(CORE_EVENT);
        if (at < 0) {
            return Found.OTHER;
        }
        certain(Found.RECORD);
        String words = text.substring(0, at).strip();
        String last = words.substring(words.lastIndexOf(' ') + 1);
        String name = text.substring(at + CORE_EVENT.length());
        ExceptionKind kind = EventNames.coreEvent(number(last), name);
        if (kind != null) {
            current.exception(kind);
        }
        return kind == ExceptionKind.UNKNOWN ? Found.OTHER : Found.RECORD;
    }

    /** The low bits of the number before a name: other data may stand before them without a space. */
    private static long number(String digits) {
        long result = 0;
        for (int i = 0; i < digits.length(); i++) {
            result = result << 4 | Math.max(0, Cursor.digit(digits.charAt(i)));
        }
        return result;
    }
}
