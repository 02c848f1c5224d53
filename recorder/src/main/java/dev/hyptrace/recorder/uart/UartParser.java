package dev.hyptrace.recorder.uart;

import dev.hyptrace.recorder.text.LineParser;
import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.traces.model.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the lines of a console apart. */
final class UartParser implements LineParser {
    static final String DUMPS = "register dumps";
    static final String MATCHES = "matches of patterns";

    /** A pattern that needs too many steps on so many lines is not tried on more: the import stays bounded in time. */
    private static final int MAX_OVERRUNS = 20;

    private static final Pattern OOPS = Pattern.compile("Internal error: .{1,200}");
    private static final Pattern PROCESSOR = Pattern.compile("CPU: (\\d{1,3}) (?:UID: \\d{1,9} )?PID: \\d.{0,300}");
    private static final String NO_REASON = "register dump";

    private final TextOutput out;
    private final List<LinePattern> patterns;
    private final int[] overruns;
    private final RegisterDump dump = new RegisterDump();
    private int cpu;
    private String reason = NO_REASON;

    UartParser(TextOutput out, List<LinePattern> patterns) {
        this.out = out;
        this.patterns = new ArrayList<>(patterns);
        this.overruns = new int[patterns.size()];
    }

    @Override
    public boolean isRecognised() {
        return out.isRecognised();
    }

    @Override
    public boolean isPlausible() {
        return false;
    }

    /** Registers have eight digits, and words are read whole or not at all; only a pattern can take a part for the whole. */
    @Override
    public boolean isWholeWithoutEnd(String text) {
        return patterns.isEmpty();
    }

    @Override
    public void line(String line, long number) {
        String text = ConsoleLine.textOf(line);
        match(line, number);
        if (!text.isBlank() && !dumped(text)) {
            note(line, text);
        }
    }

    @Override
    public void end() {
        finishDump();
    }

    private void note(String line, String text) {
        remember(text);
        Optional<BootLine> boot = BootLine.of(text);
        if (boot.isPresent()) {
            out.recognise();
            out.count(boot.get().meaning());
            out.add(new Event.Note(cpu, boot.get().meaning() + ": " + out.printable(text)));
        } else {
            out.note(0, line);
        }
    }

    /** What a dump after this line is of. */
    private void remember(String text) {
        Matcher processor = PROCESSOR.matcher(text);
        if (processor.matches()) {
            cpu = Integer.parseInt(processor.group(1));
        } else if (OOPS.matcher(text).matches()) {
            reason = out.printable(text);
        }
    }

    private boolean dumped(String text) {
        if (dump.isOpen() && dump.hasPc() && RegisterDump.begins(text)) {
            finishDump();
        }
        if (dump.line(text)) {
            out.recognise();
            return true;
        }
        boolean flags = dump.flags(text);
        if (flags || dump.passes()) {
            finishDump();
        }
        return flags;
    }

    private void finishDump() {
        if (!dump.isOpen()) {
            return;
        }
        Optional<Event> event = dump.take(cpu, reason);
        reason = NO_REASON;
        if (event.isPresent()) {
            out.add(event.get());
            out.count(DUMPS);
        }
    }

    private void match(String line, long number) {
        for (int i = 0; i < patterns.size(); i++) {
            if (overruns[i] < MAX_OVERRUNS) {
                match(i, line, number);
            }
        }
    }

    private void match(int index, String line, long number) {
        LinePattern pattern = patterns.get(index);
        LinePattern.Result result = pattern.match(line, cpu);
        if (result.tooLong()) {
            overruns[index]++;
            String more = overruns[index] == MAX_OVERRUNS ? ", and it is not tried on more lines" : "";
            out.problem(number, "the pattern '" + pattern + "' takes too many steps on this line" + more);
        }
        result.problem().ifPresent(problem -> out.problem(number, problem));
        if (result.event().isPresent()) {
            out.recognise();
            out.count(MATCHES);
            out.add(result.event().get());
        }
    }
}
