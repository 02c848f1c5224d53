package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.recorder.text.LineSource;
import dev.hyptrace.recorder.text.OwnLine;
import dev.hyptrace.traces.TraceFormatException;

/**
 * Tells the lines of a log apart by their beginnings and hands each to what it is about: {@link TranslatedCode} for the lines
 * of an IN block, {@link RegisterBlock} for registers, {@link ExceptionLines} for what {@code -d int} prints, and for a Trace
 * line the {@link Processors}. What is none of these is a note.
 */
final class LogParser {
    private static final byte[] IN = Fields.ascii("IN:");
    private static final byte[] RULE = Fields.ascii("----------------");
    private static final byte[] PSR = Fields.ascii("PSR=");
    private static final byte[] FPSCR = Fields.ascii("FPSCR: ");
    private static final byte[] STOPPED = Fields.ascii("Stopped execution of TB chain before ");
    private static final byte[] BRACKET = Fields.ascii(" [");
    private static final byte[] REWOUND = Fields.ascii("cpu_io_recompile: rewound execution of TB to ");
    private static final byte[] LINKING = Fields.ascii("Linking TBs ");
    private static final byte[] RESET = Fields.ascii("CPU Reset (CPU ");
    private static final byte[] PC_AARCH64 = Fields.ascii(" PC=");
    private static final byte[] X00 = Fields.ascii(" X00=");

    private final Output out;
    private final TranslatedCode translated = new TranslatedCode();
    private final Processors processors;
    private final ExceptionLines exceptions;
    private final EarlyLines early = new EarlyLines();
    private final Fields fields = new Fields();
    private final TraceLine traceLine = new TraceLine();
    private RegisterBlock block = new RegisterBlock();
    private boolean inBlock;
    private boolean inReset;

    private byte[] line;
    private int from;
    private int to;
    private long number;

    LogParser(Output out) {
        this.out = out;
        this.processors = new Processors(out, translated);
        this.exceptions = new ExceptionLines(processors);
    }

    /** Whether anything so far can only come from a QEMU log. */
    boolean isRecognised() {
        return early.isOver();
    }

    /** Takes the line at which the source stands. */
    void line(LineSource source) throws TraceFormatException {
        line = source.buffer();
        from = source.start();
        to = source.end();
        number = source.line();
        if (!source.isTerminated() && !isWholeWithoutEnd()) {
            out.problem(number, "the log is cut in the middle of this line, which is left out");
        } else if (source.isTooLong()) {
            finishBlock();
            out.problem(number, "a line of " + source.length() + " bytes, of which a note keeps the first");
            note();
        } else {
            dispatch();
        }
    }

    /** The log ends: what still waits becomes events. */
    void end() {
        finishBlock();
        processors.end();
        if (translated.forgotten() > 0) {
            out.problem(number, "too many translated blocks: " + translated.forgotten() + " of them were forgotten");
        }
    }

    private void dispatch() throws TraceFormatException {
        if (from == to) {
            translated.end();
            finishBlock();
            return;
        }
        if (translated.isOpen() && translated.line(fields, line, from, to)) {
            return;
        }
        boolean taken =
                switch (line[from]) {
                    case 'R', 'P', 's', 'F' -> register();
                    default -> {
                        finishBlock();
                        yield other();
                    }
                };
        if (!taken) {
            finishBlock();
            note();
        }
    }

    private boolean other() throws TraceFormatException {
        return switch (line[from]) {
            case 'T' -> traceOrException();
            case '-' -> isAt(RULE);
            case 'I' -> inBlock();
            case '.', 'E', 'A' -> exceptionDetail();
            case 'S' -> stopped();
            case 'c' -> rewound();
            case 'C' -> reset();
            case 'L' -> isAt(LINKING);
            case ' ' -> aarch64();
            case 'h' -> own();
            default -> false;
        };
    }

    /** The last line may lack its end and be whole: registers have fixed places, and a mode ends the PSR line. */
    private boolean isWholeWithoutEnd() {
        if (to - from < 4) {
            return false;
        }
        boolean mode = line[to - 1] == '2' && line[to - 2] == '3' || line[to - 1] == '6' && line[to - 2] == '2';
        return line[from] == 'R' && to - from == RegisterBlock.CORE_LINE || isAt(PSR) && mode;
    }

