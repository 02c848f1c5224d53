package dev.hyptrace.recorder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyptrace.recorder.gdb.FakeStub;
import dev.hyptrace.recorder.gdb.GdbException;
import dev.hyptrace.recorder.live.Assembler;
import dev.hyptrace.recorder.live.FollowListener;
import dev.hyptrace.recorder.live.FollowOptions;
import dev.hyptrace.recorder.live.FollowSummary;
import dev.hyptrace.recorder.qemu.QemuOptions;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings of targets behind a server that is there already. */
@Timeout(60)
class ServerRecordingTest {
    private static final Path GUEST = Path.of("..", "traces", "guests", "bin", "g3-on-g3.elf");
    private static final Duration SOON = Duration.ofMillis(300);

    private static final String DESCRIPTION = """
            l<?xml version="1.0"?><!DOCTYPE target SYSTEM "gdb-target.dtd"><target><architecture>arm</architecture>\
            <feature name="org.gnu.gdb.arm.core">%s<reg name="cpsr" bitsize="32" regnum="25"/></feature></target>""";

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ServerRecording connect(InetSocketAddress address, Duration patience) throws IOException {
        return ServerRecording.connect(address, patience, FollowOptions.defaults(), FollowListener.NONE);
    }

    @Test
    void guestOfAQemuThatWaits_isRecorded() throws Exception {
        assumeTrue(
                Assembler.isInstalled(QemuOptions.DEFAULT_PROGRAM),
                "needs qemu-system-arm: apt-get install qemu-system-arm");
        int port = freePort();
        Process qemu = new ProcessBuilder(
                        QemuOptions.DEFAULT_PROGRAM,
                        "-M",
                        "virt,virtualization=on",
                        "-cpu",
                        "cortex-a15",
                        "-m",
                        "64",
                        "-nographic",
                        "-nic",
                        "none",
                        "-kernel",
                        GUEST.toString(),
                        "-S",
                        "-gdb",
                        "tcp:127.0.0.1:" + port)
                .redirectErrorStream(true)
                .start();
        try {
            List<Event> events = new ArrayList<>();
            FollowSummary summary;
            try (ServerRecording recording = connectOnceUp(qemu, port)) {
                assertEquals(
                        "localhost:" + port, recording.header().attributes().get("server"));
                summary = recording.record(events::add);
            }
            assertEquals(FollowSummary.End.EXITED, summary.end());
            assertEquals(6, summary.hypercalls());
            assertEquals(
                    6,
                    events.stream()
                            .filter(e -> e instanceof Event.ExceptionEntry entry
                                    && entry.atVector().has(Register.ELR_HYP))
                            .count());
        } finally {
            qemu.destroyForcibly().waitFor();
        }
    }

