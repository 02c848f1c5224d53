package dev.hyptrace.cli.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hyptrace.cli.Cli;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code record gdb} against recorded packets of OpenOCD 0.12, played as they were and with every way in which a server fails.
 * Where the packets are from: {@link OpenOcdRecordingTest}.
 */
@Timeout(120)
class OpenOcdPacketsTest {
    static final String RESOURCE = "openocd-0.12-two-hypercalls.packets.gz";

    @TempDir
    private Path folder;

    private static PacketLog log() throws IOException {
        try (InputStream stream = OpenOcdPacketsTest.class.getResourceAsStream(RESOURCE)) {
            return PacketLog.read(stream);
        }
    }

    static List<String> arguments(String output, int port) {
        return List.of(
                "record",
                "gdb",
                "-o",
                output,
                "--hvbar",
                "40010240",
                "--limit",
                "2",
                "--patience",
                "2",
                "localhost:" + port);
    }

    static Cli record(Path output, int port) {
        return Cli.run(arguments(output.toString(), port).toArray());
    }

    /** The first two hypercalls of the guest, with what only Hyp mode shows. */
    static void assertTwoHypercalls(Path recording) {
        Cli export = Cli.run("export", "--format", "json", recording);
        assertEquals(0, export.status(), export::err);
        JsonArray calls = JsonParser.parseString(export.out()).getAsJsonObject().getAsJsonArray("hypercalls");
        assertEquals(2, calls.size(), export::out);
        assertCall(calls.get(0).getAsJsonObject(), "0x40010824", "0x00000002", "0x40010828");
        assertCall(calls.get(1).getAsJsonObject(), "0x4001082c", "0x0000007f", "0x40010830");
    }

    private static void assertCall(JsonObject call, String site, String r0, String returnAddress) {
        assertEquals("returned", call.get("outcome").getAsString());
        JsonObject before = call.getAsJsonObject("call");
        assertEquals(site, before.get("PC").getAsString());
        assertEquals(r0, before.get("R0").getAsString());
        assertEquals("0x00c50078", before.get("SCTLR").getAsString());
        JsonObject vector = call.getAsJsonObject("vector");
        assertEquals("0x40010254", vector.get("PC").getAsString());
        assertEquals("0x40010240", vector.get("HVBAR").getAsString());
        assertEquals("0x4a000000", vector.get("HSR").getAsString());
        assertEquals(returnAddress, vector.get("ELR_hyp").getAsString());
        assertEquals(before.get("CPSR"), vector.get("SPSR_hyp"));
        assertEquals(returnAddress, call.getAsJsonObject("return").get("PC").getAsString());
    }

    @Test
    void recordedSession_isRecordedAgainPacketByPacket() throws IOException {
        Path recording = folder.resolve("board.htr");
        try (PacketPlayer player = new PacketPlayer(log(), PacketPlayer.Fault.NONE, 0)) {
            Cli cli = record(recording, player.port());
            assertEquals(0, cli.status(), () -> player.deviation() + "\n" + cli.err());
            assertNull(player.deviation());
        }
        assertTwoHypercalls(recording);
    }

    /** The number of the first command to OpenOCD itself, which is sent alone, from an entry on. */
    private static int commandBeyond(PacketLog log, int from) {
        int number = 0;
        for (int i = 0; i < log.entries().size(); i++) {
            PacketLog.Entry entry = log.entries().get(i);
            if (i >= from && entry.fromClient() && entry.payload().startsWith("qRcmd")) {
                return number;
            }
            number += entry.fromClient() ? 1 : 0;
        }
        throw new AssertionError("no command to OpenOCD from entry " + from);
    }

    /** In the second hypercall's handler. */
    @ParameterizedTest
    @CsvSource({
        "SILENCE, gave no answer to",
        "DROPPED_LINE, the connection was closed",
        "HALF_A_PACKET, 'fell silent inside a packet, after 4 bytes'",
        "ERRORS, 'E01'",
        "GARBAGE, sent 4096 bytes without a packet",
        "ENDLESS_PACKET, sent a packet of more than 1048576 bytes",
        "ENDLESS_LOG, ''",
    })
    void serverThatFailsLate_endsTheRecordingWithWhatWasRecorded(PacketPlayer.Fault fault, String words)
            throws IOException {
        PacketLog log = log();
        Path recording = folder.resolve("board.htr");
        try (PacketPlayer player =
                new PacketPlayer(log, fault, commandBeyond(log, log.entries().size() * 4 / 5))) {
            Cli cli = record(recording, player.port());
            assertNull(player.deviation());
            assertEquals(2, cli.status(), cli::err);
            assertTrue(cli.err().contains("localhost:" + player.port() + ": "), cli::err);
            assertTrue(cli.err().contains(words), cli::err);
            assertTrue(player.sentAtFault() < 64 << 20, () -> player.sentAtFault() + " bytes were taken");
        }
        JsonObject info = JsonParser.parseString(
                        Cli.run("info", "--format", "json", recording).out())
                .getAsJsonObject();
        assertTrue(info.toString().contains("board.htr"), info::toString);
        Cli show = Cli.run("show", recording);
        assertEquals(0, show.status(), show::err);
        assertTrue(show.out().contains("0x40010824"), show::out);
    }

    @ParameterizedTest
    @CsvSource({"SILENCE", "DROPPED_LINE", "HALF_A_PACKET", "GARBAGE", "ENDLESS_PACKET", "ENDLESS_LOG"})
    void serverThatFailsWhenItIsAskedWhatItIs_isToldInOneSentence(PacketPlayer.Fault fault) throws IOException {
        PacketLog log = log();
        try (PacketPlayer player = new PacketPlayer(log, fault, commandBeyond(log, 0))) {
            Cli cli = record(folder.resolve("board.htr"), player.port());
            assertEquals(2, cli.status(), cli::err);
            assertEquals(1, cli.err().lines().count(), cli::err);
            assertTrue(cli.err().startsWith("hyptrace: localhost:" + player.port() + ": "), cli::err);
        }
    }
}
