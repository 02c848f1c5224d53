package dev.hyptrace.recorder.ftrace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorded traces: every event of KVM in the text is counted, and the guest's calls are those of its source. */
class SampleTracesTest {
    static final String ICOUNT = "linux-5.4-kvm-icount.ftrace.gz";
    static final String REALTIME = "linux-5.4-kvm-realtime.ftrace.gz";

    private static final Path FOLDER = Path.of("..", "traces", "samples", "ftrace");

    @ParameterizedTest
    @ValueSource(strings = {ICOUNT, REALTIME})
    void events_areAsManyAsLinesOfThem(String name) throws IOException {
        Read read = read(name);
        for (String event : List.of("kvm_entry", "kvm_exit", "kvm_hvc", "kvm_guest_fault", "kvm_mmio")) {
            assertEquals(linesWith(name, " " + event + ": "), read.report().count(event), event);
        }
        assertEquals(read.report().count("kvm_entry"), read.count(Event.ExceptionReturn.class));
        assertEquals(read.report().count("kvm_exit"), read.count(Event.ExceptionEntry.class));
        assertEquals(0, read.count(Event.Gap.class));
        assertEquals(List.of(), read.report().problems());
        long hypercalls = read.events().stream()
                .filter(event ->
                        event instanceof Event.ExceptionEntry entry && entry.kind() == ExceptionKind.HYPERVISOR_CALL)
                .count();
        assertEquals(linesWith(name, " kvm_hvc: "), hypercalls);
        assertEquals(hypercalls, read.hypercalls().size());
    }

    @Test
    void icountTrace_hasTheseCounts() throws IOException {
        TextReport report = read(ICOUNT).report();
        assertEquals(110, report.lines());
        assertEquals(15, report.count("kvm_entry"));
        assertEquals(15, report.count("kvm_exit"));
        assertEquals(4, report.count("kvm_hvc"));
        assertEquals(4, report.count("kvm_guest_fault"));
    }

    @ParameterizedTest
    @ValueSource(strings = {ICOUNT, REALTIME})
    void hypercalls_areThoseOfTheGuest(String name) throws IOException {
        List<String> calls = new ArrayList<>();
        for (Hypercall call : read(name).hypercalls()) {
            calls.add(Hex.word(call.site().orElseThrow()) + " #"
                    + call.immediate().orElseThrow() + " r0 "
                    + Hex.word((int) call.call().require(Register.R0)) + " " + call.outcome());
        }
        assertEquals(
                List.of(
                        "0x80000004 #0 r0 0x84000000 " + Outcome.RETURNED,
                        "0x80000010 #291 r0 0xdead0001 " + Outcome.RETURNED,
                        "0x8000003e #1110 r0 0x00000007 " + Outcome.RETURNED,
                        "0x8000005c #0 r0 0x84000008 " + Outcome.NEVER_RETURNED),
                calls);
    }

    @Test
    void hypercall_knowsWhatTheEventGivesAndNothingElse() throws IOException {
        Event.ExceptionEntry entry =
                entries(ICOUNT, ExceptionKind.HYPERVISOR_CALL).get(1);
        assertEquals(
                List.of(Register.R0, Register.ELR_HYP, Register.HSR),
                entry.atVector().registers());
        assertEquals(new Value.Known(0xdead0001L), entry.atVector().get(Register.R0));
        assertEquals(new Value.Known(0x80000014L), entry.atVector().get(Register.ELR_HYP));
        assertEquals(
                new Value.Derived(0x4a000123L, DerivationRule.HSR_FROM_HVC),
                entry.atVector().get(Register.HSR));
    }

    @Test
    void fault_knowsItsSyndromeAndAddress() throws IOException {
        Event.ExceptionEntry abort = entries(ICOUNT, ExceptionKind.DATA_ABORT).get(1);
        assertEquals(
                List.of(Register.ELR_HYP, Register.HSR, Register.HDFAR),
                abort.atVector().registers());
        assertEquals(new Value.Known(0x80000020L), abort.atVector().get(Register.ELR_HYP));
        assertEquals(new Value.Known(0x93830005L), abort.atVector().get(Register.HSR));
        assertEquals(new Value.Known(0x10000004L), abort.atVector().get(Register.HDFAR));
        Event.ExceptionEntry fetch =
                entries(ICOUNT, ExceptionKind.PREFETCH_ABORT).get(0);
        assertEquals(
                List.of(Register.ELR_HYP, Register.HSR, Register.HIFAR),
                fetch.atVector().registers());
        assertEquals(
                1,
                read(ICOUNT).events().stream()
                        .filter(event -> event.equals(new Event.Note(0, "abort at IPA 0x0010000004")))
                        .count());
    }

    @Test
    void exits_ofOtherKinds_areToldApart() throws IOException {
        assertEquals(2, entries(ICOUNT, ExceptionKind.HYP_TRAP).size());
        assertEquals(5, entries(ICOUNT, ExceptionKind.IRQ).size());
        assertEquals(0, entries(ICOUNT, ExceptionKind.UNKNOWN).size());
    }

    private static List<Event.ExceptionEntry> entries(String name, ExceptionKind kind) throws IOException {
        return read(name).events().stream()
                .filter(Event.ExceptionEntry.class::isInstance)
                .map(Event.ExceptionEntry.class::cast)
                .filter(entry -> entry.kind() == kind)
                .toList();
    }

    private static long linesWith(String name, String text) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name)));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return lines.lines().filter(line -> line.contains(text)).count();
        }
    }

    static byte[] text(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name)))) {
            return in.readAllBytes();
        }
    }

    private static Read read(String name) throws IOException {
        try (InputStream in = Files.newInputStream(FOLDER.resolve(name))) {
            return Read.of(name, in);
        }
    }

    /** What a log gave. */
    record Read(TextReport report, List<Event> events) {
        static Read of(String name, InputStream in) throws IOException {
            List<Event> events = new ArrayList<>();
            TextReport report = Ftrace.read(name, in, events::add);
            return new Read(report, events);
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
    }
}
