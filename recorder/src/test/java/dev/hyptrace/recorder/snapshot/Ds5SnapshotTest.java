package dev.hyptrace.recorder.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots: each register of a real Cortex-A15, and what is missing or wrong in one. */
class Ds5SnapshotTest {
    private static final Path SAMPLES = Path.of("..", "traces", "samples", "snapshot");
    private static final String CORE = "[device]\nname=c\nclass=core\ntype=Cortex-A15\n[regs]\n";

    /**
     * Registers of the processor that the model does not have: caches' RAM, Secure copies, timers' views, IDs of
     * events.
     */
    private static final Set<String> NOT_KEPT = Set.of(
            "ADFSR",
            "AIFSR",
            "AMAIR0",
            "AMAIR1",
            "CNTHP_TVAL",
            "CNTP_CTL",
            "CNTP_CVAL",
            "CNTP_TVAL",
            "CNTV_TVAL",
            "CPUMERRSR",
            "DL1DATA0",
            "DL1DATA1",
            "DL1DATA2",
            "DL1DATA3",
            "FCSEIDR",
            "IL1DATA0",
            "IL1DATA1",
            "IL1DATA2",
            "L2ACTLR",
            "L2MERRSR",
            "L2PFR",
            "N_CNTP_TVAL",
            "PMCEID0",
            "PMCEID1",
            "PMINTENCLR",
            "S_ADFSR",
            "S_AIFSR",
            "S_AMAIR0",
            "S_AMAIR1",
            "S_CNTP_CTL",
            "S_CNTP_CVAL",
            "S_CNTP_TVAL",
            "S_FCSEIDR");

    @TempDir
    private Path folder;

    private record Read(List<Event> events, TextReport report) {
        State state() {
            return events.stream()
                    .filter(Event.Snapshot.class::isInstance)
                    .map(event -> ((Event.Snapshot) event).state())
                    .findFirst()
                    .orElseThrow();
        }

        List<String> notes() {
            return events.stream()
                    .filter(Event.Note.class::isInstance)
                    .map(event -> ((Event.Note) event).text())
                    .toList();
        }
    }

