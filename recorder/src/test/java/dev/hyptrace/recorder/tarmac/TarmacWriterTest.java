package dev.hyptrace.recorder.tarmac;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.recorder.qemulog.QemuLog;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.MemoryAccess;
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
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TarmacWriterTest {
    private static final Path SAMPLES = Path.of("..", "traces", "samples");
    private static final String LOGS = "/dev/hyptrace/recorder/qemulog/";
    private static final Instruction NOP = Instruction.a32(0xe320f000);

    /** Reads one format. */
    private interface Reading {
        Object read(String name, InputStream in, EventSink sink) throws IOException;
    }

    /** What was written of some events. */
    private record Written(String text, List<String> leftOut) {}

    private static Written write(List<Event> events) throws IOException {
        StringBuilder out = new StringBuilder();
        TarmacWriter writer = new TarmacWriter(out, (instruction, address) -> "insn");
        for (Event event : events) {
            writer.accept(event);
        }
        return new Written(out.toString(), writer.leftOut().sentences());
    }

    private static List<Event> read(Reading reading, InputStream in) throws IOException {
        List<Event> events = new ArrayList<>();
        try (in) {
            reading.read("trace", in, events::add);
        }
        return events;
    }

    private static List<Event> readBack(String text) throws IOException {
        List<Event> events = new ArrayList<>();
        TarmacReport report = Tarmac.read(
                "written", new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), events::add);
        assertEquals(List.of(), report.problems());
        return events;
    }

    private static <T extends Event> List<T> only(Class<T> type, List<Event> events) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The registers that were recorded, without those that were derived. */
    private static State known(State state) {
        State.Builder builder = State.builder();
        state.registers().stream()
                .filter(state::isKnown)
                .forEach(register -> builder.known(register, state.require(register)));
        return builder.build();
    }

    private static void assertSameSteps(List<Event> expected, List<Event> actual, int count) {
        List<Event.Step> before = only(Event.Step.class, expected);
        List<Event.Step> after = only(Event.Step.class, actual);
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            String place = "step " + i;
            assertEquals(before.get(i).address(), after.get(i).address(), place);
            assertEquals(before.get(i).instruction(), after.get(i).instruction(), place);
            assertEquals(before.get(i).accesses(), after.get(i).accesses(), place);
            State.Builder recorded = known(before.get(i).before()).toBuilder();
            recorded.known(Register.PC, before.get(i).address());
            assertEquals(recorded.build(), known(after.get(i).before()), place);
        }
        assertEquals(count, before.size());
        assertEquals(count, after.size());
    }

    @ParameterizedTest
    @CsvSource({"calculator-aarch32-fastmodel", "calculator-aarch32-es-ld-st-style"})
    void trace_ofTarmac_comesBack(String name) throws IOException {
        List<Event> events = read(Tarmac::read, Files.newInputStream(SAMPLES.resolve("tarmac/" + name + ".tarmac.gz")));
        List<Event> again = readBack(write(events).text());
        assertSameSteps(events, again, 5104);
        assertEquals(only(Event.Note.class, events), only(Event.Note.class, again));
    }

    @ParameterizedTest
    @CsvSource({
        "linux5.4_kvm_hyp_and_guest_qemu7.2_singlestep_icount.log.gz, 9306",
        "linux61_v7hyp_qemu7.2_singlestep_dfilter.log.gz, 6401",
        "baremetal_allhypentries_qemu7.2.log.gz, 163",
        "blocks_fpu_reset_qemu7.2.log.gz, 19"
    })
    void logOfQemu_comesBackFromTarmac(String name, int steps) throws IOException {
        List<Event> events = read(QemuLog::read, getClass().getResourceAsStream(LOGS + name));
        List<Event> again = readBack(write(events).text());
        assertSameSteps(events, again, steps);
        assertEquals(
                only(Event.ExceptionEntry.class, events).stream()
                        .map(Event.ExceptionEntry::kind)
                        .toList(),
                only(Event.ExceptionEntry.class, again).stream()
                        .map(Event.ExceptionEntry::kind)
                        .toList());
        assertEquals(only(Event.Gap.class, events), only(Event.Gap.class, again));
    }

    @ParameterizedTest
    @EnumSource(Register.class)
    void registerName_meansTheRegisterInAnyMode(Register register) {
        String name = RegisterNames.of(register);
        if (register == Register.PC) {
            assertEquals(null, name);
            return;
        }
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        RegisterName meaning = RegisterNames.find(text, 0, text.length);
        switch (meaning.kind()) {
            case FIXED -> assertEquals(register, meaning.register());
            case STATUS -> assertEquals(Register.CPSR, register);
            case CORE -> assertEquals(register, Mode.SVC.coreRegister(meaning.number()));
            default -> throw new AssertionError(name + " is " + meaning);
        }
    }

    @Test
    void step_ofEachKind_isALineOfFastModels() throws IOException {
        State svc = State.builder()
                .known(Register.CPSR, 0x1d3)
                .known(Register.R0, 1)
                .build();
        State failed = State.builder()
                .known(Register.CPSR, 0x1d3)
                .known(Register.R0, 2)
                .build();
        List<Event> events = List.of(
                new Event.Step(
                        0,
                        0x8000,
                        Optional.of(NOP),
                        svc,
                        List.of(
                                new MemoryAccess(true, 0x100, 4, OptionalLong.of(0xabcdL)),
                                new MemoryAccess(false, 0x10e, 4, OptionalLong.empty()))),
                new Event.Step(0, 0x8004, Instruction.a32(0x03a00001), failed),
                new Event.Step(0, 0x8008, Instruction.t16(0xbf00), State.unknown()),
                new Event.Step(0, 0x800a, Optional.empty(), State.unknown(), List.of()));
        assertEquals("""
                0 clk R cpsr 000001d3
                0 clk R r0 00000001
                0 clk IT (0) 00008000 e320f000 A svc : insn
                0 clk MW4 00000100 0000abcd
                0 clk LD 00000100 ####.... ........ ........ ........
                0 clk LD 00000110 ........ ........ ........ ....####
                0 clk R r0 00000002
                1 clk IS (1) 00008004 03a00001 A svc : insn
                1 clk R r0 --------
                1 clk R cpsr --------
                2 clk IT (2) 00008008 bf00 T svc : insn
                3 clk ES  (0000800a:--------) A svc: the encoding is not recorded
                """, write(events).text());
    }

    @Test
    void exception_isACoreEventIfThereIsOneForIt() throws IOException {
        State hyp = State.builder()
                .known(Register.PC, 0x114)
                .known(Register.CPSR, 0x1da)
                .known(Register.HSR, 0x4a000000)
                .derived(Register.ELR_HYP, 0x8004, DerivationRule.ELR_FROM_HVC_ADDRESS)
                .build();
        State svc = State.builder()
                .known(Register.PC, 8)
                .known(Register.CPSR, 0x1d3)
                .build();
        Written written = write(List.of(
                new Event.ExceptionEntry(
                        0, ExceptionKind.HYPERVISOR_CALL, Optional.of(Mode.SVC), Optional.of(Mode.HYP), hyp),
                new Event.ExceptionEntry(
                        0, ExceptionKind.SUPERVISOR_CALL, Optional.of(Mode.USR), Optional.of(Mode.SVC), svc),
                new Event.Gap(0, "cut"),
                new Event.Note(1, "a\nline")));
        assertEquals("""
                0 clk EXC [0x14] Hypervisor Call
                0 clk R cpsr 000001da
                0 clk R HSR 4a000000
                0 clk E 00000008 00000003 CoreEvent_SWI
                0 clk R HSR --------
                0 clk R cpsr 000001d3
                0 clk hyptrace: gap: cut
                0 clk cpu1 hyptrace: note: a\\x0aline
                """, written.text());
        assertEquals(List.of("left out, where they are derived and not recorded: ELR_hyp"), written.leftOut());
    }
}
