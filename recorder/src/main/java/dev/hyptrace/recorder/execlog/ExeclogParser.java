package dev.hyptrace.recorder.execlog;

import dev.hyptrace.recorder.text.LineParser;
import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.traces.TraceFormatException;
import java.util.TreeMap;

/** Tells the lines of a log apart and gives each to its processor. */
final class ExeclogParser implements LineParser {
    private static final int MAX_PROCESSORS = 512;

    private final TextOutput out;
    private final RegisterMeanings meanings = new RegisterMeanings();
    private final TreeMap<Integer, ExeclogProcessor> processors = new TreeMap<>();

    ExeclogParser(TextOutput out) {
        this.out = out;
    }

    @Override
    public void line(String text, long number) throws TraceFormatException {
        if (!ExeclogLine.begins(text)) {
            note(text);
            return;
        }
        ExeclogLine line = ExeclogLine.of(text);
        if (line == null || line.cpu() >= MAX_PROCESSORS) {
            damaged(text, number);
            return;
        }
        if (line.isWide()) {
            throw new TraceFormatException(
                    out.name(),
                    "line " + number,
                    "an address of more than 32 bits (" + out.printable(text)
                            + "), expected the log of a 32-bit Arm processor");
        }
        out.recognise();
        processor(line.cpu()).line(line);
    }

    private void note(String text) {
        if (!text.isBlank()) {
            out.note(0, text);
        }
    }

    /** What cannot be read hides an instruction: of whichever processor. */
    private void damaged(String text, long number) {
        if (!out.isRecognised()) {
            out.note(0, text);
            return;
        }
        out.problem(
                number,
                "found '" + out.printable(text)
                        + "', expected a line such as '0, 0x40000004, 0xe3a00000, \"mov r0, #0\", r0 -> 0x00000000'");
        processors.values().forEach(ExeclogProcessor::lost);
    }

    private ExeclogProcessor processor(int cpu) {
        return processors.computeIfAbsent(cpu, n -> new ExeclogProcessor(n, out, meanings));
    }

    @Override
    public boolean isWholeWithoutEnd(String text) {
        return false;
    }

    @Override
    public boolean isRecognised() {
        return out.isRecognised();
    }

    @Override
    public boolean isPlausible() {
        return false;
    }

    @Override
    public void end() {
        processors.values().forEach(ExeclogProcessor::end);
    }
}
