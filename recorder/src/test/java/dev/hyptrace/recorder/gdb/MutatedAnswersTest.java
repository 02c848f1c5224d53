package dev.hyptrace.recorder.gdb;

import static dev.hyptrace.recorder.gdb.FakeStub.packet;

import dev.hyptrace.traces.hostile.HostileInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stub sends, changed from the first byte on: the client takes it or says what is wrong with it. */
class MutatedAnswersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String[] LIKELY = {
        "+$OK#9a",
        "-",
        "$#00",
        "$E01#a6",
        "$W00#b7",
        "$X0b#ea",
        "$O48690a#8d",
        "$T05thread:p01.02;#00",
        "$l#6c",
        "$m1,2#8c",
        "}\3",
        "*~",
        "* ",
        "%Stop:",
        "\3"
    };

    @TempDir
    private Path folder;

    private static byte[] session(boolean acknowledged) {
        String description = "l<?xml version=\"1.0\"?><target><feature name=\"org.gnu.gdb.arm.core\">"
                + "<reg name=\"r0\" bitsize=\"32\"/><reg name=\"sp\" bitsize=\"32\" regnum=\"13\"/><reg name=\"lr\" bitsize=\"32\"/>"
                + "<reg name=\"pc\" bitsize=\"32\"/><reg name=\"cpsr\" bitsize=\"32\" regnum=\"25\"/>"
                + "<reg name=\"HVBAR\" bitsize=\"32\"/><reg name=\"d0\" bitsize=\"64\"/></feature></target>";
        List<String> answers = List.of(
                "PacketSize=1000;qXfer:features:read+",
                acknowledged ? "" : "OK",
                acknowledged ? "ENABLE=1,NOIRQ=2,NOTIMER=4" : "T05thread:01;",
                acknowledged ? "T05thread:p01.01;" : description,
                acknowledged ? description : "m1,2",
                acknowledged ? "m1" : "l",
                acknowledged ? "l" : "OK",
                "00* 0* 78000040da010060",
                "40020140",
                "xxxxxxxxxxxxxxxx",
                "700040e1",
                "O48690a",
                "4f4b0a",
                "OK",
                "O48690a",
                "T05thread:01;hwbreak:;",
                "S02",
                "OK",
                "OK",
                "W00");
        StringBuilder session = new StringBuilder();
        answers.forEach(answer -> session.append(acknowledged ? "+" : "").append(packet(answer)));
        return session.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void mutatedAnswers_areTakenOrRefused() throws IOException {
        try (ScriptedStub stub = new ScriptedStub(folder)) {
            HostileInput.binary("gdb answers", List.of(session(false), session(true)), LIKELY)
                    .refusedWith(GdbException.class, ScriptedStub.NAME)
                    .read(1000, input -> stub.said(input, MutatedAnswersTest::talk));
        }
    }

    private static String talk(GdbChannel channel) throws IOException {
        GdbClient client = GdbClient.open(channel, PATIENCE);
        TargetDescription description = client.description();
        StringBuilder outcome =
                new StringBuilder("described ").append(client.threads().size() > 1);
        try {
            client.select(1);
            RegisterMap map = RegisterMap.of(client.name(), description, RegisterAliases.standard());
            RegisterReader reader = new RegisterReader(client, description, map);
            outcome.append(" read ").append(reader.readAll().registers());
            outcome.append(" memory ").append(client.readMemory(0x8000, 4).isPresent());
            outcome.append(" said ").append(client.monitor("version"));
            outcome.append(" wrote ").append(client.writeMemory(0x8000, new byte[4]));
            outcome.append(" stepped ").append(client.step(1));
            outcome.append(" stopped ").append(client.awaitStop(PATIENCE));
            client.insertBreakpoint(0x8000);
            client.removeBreakpoint(0x8000);
            outcome.append(" ran ").append(client.command("?"));
        } catch (GdbException refused) {
            outcome.append(refused.getMessage());
        }
        client.detach();
        return outcome.toString();
    }
}
