package dev.hyptrace.recorder.coresight;

import dev.hyptrace.recorder.text.LineParser;
import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.traces.TraceFormatException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the lines of a listing apart. */
final class CoreSightParser implements LineParser {
    private static final Pattern RECORD = Pattern.compile("Idx:(\\d{1,18}); ID:([0-9a-f]{1,2}); (.{1,16000})");
    private static final Pattern ELEMENT = Pattern.compile("(OCSD|RCTDL)_GEN_TRC_ELEM_([A-Z_]{1,40})\\((.*)\\)");
    private static final Pattern PACKET = Pattern.compile("\\[[0-9a-fx ]*\\];\\t(\\w{1,40})( : .*)");
    private static final Pattern EXCEPTION = Pattern.compile(
            "(?:pref ret addr:0x([0-9a-f]{1,16})(?: \\[[^\\]]{1,80}\\])?; )?excep num \\(0x([0-9a-f]{1,4})\\) .{0,80}");
    private static final Pattern WITHOUT_COUNT = Pattern.compile(" \\[CC=\\d{1,20}\\]; $");
    private static final Pattern ANNOUNCED =
            Pattern.compile("Trace Packet Lister : Protocol printer (\\w{1,16}) on Trace ID 0x([0-9a-f]{1,2})");
    private static final String TITLE = "Trace Packet Lister: CS Decode library testing";
    private static final String END = "END OF TRACE DATA";
    private static final Set<String> MISSING =
            Set.of("NO_SYNC", "TRACE_ON", "ADDR_NACC", "ADDR_UNKNOWN", "I_RANGE_NOPATH");
    private static final Set<String> COUNTED = Set.of("CYCLE_COUNT", "EO_TRACE");
    private static final int EXCEPTIONS = ExceptionNumber.values().length;

    private final TextOutput out;
    private final TraceSources sources;
    private boolean elements;
    private boolean packets;
    private long number;

    CoreSightParser(TextOutput out, CodeImages code) {
        this.out = out;
        this.sources = new TraceSources(out, code);
    }

    @Override
    public boolean isRecognised() {
        return out.isRecognised();
    }

    @Override
    public boolean isPlausible() {
        return packets;
    }

    /** An element ends with a parenthesis, in which the brackets of its fields are closed. */
    @Override
    public boolean isWholeWithoutEnd(String text) {
        return text.endsWith(")");
    }

    @Override
    public void line(String text, long lineNumber) throws TraceFormatException {
        number = lineNumber;
        Matcher line = RECORD.matcher(text);
        if (!text.startsWith("Idx:") || !line.matches()) {
            other(text);
            return;
        }
        long index = Long.parseLong(line.group(1));
        int id = Integer.parseInt(line.group(2), 16);
        String rest = line.group(3);
        Matcher element = ELEMENT.matcher(rest);
        if (element.matches()) {
            out.recognise();
            elements = true;
            element(sources.get(id), index, element);
        } else if (rest.startsWith("[")) {
            packet(index, id, rest, text);
        } else {
            out.note(0, text);
        }
    }

    private void packet(long index, int id, String rest, String text) {
        Matcher packet = PACKET.matcher(rest);
        if (packet.matches()) {
            packets = true;
            out.count("packet " + packet.group(1));
            sources.packets(id).add(index, packet.group(1) + packet.group(2));
        } else {
            out.note(0, text);
        }
    }

    private void other(String text) {
        Matcher announced = ANNOUNCED.matcher(text);
        if (announced.matches()) {
            out.recognise();
            sources.announce(Integer.parseInt(announced.group(2), 16));
        }
        if (text.equals(TITLE)) {
            out.recognise();
        }
        if (!text.isBlank() && !text.endsWith(END)) {
            out.note(0, text);
        }
    }

    private void element(TraceSource source, long index, Matcher element) throws TraceFormatException {
        String name = element.group(2);
        String fields = WITHOUT_COUNT.matcher(element.group(3)).replaceFirst("");
        if (element.group(1).equals("RCTDL")) {
            throw refused("an element of a decoder from before OpenCSD, which leaves out the instruction set");
        }
        if (fields.contains("ISA=A64") || fields.contains("64-bit; ")) {
            throw refused("an element of a processor in AArch64 state");
        }
        out.count(name);
        if (MISSING.contains(name)) {
            source.missing(index, name + " " + out.printable(fields.strip()));
            return;
        }
        switch (name) {
            case "INSTR_RANGE" -> range(source, index, fields);
            case "EXCEPTION" -> exception(source, index, fields);
            case "EXCEPTION_RET" -> source.exceptionReturn(index);
            case "PE_CONTEXT" -> source.context(index, fields);
            default -> keep(source, name, element.group(3));
        }
    }

    private void keep(TraceSource source, String name, String fields) {
        if (!COUNTED.contains(name)) {
            source.note(out.printable(name + " " + fields.strip()));
        }
    }

    private void range(TraceSource source, long index, String fields) {
        Optional<InstructionRange> range = InstructionRange.of(fields);
        if (range.isPresent()) {
            source.range(index, range.get(), number);
        } else {
            damaged(
                    source,
                    index,
                    "INSTR_RANGE",
                    fields,
                    "exec range=0x40000114:[0x40000118] num_i(1) last_sz(4) (ISA=A32) E BR");
        }
    }

    private void exception(TraceSource source, long index, String fields) {
        Matcher matcher = EXCEPTION.matcher(fields);
        int exception = matcher.matches() ? Integer.parseInt(matcher.group(2), 16) : EXCEPTIONS;
        OptionalInt address = OptionalInt.empty();
        if (exception < EXCEPTIONS && matcher.group(1) != null) {
            long value = Long.parseUnsignedLong(matcher.group(1), 16);
            exception = value >>> 32 == 0 ? exception : EXCEPTIONS;
            address = OptionalInt.of((int) value);
        }
        if (exception < EXCEPTIONS) {
            source.exception(index, exception, address);
        } else {
            damaged(source, index, "EXCEPTION", fields, "pref ret addr:0x4000006c; excep num (0x03)");
        }
    }

    private void damaged(TraceSource source, long index, String name, String fields, String expected) {
        out.problem(number, name + " has '" + out.printable(fields) + "', expected such as '" + expected + "'");
        source.missing(index, "an element " + name + " that cannot be read");
    }

    private TraceFormatException refused(String found) {
        return new TraceFormatException(
                out.name(),
                "line " + number,
                found + ", expected a listing of OpenCSD of a processor in AArch32 state");
    }

    @Override
    public void end() {
        sources.end();
        if (!elements) {
            out.problem(
                    number, "the listing ends without a decoded element, expected what trc_pkt_lister -decode writes");
        }
    }
}
