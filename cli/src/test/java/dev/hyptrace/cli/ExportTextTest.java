package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code export} to texts that {@code import} reads: there and back. */
class ExportTextTest {
    private static final Path SAMPLES = Path.of("..", "traces", "samples");

    @TempDir
    private Path folder;

    private Path imported(Path file, String name) {
        Path out = folder.resolve(name);
        Cli result = Cli.run("import", "-o", out, file);
        assertEquals(0, result.status(), result.toString());
        return out;
    }

    private Path exported(String format, Path recording) throws IOException {
        Cli result = Cli.run("export", "--format", format, recording);
        assertEquals(0, result.status(), result.err());
        return Files.writeString(folder.resolve("text"), result.out());
    }

    private static List<Event> events(Path recording) throws IOException {
        List<Event> events = new ArrayList<>();
        try (Trace trace = Traces.open(recording);
                EventReader reader = trace.events()) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        return events;
    }

    private static List<String> lines(String text, String kind) {
        return text.lines().filter(line -> line.matches(kind)).toList();
    }

    /** The known registers of a step, PC apart. */
    private static String known(Event.Step step) {
        State state = step.before();
        StringBuilder text = new StringBuilder(step.address() + " " + step.instruction());
        for (Register register : state.registers()) {
            if (state.isKnown(register) && register != Register.PC) {
                text.append(' ').append(register).append('=').append(Long.toHexString(state.require(register)));
            }
        }
        return text.toString();
    }

    private static List<String> steps(List<Event> events) {
        return events.stream()
                .filter(Event.Step.class::isInstance)
                .map(event -> known((Event.Step) event))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"g3-on-g3, 1155, 28", "g1-zimage-on-g1, 750, 20"})
    void qemuLog_thereAndBack_hasTheSameLinesAndEvents(String guest, int registers, int exceptions) throws IOException {
        Path log = SAMPLES.resolve("guests").resolve(guest + ".qemu.log.gz");
        String original;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(log))) {
            original = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        Path recording = imported(log, "first.htr");
        Path text = exported("qemu-log", recording);
        String registerLine = "(R\\d\\d|PSR)=.*";
        String exceptionLine = "(Taking exception|\\.\\.\\.|Exception return|AArch32 mode switch).*";
        assertEquals(lines(original, registerLine), lines(Files.readString(text), registerLine));
        assertEquals(lines(original, exceptionLine), lines(Files.readString(text), exceptionLine));
        assertEquals(registers, lines(original, registerLine).size());
        assertEquals(exceptions, lines(original, exceptionLine).size());
        assertEquals(events(recording), events(imported(text, "second.htr")));
    }

    @ParameterizedTest
    @CsvSource({
        "tarmac/calculator-aarch32-fastmodel.tarmac.gz, 5104",
        "tarmac/calculator-aarch32-es-ld-st-style.tarmac.gz, 5104",
        "guests/g3-on-g3.qemu.log.gz, 231"
    })
    void tarmac_thereAndBack_hasTheSameSteps(String sample, int count) throws IOException {
        Path recording = imported(SAMPLES.resolve(sample), "first.htr");
        Path again = imported(exported("tarmac", recording), "second.htr");
        List<String> steps = steps(events(recording));
        assertEquals(steps, steps(events(again)));
        assertEquals(count, steps.size());
    }

    @ParameterizedTest
    @CsvSource({"linux-5.4-kvm.htr, 9306", "debian-6.1.0-50-armmp.htr, 148", "catalogue/kvm-4.12-on-g3.htr, 200"})
    void recording_withHypMode_keepsItsStepsInTarmac(String sample, int count) throws IOException {
        Path recording = SAMPLES.resolve(sample);
        Path again = imported(exported("tarmac", recording), "second.htr");
        List<String> steps = steps(events(recording));
        assertEquals(steps, steps(events(again)));
        assertEquals(count, steps.size());
    }

    @Test
    void export_ofWhatTheTextCannotHold_saysSo() {
        Path recording = SAMPLES.resolve("debian-6.1.0-50-armmp.htr");
        Cli result = Cli.run("export", "--format", "qemu-log", recording);
        assertEquals(0, result.status());
        String begin = "hyptrace export: " + recording + ": left out";
        assertEquals(
                4, result.err().lines().filter(line -> line.startsWith(begin)).count(), result.err());
        assertTrue(result.err().contains(begin + ", where they are derived and not recorded: SP_hyp\n"), result.err());
    }

    @Test
    void export_ofTarmac_hasTheDisassembly() {
        Cli result = Cli.run("export", "--format", "tarmac", SAMPLES.resolve("debian-6.1.0-50-armmp.htr"));
        assertTrue(result.out().contains(" e1400070 A svc : hvc"), result.err());
    }
}
