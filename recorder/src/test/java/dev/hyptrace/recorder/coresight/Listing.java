package dev.hyptrace.recorder.coresight;

import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a listing was read as. */
record Listing(List<Event> events, TextReport report) {
    static final Path SAMPLES = Path.of("..", "traces", "samples", "coresight");

    static Listing ofSample(String name, CodeImages code) throws IOException {
        return ofFile(SAMPLES.resolve(name), code);
    }

    static Listing ofFile(Path file, CodeImages code) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(file.getFileName().toString(), in, code);
        }
    }

    static Listing ofText(String text, CodeImages code) throws IOException {
        return of("test", new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), code);
    }

    private static Listing of(String name, InputStream in, CodeImages code) throws IOException {
        List<Event> events = new ArrayList<>();
        TextReport report = CoreSight.read(name, in, code, events::add);
        return new Listing(events, report);
    }

    /** The code that the listings of hypercalls are of. */
    static CodeImages synthetic() throws IOException {
        return CodeImages.of(List.of(CodeImage.raw(SAMPLES.resolve("synthetic.bin"), 0x4000_0000)));
    }

    long count(Class<? extends Event> type) {
        return events.stream().filter(type::isInstance).count();
    }

    List<Hypercall> hypercalls() {
        List<Hypercall> calls = new ArrayList<>();
        HypercallAssembler assembler = new HypercallAssembler(calls::add);
        events.forEach(assembler::accept);
        assembler.finish();
        return calls;
    }

    /** The events in short: addresses, encodings, modes; notes left out. */
    List<String> outline() {
        return events.stream()
                .filter(event -> !(event instanceof Event.Note))
                .map(Listing::shortly)
                .toList();
    }

    List<String> notes() {
        return events.stream()
                .filter(Event.Note.class::isInstance)
                .map(event -> ((Event.Note) event).text())
                .toList();
    }

    private static String shortly(Event event) {
        if (event instanceof Event.Step step) {
            return Hex.digits(step.address())
                    + step.instruction().map(code -> " " + code).orElse("");
        }
        if (event instanceof Event.ExceptionEntry entry) {
            return entry.kind() + " " + mode(entry.from()) + ">" + mode(entry.to()) + at(entry.atVector());
        }
        if (event instanceof Event.ExceptionReturn back) {
            return "return " + mode(back.from()) + ">" + mode(back.to()) + at(back.after());
        }
        return event instanceof Event.Gap gap ? "gap " + gap.reason() : event.toString();
    }

    private static String mode(Optional<Mode> mode) {
        return mode.map(Mode::suffix).orElse("?");
    }

    private static String at(State state) {
        StringBuilder text = new StringBuilder();
        for (Register register : state.registers()) {
            text.append(' ').append(register).append('=').append(Hex.digits((int) state.require(register)));
        }
        return text.toString();
    }
}
