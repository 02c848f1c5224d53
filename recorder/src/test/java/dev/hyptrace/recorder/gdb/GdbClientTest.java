package dev.hyptrace.recorder.gdb;

import static dev.hyptrace.recorder.gdb.FakeStub.packet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.gdb.GdbException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol client against a stub that answers by a script, well or badly. */
@Timeout(30)
class GdbClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration IMPATIENCE = Duration.ofMillis(200);

    /** What to do with a connected client. */
    @FunctionalInterface
    private interface Talk {
        void with(GdbClient client, FakeStub stub) throws IOException;
    }

    private static void talk(Duration patience, Function<String, String> script, Talk talk) throws IOException {
        try (FakeStub stub = new FakeStub(script);
                GdbClient client =
                        GdbClient.open(GdbChannel.connect("stub", stub.address(), PATIENCE, () -> true), patience)) {
            talk.with(client, stub);
        }
    }

    private static void talk(Function<String, String> script, Talk talk) throws IOException {
        talk(PATIENCE, FakeStub.greeting(script), talk);
    }

    private static GdbException failure(Duration patience, Function<String, String> script, Talk talk) {
        return assertThrows(GdbException.class, () -> talk(patience, FakeStub.greeting(script), talk));
    }

    // Packets.

    @Test
    void answer_isTakenByItsChecksum() throws IOException {
        talk(payload -> packet("1234"), (client, stub) -> {
            assertEquals("1234", client.command("p0"));
            assertEquals("p0", stub.received().get(stub.received().size() - 1));
        });
    }

    @ParameterizedTest
    @CsvSource({"'0* ', 0000", "'0*\"1', 0000001", "xy*!z, xyyyyyz"})
    void answerWithRepeats_isWrittenOut(String sent, String meant) throws IOException {
        talk(payload -> packet(sent), (client, stub) -> assertEquals(meant, client.command("g")));
    }

    @Test
    void answerWithEscapes_isUnescaped() throws IOException {
        talk(payload -> packet("a}\3b}]c"), (client, stub) -> assertEquals("a#b}c", client.command("qXfer")));
    }

    @Test
    void commandWithReservedCharacters_isEscaped() throws IOException {
        talk(payload -> packet("OK"), (client, stub) -> {
            client.command("a#b$c}d*e");
            assertEquals("a}\3b}\4c}]d}\ne", stub.received().get(stub.received().size() - 1));
        });
    }

    @Test
    void noiseBeforeAPacket_isSkipped() throws IOException {
        talk(payload -> "++%Notify#00" + packet("ab"), (client, stub) -> assertEquals("ab", client.command("x")));
    }

    @Test
    void wrongChecksumWithoutAcknowledgements_failsWithBothSums() {
        GdbException e = failure(PATIENCE, payload -> "$ab#00", (client, stub) -> client.command("x"));
        assertEquals(Kind.PROTOCOL, e.kind());
        assertEquals("stub: sent a packet with checksum 00 whose bytes give c3", e.getMessage());
    }

    @Test
    void wrongChecksumWithAcknowledgements_isAskedForAgain() throws IOException {
        Function<String, String> script = payload -> switch (payload) {
            case "+" -> null;
            case "-" -> packet("right");
            case "?" -> "+" + packet("S05");
            case "x" -> "+$wrong#00";
            default -> "+" + packet("");
        };
        talk(PATIENCE, script, (client, stub) -> {
            assertEquals("right", client.command("x"));
            List<String> received = stub.received();
            assertTrue(received.subList(received.indexOf("x"), received.size()).contains("-"), received.toString());
        });
    }

    @Test
    void stubThatWantsAcknowledgements_getsOneForEachAnswerBeforeTheNextCommand() throws IOException {
        Function<String, String> script = payload -> switch (payload) {
            case "+" -> null;
            case "?" -> "+" + packet("S05");
            default -> "+" + packet("");
        };
        talk(PATIENCE, script, (client, stub) -> {
            client.exchange(List.of("p1", "p2", "p3"));
            List<String> expected = List.of("p1", "+", "p2", "+", "p3");
            int from = stub.received().indexOf("p1");
            assertEquals(expected, stub.received().subList(from, from + 5));
        });
    }

    @Test
    void qemuWithoutNoAckMode_isSentNoAcknowledgementsAfterItIsKnown() throws IOException {
        Function<String, String> script = payload -> switch (payload) {
            case "+" -> null;
            case "qqemu.sstepbits" -> packet("ENABLE=1,NOIRQ=2,NOTIMER=4");
            case "?" -> packet("T05thread:01;");
            default -> packet("");
        };
        talk(PATIENCE, script, (client, stub) -> {
            int before = stub.received().size();
            assertEquals(List.of("", ""), client.exchange(List.of("a", "b")));
            assertEquals(List.of("a", "b"), stub.received().subList(before, before + 2));
        });
    }

    @Test
    void packetBeyondTheLimit_fails() {
        GdbException e = failure(
                PATIENCE,
                payload -> "$" + "a".repeat(PacketReader.MAX_PAYLOAD + 1),
                (client, stub) -> client.command("x"));
        assertEquals(Kind.PROTOCOL, e.kind());
        assertEquals("stub: sent a packet of more than 1048576 bytes", e.getMessage());
    }

    @Test
    void repeatsBeyondTheLimit_fail() {
        String bomb = "$0" + "*~".repeat(20_000) + "#00";
        GdbException e = failure(PATIENCE, payload -> bomb, (client, stub) -> client.command("x"));
        assertEquals("stub: sent a packet of more than 1048576 bytes", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"$*!#4b", "$a*\1#8c"})
    void repeatOfNothingOrOfTooFew_fails(String packet) {
        GdbException e = failure(PATIENCE, payload -> packet, (client, stub) -> client.command("x"));
        assertEquals(Kind.PROTOCOL, e.kind());
        assertTrue(e.getMessage().contains("repeat count"), e.getMessage());
    }

    @Test
    void checksumThatIsNoNumber_fails() {
        GdbException e = failure(PATIENCE, payload -> "$ab#zz", (client, stub) -> client.command("x"));
        assertEquals("stub: sent a packet whose checksum is not hexadecimal", e.getMessage());
    }

    @Test
    void serverOfAnotherKind_failsInsteadOfWaiting() {
        String page = "HTTP/1.1 400 Bad Request\r\n".repeat(400);
        GdbException e = assertThrows(
                GdbException.class, () -> talk(PATIENCE, payload -> page, (client, stub) -> client.command("x")));
        assertEquals("stub: sent 4096 bytes without a packet; expected a GDB stub", e.getMessage());
    }

    // Silence and endings.

    @Test
    void stubThatHangs_failsAfterItsTime() {
        GdbException e = failure(IMPATIENCE, payload -> null, (client, stub) -> client.command("g"));
        assertEquals(Kind.TIMEOUT, e.kind());
        assertEquals("stub: gave no answer to 'g' within 200 ms", e.getMessage());
    }

    @Test
    void stubThatHangsInsideAPacket_failsAfterItsTime() {
        GdbException e = failure(IMPATIENCE, payload -> "$0123", (client, stub) -> client.command("g"));
        assertEquals(Kind.TIMEOUT, e.kind());
        assertEquals("stub: fell silent inside a packet, after 4 bytes", e.getMessage());
    }

    @Test
    void connectionDropped_fails() {
        GdbException e = failure(PATIENCE, payload -> FakeStub.HANG_UP, (client, stub) -> client.command("g"));
        assertEquals(Kind.CLOSED, e.kind());
        assertEquals("stub: the connection was closed", e.getMessage());
    }

    @Test
    void targetThatExits_isToldByItsStatus() {
        GdbException e = failure(PATIENCE, payload -> packet("W2a"), (client, stub) -> client.step(1));
        assertEquals(Kind.EXITED, e.kind());
        assertEquals(0x2a, e.exitStatus());
    }

    @Test
    void targetThatExitsWhereAnAnswerIsExpected_isToldToo() {
        GdbException e = failure(PATIENCE, payload -> packet("W00"), (client, stub) -> client.command("g"));
        assertEquals(Kind.EXITED, e.kind());
        assertEquals(0, e.exitStatus());
    }

    @Test
    void nobodyListening_failsAtOnceWhenNobodyWillCome(@TempDir Path folder) {
        UnixDomainSocketAddress nowhere = UnixDomainSocketAddress.of(folder.resolve("nothing"));
        GdbException e = assertThrows(
                GdbException.class, () -> GdbChannel.connect("stub", nowhere, Duration.ofDays(1), () -> false));
        assertEquals(Kind.UNREACHABLE, e.kind());
        assertTrue(e.getMessage().startsWith("stub: no connection: "), e.getMessage());
    }

    @Test
    void nobodyListening_failsAfterItsTime() throws IOException {
        InetSocketAddress free;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = (InetSocketAddress) server.getLocalSocketAddress();
        }
        GdbException e = assertThrows(
                GdbException.class, () -> GdbChannel.connect("stub", free, Duration.ofMillis(50), () -> true));
        assertEquals(Kind.UNREACHABLE, e.kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", ":1234", "localhost:", "localhost:65536", "localhost:12x"})
    void addressThatIsNone_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> GdbChannel.tcp(text));
    }

    @Test
    void addressOfSixParts_isTakenToTheLastColon() {
        assertEquals(3333, GdbChannel.tcp("::1:3333").getPort());
    }

    // Commands.

    @Test
    void memory_isReadOrRefused() throws IOException {
        talk(payload -> packet(payload.equals("m40000000,4") ? "0000a0e3" : "E14"), (client, stub) -> {
            assertArrayEquals(
                    new byte[] {0, 0, (byte) 0xa0, (byte) 0xe3},
                    client.readMemory(0x4000_0000, 4).orElseThrow());
            assertEquals(Optional.empty(), client.readMemory(0x5000_0000, 4));
        });
    }

    @Test
    void memoryThatIsNoHexadecimal_fails() {
        GdbException e = failure(PATIENCE, payload -> packet("0000zz\1!"), (client, stub) -> client.readMemory(0, 4));
        assertEquals("stub: sent '0000zz?!' for memory, expected hexadecimal digits", e.getMessage());
    }

    @Test
    void breakpointRefused_failsWithItsAddress() {
        GdbException e =
                failure(PATIENCE, payload -> packet("E01"), (client, stub) -> client.insertBreakpoint(0x4000_0114));
        assertEquals(Kind.REFUSED, e.kind());
        assertEquals("stub: answers 'E01' to a breakpoint at 0x40000114", e.getMessage());
    }

    @Test
    void breakpointNotSupported_failsWithItsAddress() {
        GdbException e = failure(PATIENCE, payload -> packet(""), (client, stub) -> client.insertBreakpoint(-4));
        assertEquals("stub: does not support a breakpoint at 0xfffffffc", e.getMessage());
    }

    @Test
    void registerWrite_isLittleEndian() throws IOException {
        talk(payload -> packet("OK"), (client, stub) -> {
            client.writeRegister(new TargetRegister("cpsr", 25, 32), 0x6000_01d3);
            assertEquals("P19=d3010060", stub.received().get(stub.received().size() - 1));
        });
    }

    @Test
    void threads_areReadInAllTheirForms() throws IOException {
        talk(
                payload -> switch (payload) {
                    case "qfThreadInfo" -> packet("mp01.02,01");
                    case "qsThreadInfo" -> packet("l");
                    default -> packet("");
                },
                (client, stub) -> assertEquals(List.of(1, 2), client.threads()));
    }

    @Test
    void stubWithoutThreads_hasTheOneThatStopped() throws IOException {
        talk(payload -> packet(""), (client, stub) -> assertEquals(List.of(1), client.threads()));
    }

    @Test
    void stop_isToldWithItsThread() throws IOException {
        talk(
                payload -> packet("T05hwbreak:;thread:p01.02;"),
                (client, stub) -> assertEquals(new StopReply(StopReply.TRAP, 2), client.step(2)));
    }

    @Test
    void outputOfTheTarget_isNoStop() throws IOException {
        talk(
                payload -> packet("O48656c6c6f") + packet("S05"),
                (client, stub) -> assertEquals(new StopReply(StopReply.TRAP, 0), client.step(1)));
    }

    @Test
    void answerThatIsNoStop_fails() {
        GdbException e = failure(PATIENCE, payload -> packet("hello"), (client, stub) -> client.step(1));
        assertEquals("stub: answered 'hello', expected a stop reply", e.getMessage());
    }

    @Test
    void targetThatRunsOn_isInterrupted() throws IOException {
        talk(payload -> payload.equals("^C") ? packet("T02thread:01;") : null, (client, stub) -> {
            client.resume();
            assertEquals(Optional.empty(), client.awaitStop(IMPATIENCE));
            assertEquals(new StopReply(StopReply.INTERRUPT, 1), client.interrupt());
        });
    }

    @Test
    void targetThatCannotBeInterrupted_fails() {
        GdbException e = failure(IMPATIENCE, payload -> null, (client, stub) -> {
            client.resume();
            client.interrupt();
        });
        assertEquals("stub: does not stop the target when interrupted", e.getMessage());
    }

    @Test
    void endlessOutput_endsWithTheTimeAllowed() throws IOException {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(packet("O41"));
        }
        talk(payload -> String.join("", many), (client, stub) -> {
            client.resume();
            assertFalse(client.awaitStop(Duration.ofMillis(1)).isPresent());
        });
    }
}
