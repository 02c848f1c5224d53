package dev.hyptrace.recorder.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hyptrace.recorder.gdb.RegisterAliases;
import dev.hyptrace.recorder.gdb.RegisterAliases.Meaning;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.hostile.HostileInput;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The sample, of which the registers are known from QEMU's GDB stub at the same stop, and what is left of it when damaged. */
class MigrationTest {
    private static final Path SAMPLE = Path.of("..", "traces", "samples", "migration", "at-hvc-qemu7.2.migration.gz");

    private static byte[] sample() throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(SAMPLE))) {
            return in.readAllBytes();
        }
    }

    private static List<Event> read(byte[] stream) throws IOException {
        List<Event> events = new ArrayList<>();
        Migration.read("stream", new ByteArrayInputStream(stream), events::add);
        return events;
    }

    private static State state() throws IOException {
        return ((Event.Snapshot) read(sample()).get(1)).state();
    }

    @Test
    void sample_isOneSnapshotOfAllRegisters() throws IOException {
        List<Event> events = read(Files.readAllBytes(SAMPLE));
        assertEquals(new Event.Note(0, "machine virt-7.2"), events.get(0));
        assertEquals(2, events.size());
        State state = state();
        assertEquals(0x40000114L, state.require(Register.PC));
        assertEquals(Mode.HYP, state.mode().orElseThrow());
        assertEquals(0x4000007cL, state.require(Register.ELR_HYP));
        assertEquals(0x400000d3L, state.require(Register.SPSR_HYP), "not what the bank of Hyp mode has left, 0xd3");
        assertEquals(0x40080000L, state.require(Register.SP_HYP));
        assertEquals(0x40081000L, state.require(Register.SP_SVC));
        assertEquals(0x40082000L, state.require(Register.SP_IRQ));
        assertEquals(0x40083000L, state.require(Register.SP_ABT));
        assertEquals(0x40084000L, state.require(Register.SP_UND));
        assertEquals(0x40085000L, state.require(Register.SP_FIQ));
        assertEquals(0x40086000L, state.require(Register.SP_USR));
        assertEquals(0x88L, state.require(Register.R8_FIQ));
        assertEquals(0L, state.require(Register.R8));
        assertEquals(0x40000100L, state.require(Register.HVBAR));
        assertEquals(0x4a001234L, state.require(Register.HSR));
        assertEquals(0x400001a0L, state.require(Register.VBAR));
        assertFalse(state.has(Register.VBAR_S), "the machine has no Security Extensions");
        assertFalse(state.has(Register.MPIDR));
        assertTrue(state.isKnown(Register.D31));
        assertEquals(211, state.size());
    }

    /** The stub shows registers that are made up when they are read, and some that the stream has not. */
    @Test
    void sample_saysWhatTheGdbStubSays() throws IOException {
        State state = state();
        int compared = 0;
        TreeSet<String> onlyInStub = new TreeSet<>();
        for (String line : gdb()) {
            String[] words = line.trim().split("\\s+");
            Meaning meaning = words.length < 2
                    ? new Meaning.Unknown()
                    : RegisterAliases.standard().meaning(words[0]);
            Register register = meaning instanceof Meaning.Named named
                    ? named.register()
                    : meaning instanceof Meaning.Current core ? Mode.HYP.coreRegister(core.index()) : null;
            if (register == null || !words[1].matches("0x[0-9a-f]+")) {
                continue;
            }
            if (state.has(register)) {
                long theirs = Long.parseUnsignedLong(words[1].substring(2), 16);
                assertEquals(
                        theirs,
                        state.require(register) & (words[1].length() > 10 ? -1L : theirs | 0xffff_ffffL),
                        words[0]);
                compared++;
            } else {
                onlyInStub.add(words[0]);
            }
        }
        assertEquals(159, compared);
        assertEquals("[DBGDEVID, DBGDEVID1, DBGDEVID2, PMCNTENCLR, PMOVSSET]", onlyInStub.toString());
    }

    private static List<String> gdb() throws IOException {
        try (InputStream in = MigrationTest.class.getResourceAsStream("gdb_hvc_stop_qemu7.2.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    @Test
    void stream_isRecognisedByItsMagic() throws IOException {
        assertTrue(Migration.looksLike(Arrays.copyOf(sample(), 64)));
        assertTrue(Migration.looksLike(Arrays.copyOf(Files.readAllBytes(SAMPLE), 200)));
        assertFalse(Migration.looksLike("QEV".getBytes(StandardCharsets.US_ASCII)));
        assertFalse(Migration.looksLike(new byte[0]));
    }

    @Test
    void truncation_atAnyByte_isRefusedWithItsPlace() throws IOException {
        byte[] stream = sample();
        for (int length = 0; length < stream.length; length += length < 5000 ? 1 : 37) {
            byte[] cut = Arrays.copyOf(stream, length);
            String message =
                    assertThrows(TraceFormatException.class, () -> read(cut)).getMessage();
            assertTrue(message.startsWith("stream: byte "), message);
        }
    }

    /** Half of the streams end with a description as long as they say, so that what is in it is looked at. */
    @Test
    void mutatedStream_isRefusedOrRead() throws IOException {
        HostileInput.binary("migration", List.of(shortSample()), "{\"name\": \"cpu\"}", "\"fields\": []", "[", "]")
                .refusedWith(TraceFormatException.class, "stream: byte ")
                .read(2000, input -> check((Arrays.hashCode(input) & 1) == 0 ? input : withDescription(input)));
    }

    @Test
    void mutatedGzipFile_isRefusedOrRead() throws IOException {
        HostileInput.binary("migration, gzip", List.of(Files.readAllBytes(SAMPLE)))
                .refusedWith(TraceFormatException.class, "stream: byte ")
                .read(500, MigrationTest::check);
    }

    /** The sample up to the processor's section. */
    private static byte[] shortSample() throws IOException {
        String stream = new String(sample(), StandardCharsets.ISO_8859_1);
        int json = stream.indexOf("{\"page_size\"");
        JsonObject description = JsonParser.parseString(stream.substring(json)).getAsJsonObject();
        JsonArray devices = description.getAsJsonArray("devices");
        while (!devices.get(devices.size() - 1)
                .getAsJsonObject()
                .get("name")
                .getAsString()
                .equals("cpu")) {
            devices.remove(devices.size() - 1);
        }
        String sections = stream.substring(0, stream.indexOf("\u0007arm_gic") - 5);
        byte[] shortened =
                withDescription((sections + "\0\u0006\0\0\0\0" + description).getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(2, read(shortened).size());
        return shortened;
    }

    private static byte[] withDescription(byte[] stream) {
        int json = new String(stream, StandardCharsets.ISO_8859_1).indexOf("{\"");
        if (json >= 4) {
            ByteBuffer.wrap(stream).putInt(json - 4, stream.length - json);
        }
        return stream;
    }

    private static String check(byte[] damaged) throws IOException {
        List<Event> events = read(damaged);
        assertTrue(events.size() <= 2);
        return events.stream()
                .map(event -> event.getClass().getSimpleName())
                .toList()
                .toString();
    }

    @Test
    void otherStreams_areRefused() {
        assertRefused(
                new byte[] {0x1f, (byte) 0x8b, 9, 0, 0, 0, 0, 0, 0, 0, 0},
                "stream: byte 0: the compressed data is damaged here (Unsupported compression method)");
        assertRefused(
                new byte[] {'Q', 'E', 'V', 'X'}, "found 'QEVX', expected QEVM, with which a migration stream begins");
        assertRefused(new byte[] {'Q', 'E', 'V', 'M', 0, 0, 0, 2}, "version 2, expected 3");
    }

    private static void assertRefused(byte[] stream, String problem) {
        String message =
                assertThrows(TraceFormatException.class, () -> read(stream)).getMessage();
        assertTrue(message.endsWith(problem), message);
    }
}