    private static Read read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            return new Read(events, Ds5Snapshot.read(file.toString(), in, file.getParent(), events::add));
        }
    }

    private Read read(String text) throws IOException {
        List<Event> events = new ArrayList<>();
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        return new Read(events, Ds5Snapshot.read("test", in, folder, events::add));
    }

    /**
     * Every line of the list, by rules written down here anew: SCR is 0, so that names without prefix are Secure
     * copies.
     */
    private static OptionalLong expected(State state, String name) {
        Map<String, String> others = new HashMap<>(
                Map.of("SP", "SP_svc", "LR", "LR_svc", "PMXEVTYPER", "PMXEVTYPER0", "PMXEVCNTR", "PMXEVCNTR0"));
        for (int i = 8; i <= 12; i++) {
            others.put("R" + i + "_USR", "R" + i);
        }
        String plain = name.replaceFirst("_64$", "").replace("MAIR0", "PRRR").replace("MAIR1", "NMRR");
        if (name.startsWith("H") || name.contains("AMAIR")) {
            plain = name;
        }
        if (name.matches("S\\d+")) {
            int number = Integer.parseInt(name.substring(1));
            long whole = state.require(Register.named("D" + number / 2).orElseThrow());
            return OptionalLong.of((number & 1) == 0 ? whole & 0xffff_ffffL : whole >>> 32);
        }
        if (plain.startsWith("N_")) {
            return state.bits(Register.named(plain.substring(2)).orElseThrow());
        }
        if (plain.startsWith("S_")) {
            return state.bits(Register.named(plain.substring(2) + "_s").orElseThrow());
        }
        String secure = plain + "_s";
        String found = others.getOrDefault(plain, Register.named(secure).isPresent() ? secure : plain);
        return state.bits(Register.named(found).orElseThrow());
    }

    @Test
    void cortexA15_hasEveryRegisterThatTheModelKnows() throws IOException {
        Path file = SAMPLES.resolve("device1.ini");
        Read read = read(file);
        assertEquals(List.of(), read.report().problems());
        Set<String> notKept = new TreeSet<>();
        int lines = 0;
        for (String line : Files.readAllLines(file)) {
            if (!line.matches("[A-Z0-9_]+(\\(size:64\\))?=0x[0-9A-F]+")) {
                continue;
            }
            lines++;
            String name = line.replaceFirst("[(=].*", "");
            String value = line.substring(line.indexOf('=') + 1);
            if (NOT_KEPT.contains(name)) {
                assertTrue(
                        read.notes()
                                .contains("register " + name + "=" + value + ", which a recording has no register for"),
                        name);
                notKept.add(name);
            } else {
                long bits = Long.parseUnsignedLong(value.substring(2), 16);
                assertEquals(OptionalLong.of(bits), expected(read.state(), name), line);
            }
        }
        assertEquals(305, lines);
        assertEquals(new TreeSet<>(NOT_KEPT), notKept);
        assertEquals(305, read.report().count(DeviceRegisters.REGISTERS));
        assertEquals(200, read.report().count(DeviceRegisters.KEPT));
        assertEquals(72, read.report().count(DeviceRegisters.AGAIN));
        assertEquals(33, read.report().count(DeviceRegisters.NOT_KEPT));
        assertEquals(200, read.state().size());
    }

    @Test
    void cortexA15_isASnapshotOfTheProcessor() throws IOException {
        Read read = read(SAMPLES.resolve("device1.ini"));
        Event.Snapshot snapshot = read.events().stream()
                .filter(Event.Snapshot.class::isInstance)
                .map(Event.Snapshot.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals("snapshot of Cortex-A15_0 (Cortex-A15)", snapshot.reason());
        assertEquals(0x14804618L, snapshot.state().require(Register.ELR_HYP));
        assertEquals(0x00080902L, snapshot.state().require(Register.SP_HYP));
        assertTrue(snapshot.state().isKnown(Register.HSCTLR));
        assertTrue(read.notes().contains("memory at S:0x80000278 is in the file mem_Cortex-A15_0_1_RO_CODE.bin"));
        assertEquals(9, read.report().count(Device.DUMPS));
    }

    @Test
    void worldOfNamesWithoutPrefix_isThatOfScr() throws IOException {
        assertEquals(
                OptionalLong.of(5), read(CORE + "SCTLR=0x5\nSCR=0x1\n").state().bits(Register.SCTLR));
        assertEquals(
                OptionalLong.of(5), read(CORE + "SCTLR=0x5\nSCR=0x0\n").state().bits(Register.SCTLR_S));
        State without = read(CORE + "SCTLR=0x5\n").state();
        assertEquals(OptionalLong.of(5), without.bits(Register.SCTLR));
        assertFalse(without.has(Register.SCTLR_S));
        assertFalse(without.has(Register.SCR));
    }

    @Test
    void coreRegisters_areOfTheModeInCpsr() throws IOException {
        State hyp = read(CORE + "R8=1\nR13=2\nR14=3\nR15=0xC0008000\nCPSR=0x1DA\nSPSR=0x10\n")
                .state();
        assertEquals(
                "{R8=0x00000001 SP_hyp=0x00000002 LR_usr=0x00000003 PC=0xc0008000 CPSR=0x000001da SPSR_hyp=0x00000010}",
                hyp.toString());
        State fiq = read(CORE + "R8=1\nSP=2\nCPSR=0x1D1\n").state();
        assertEquals("{R8_fiq=0x00000001 SP_fiq=0x00000002 CPSR=0x000001d1}", fiq.toString());
        Read unknown = read(CORE + "R7=7\nR8=1\nSP=2\n");
        assertEquals("{R7=0x00000007}", unknown.state().toString());
        assertEquals(2, unknown.report().count(DeviceRegisters.NOT_KEPT));
    }

    @Test
    void namesThatDiffer_keepTheOneThatSaysMore() throws IOException {
        Read read = read(CORE + "SCTLR=0x5\nN_SCTLR=0x6\nTTBR0_64(size:64)=0x100000002\nTTBR0=0x2\n");
        assertEquals(OptionalLong.of(6), read.state().bits(Register.SCTLR));
        assertEquals(OptionalLong.of(0x1_0000_0002L), read.state().bits(Register.TTBR0));
        assertEquals(List.of("register SCTLR: SCTLR=0x5 and N_SCTLR=0x6, of which the second is kept"), read.notes());
    }

    @Test
    void singles_makeDoubles() throws IOException {
        Read read = read(CORE + "S0=0x1\nS1=0x2\nS2=0x3\nD4(size:64)=0x0\nS8=0x1\n");
        assertEquals(
                "{D0=0x0000000200000001 D4=0x0000000000000000}", read.state().toString());
        assertEquals(
                List.of(
                        "register S2=0x3, which a recording has no register for",
                        "register S8=0x1, which a recording has no register for"),
                read.notes());
    }

    @Test
    void registerThatIsTooWide_isNotKept() throws IOException {
        Read read = read(CORE + "R0=0x100000000\nQ0(size:128)=0x00000000000000000000000000000001\nPC=0x1\n");
        assertEquals("{PC=0x00000001}", read.state().toString());
        assertEquals(2, read.report().count(DeviceRegisters.NOT_KEPT));
    }

    @Test
    void folder_isReadByItsIndex() throws IOException {
        Files.writeString(folder.resolve("snapshot.ini"), """
                ; DS-5 snapshot
                [snapshot]
                version=1.0
                [device_list]
                device0=a.ini
                device1=etm.ini
                device2=b.ini
                device3=missing.ini
                device4=../outside.ini
                device5=none.ini
                [trace]
                metadata=trace.ini
                """);
        Files.writeString(folder.resolve("a.ini"), CORE + "PC=0x10\n");
        Files.writeString(
                folder.resolve("etm.ini"),
                "[device]\nname=E\nclass=trace_source\ntype=ETM3.5\n[regs]\nETMCR(0x000)=0x1\n");
        Files.writeString(folder.resolve("b.ini"), CORE + "PC=0x20\n");
        Files.writeString(folder.resolve("none.ini"), "hello\n");
        Files.writeString(folder.getParent().resolve("outside.ini"), CORE + "PC=0x30\n");
        Read read = read(folder.resolve("snapshot.ini"));
        assertEquals(
                List.of("0 {PC=0x00000010}", "1 {PC=0x00000020}"),
                read.events().stream()
                        .filter(Event.Snapshot.class::isInstance)
                        .map(event -> event.cpu() + " " + ((Event.Snapshot) event).state())
                        .toList());
        String index = folder.resolve("snapshot.ini").toString();
        assertEquals(3, read.report().problemCount());
        assertEquals(
                List.of(
                        index + ": the device file 'missing.ini' is not in the folder of the snapshot",
                        index + ": the device file '../outside.ini' is not in the folder of the snapshot"),
                read.report().problems().subList(0, 2));
        assertTrue(read.report().problems().get(2).startsWith(folder.resolve("none.ini") + ": line 1: no line"));
        assertEquals(2, read.report().count(Device.CORES));
        assertEquals(1, read.report().count(Device.OTHERS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"R0", "R0=", "R0=0x", "R0=zz", "=0x1", "R0(=0x1", "R0=0x1 junk"})
    void registerThatCannotBeRead_isAProblemOfItsLine(String line) throws IOException {
        Read read = read(CORE + line + "\nPC=0x1\n");
        assertEquals("{PC=0x00000001}", read.state().toString());
        assertEquals(1, read.report().problemCount());
        assertTrue(read.report().problems().get(0).startsWith("test: line 6: '" + line), read.report()::toString);
    }

    @Test
    void registerGivenTwice_isAProblem() throws IOException {
        Read read = read(CORE + "R0=0x1\nR0=0x2\n");
        assertEquals("{R0=0x00000001}", read.state().toString());
        assertEquals(
                List.of("test: line 7: the register R0 again, which is left out"),
                read.report().problems());
    }

    @Test
    void cutFile_leavesOutItsLastLine() throws IOException {
        Read read = read(CORE + "R0=0x1\nR1=0x12");
        assertEquals("{R0=0x00000001}", read.state().toString());
        assertEquals(1, read.report().problemCount());
    }

    @Test
    void beginning_isRecognised() throws IOException {
        assertTrue(Ds5Snapshot.looksLike(Files.readAllBytes(SAMPLES.resolve("device1.ini"))));
        assertTrue(Ds5Snapshot.looksLike(Files.readAllBytes(SAMPLES.resolve("snapshot.ini"))));
        assertFalse(Ds5Snapshot.looksLike("[section]\nclass=core\n".getBytes(StandardCharsets.US_ASCII)));
        assertThrows(TraceFormatException.class, () -> read("[section]\nclass=core\n"));
    }
}