    private static ServerRecording connectOnceUp(Process qemu, int port) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        while (true) {
            try {
                return connect(address, Duration.ofSeconds(10));
            } catch (GdbException e) {
                assertTrue(e.kind() == GdbException.Kind.UNREACHABLE && qemu.isAlive(), e::getMessage);
                Thread.sleep(20);
            }
        }
    }

    @Test
    void nobodyThere_isSaid() throws IOException {
        int port = freePort();
        GdbException e = assertThrows(
                GdbException.class, () -> connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SOON));
        assertEquals(GdbException.Kind.UNREACHABLE, e.kind());
        assertTrue(e.getMessage().startsWith("localhost:" + port + ": no connection: "), e::getMessage);
    }

    /** A board's server that knows the core's registers and no others. */
    @Test
    void serverWithoutHvbar_isRefusedWithTheReason() throws IOException {
        StringBuilder registers = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            String name = i < 13 ? "r" + i : List.of("sp", "lr", "pc").get(i - 13);
            registers.append("<reg name=\"").append(name).append("\" bitsize=\"32\"/>");
        }
        try (FakeStub stub = new FakeStub(FakeStub.greeting(
                payload -> FakeStub.packet(payload.startsWith("qXfer") ? DESCRIPTION.formatted(registers) : "")))) {
            GdbException e = assertThrows(GdbException.class, () -> connect(stub.address(), SOON));
            assertTrue(e.getMessage().contains("describes no HVBAR"), e::getMessage);
        }
    }

    private static final int BASE = 0x8000_1000;

    /** R0 to R15 and CPSR with the FPA's registers between, PC and CPSR as given. */
    private static String oldLayout(int pc, int cpsr) {
        return "00000000".repeat(15)
                + Hex.digits(Integer.reverseBytes(pc))
                + "0".repeat(8 * 24 + 8)
                + Hex.digits(Integer.reverseBytes(cpsr));
    }

    /** A server that knows the old {@code g} packet and two breakpoints, and stops at the Hyp vector. */
    private static Function<String, String> oldServer() {
        AtomicInteger breakpoints = new AtomicInteger();
        AtomicBoolean ran = new AtomicBoolean();
        return FakeStub.greeting(payload -> {
            if (payload.startsWith("Z1")) {
                return FakeStub.packet(breakpoints.incrementAndGet() > 2 ? "E0E" : "OK");
            }
            return switch (payload.split("[,;:0-9]", 2)[0]) {
                case "g" -> FakeStub.packet(ran.get() ? oldLayout(BASE + 0x14, 0x1da) : oldLayout(0x8000_8000, 0x1d3));
                case "m" -> FakeStub.packet("000000ea");
                case "vCont" -> {
                    boolean step = payload.startsWith("vCont;s");
                    ran.set(true);
                    yield FakeStub.packet(step ? "W00" : "S05");
                }
                default -> FakeStub.packet(payload.startsWith("z") ? "OK" : "");
            };
        });
    }

    /** What J-Link's server was like before it described registers. */
    @Test
    void serverWithoutDescription_isRecordedByTheOldLayoutFromTheBaseGiven() throws IOException {
        List<Event> events = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        FollowListener listener = new FollowListener() {
            @Override
            public void note(String text) {
                notes.add(text);
            }
        };
        FollowOptions options = FollowOptions.defaults().withBases(new TreeSet<>(List.of(BASE)));
        FollowSummary summary;
        String limits;
        try (FakeStub stub = new FakeStub(oldServer());
                ServerRecording recording = ServerRecording.connect(stub.address(), SOON, options, listener)) {
            summary = recording.record(events::add);
            limits = recording.header().attributes().get("limits");
        }
        assertEquals(FollowSummary.End.EXITED, summary.end());
        Event.ExceptionEntry entry = (Event.ExceptionEntry) events.stream()
                .filter(Event.ExceptionEntry.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertEquals(ExceptionKind.UNKNOWN, entry.kind());
        assertEquals(
                Optional.of(DerivationRule.HVBAR_FROM_VECTOR), entry.atVector().rule(Register.HVBAR));
        assertEquals(Integer.toUnsignedLong(BASE), entry.atVector().require(Register.HVBAR));
        assertTrue(!entry.atVector().has(Register.HSR) && !entry.atVector().has(Register.ELR_HYP));
        assertTrue(limits.startsWith("the server describes no registers: R0 to R15 and CPSR are recorded"), limits);
        assertTrue(limits.contains("HVBAR is taken from --hvbar"), limits);
        assertEquals(2, limits.split("; ").length, limits);
        assertTrue(
                notes.stream().anyMatch(note -> note.startsWith("the target takes no more than 2 breakpoints")),
                notes::toString);
    }

    @Test
    void serverWithNeitherDescriptionNorRegisters_isRefused() throws IOException {
        try (FakeStub stub = new FakeStub(FakeStub.greeting(payload -> FakeStub.packet("")))) {
            GdbException e = assertThrows(GdbException.class, () -> connect(stub.address(), SOON));
            assertTrue(
                    e.getMessage().endsWith("describes no registers and answers 0 digits to g, expected 136 or 336"),
                    e::getMessage);
        }
    }

    /** Servers that hang, hang up, refuse, or send something else: an error soon, and no more. */
    @ParameterizedTest
    @CsvSource({"silence, TIMEOUT", "hang up, CLOSED", "error, REFUSED", "garbage, TIMEOUT", "endless, PROTOCOL"})
    void serverThatFails_endsTheConnection(String how, GdbException.Kind kind) throws IOException {
        Function<String, String> script = payload -> switch (how) {
            case "silence" -> null;
            case "hang up" -> FakeStub.HANG_UP;
            case "error" -> FakeStub.packet("E01");
            case "garbage" -> "HTTP/1.1 400 Bad Request\\r\\n\\r\\n";
            default -> FakeStub.packet("m" + "x".repeat(2000));
        };
        try (FakeStub stub = new FakeStub(FakeStub.greeting(script))) {
            GdbException e = assertThrows(GdbException.class, () -> connect(stub.address(), SOON));
            assertEquals(kind, e.kind(), e::getMessage);
        }
    }
}