    private boolean register() {
        boolean startsOver = RegisterBlock.isFirstLine(line, from, to) && !block.isEmpty();
        if (startsOver) {
            finishBlock();
        }
        boolean taken =
                switch (line[from]) {
                    case 'R' -> block.core(line, from, to);
                    case 'P' -> isAt(PSR) && block.psr(fields.at(line, from, to));
                    case 's' -> block.doubleRegister(line, from, to);
                    default -> isAt(FPSCR) && block.fpscr(fields.at(line, from, to));
                };
        if (taken && !inBlock) {
            inBlock = true;
            recognise();
        }
        return taken;
    }

    /** The lines of registers are over: they are those of the Trace line before, or of a reset. */
    private void finishBlock() {
        if (!inBlock) {
            return;
        }
        inBlock = false;
        if (inReset) {
            inReset = false;
            processors.current().snapshot(Processor.RESET, block);
        } else {
            block = processors.registers(block, number);
        }
        block.clear();
    }

    private boolean traceOrException() {
        if (!TraceLine.begins(line, from, to)) {
            boolean taken = exceptions.taking(fields.at(line, from, to));
            if (taken) {
                recognise();
            }
            return taken;
        }
        if (!traceLine.read(fields.at(line, from, to)) || !processors.trace(traceLine)) {
            return false;
        }
        recognise();
        return true;
    }

    private boolean inBlock() {
        if (!isAt(IN)) {
            return false;
        }
        recognise();
        translated.begin();
        return true;
    }

    private boolean exceptionDetail() {
        boolean taken = exceptions.detail(line, from, to, fields);
        if (taken) {
            recognise();
        }
        return taken;
    }

    private boolean stopped() {
        fields.at(line, from, to);
        return fields.skip(STOPPED)
                && fields.hex()
                && fields.skip(BRACKET)
                && fields.word()
                && processors.takeBack((int) fields.value(), false);
    }

    private boolean rewound() {
        fields.at(line, from, to);
        return fields.skip(REWOUND) && fields.word() && processors.takeBack((int) fields.value(), true);
    }

    private boolean reset() {
        fields.at(line, from, to);
        if (!fields.skip(RESET) || !fields.decimal() || !processors.select((int) fields.value())) {
            return false;
        }
        recognise();
        inReset = true;
        return true;
    }

    /** What {@link QemuLogWriter} writes where QEMU has no line. */
    private boolean own() {
        String gap = OwnLine.gapIn(line, from, to, Output.MAX_NOTE_LENGTH);
        String note = gap != null ? null : OwnLine.noteIn(line, from, to, Output.MAX_NOTE_LENGTH);
        if (gap != null || note != null) {
            recognise();
        }
        if (gap != null) {
            processors.current().gap(gap);
        } else if (note != null) {
            note(note);
        }
        int cpu = OwnLine.cpuIn(line, from, to);
        return gap != null || note != null || cpu >= 0 && processors.select(cpu);
    }

    private boolean aarch64() throws TraceFormatException {
        fields.at(line, from, to);
        if (fields.skip(PC_AARCH64) && fields.digits(16) && fields.skip(X00)) {
            throw new TraceFormatException(
                    out.name(), "line " + number, "registers of a processor in AArch64 state, expected AArch32");
        }
        return false;
    }

    /** The first line that only QEMU writes: the lines before it are notes, too. */
    private void recognise() {
        if (!early.isOver()) {
            early.release(processors.current());
        }
    }

    private void note() {
        note(LineSource.printable(line, from, to, Output.MAX_NOTE_LENGTH));
    }

    private void note(String text) {
        if (early.isOver()) {
            processors.current().note(text);
        } else {
            early.add(text);
        }
    }

    private boolean isAt(byte[] text) {
        return to - from >= text.length && Fields.matches(line, from, text);
    }

    /** The text of the first line that is not empty, for the message that this is no QEMU log; null when there is none. */
    String firstLine() {
        return early.first();
    }
}
