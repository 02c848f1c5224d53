package dev.hyptrace.cli.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.cli.Cli;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code record gdb} against answers of OpenOCD that were changed at random: a sentence and exit status 2, or a recording, and
 * never anything else. {@code -Dhyptrace.mutations=N} tries more of them.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class OpenOcdMutationTest {
    private static final int SEED = 12;
    private static final int FEW = 25;

    @TempDir
    private Path folder;

    @Test
    void changedAnswers_neverEndInAnythingButASentence() throws IOException {
        PacketLog log;
        try (InputStream stream = OpenOcdPacketsTest.class.getResourceAsStream(OpenOcdPacketsTest.RESOURCE)) {
            log = PacketLog.read(stream);
        }
        int count = Integer.getInteger("hyptrace.mutations", FEW);
        for (int seed = SEED; seed < SEED + count; seed++) {
            Path recording = folder.resolve(seed + ".htr");
            try (PacketPlayer player = new PacketPlayer(mutated(log, new Random(seed)), PacketPlayer.Fault.NONE, 0)) {
                Cli cli = OpenOcdPacketsTest.record(recording, player.port());
                String what = "seed " + seed + ": " + cli.err();
                assertTrue(cli.status() == 0 || cli.status() == 2, what);
                assertTrue(cli.err().lines().allMatch(line -> line.matches("hyp(trace|ercall).*")), what);
                assertTrue(!cli.err().contains("Exception"), what);
            }
            if (Files.exists(recording)) {
                assertEquals(0, Cli.run("info", recording).status(), "seed " + seed);
                Files.delete(recording);
            }
        }
    }

    /** One or two answers are cut, filled with other characters, exchanged, or left out. */
    private static PacketLog mutated(PacketLog log, Random random) {
        List<PacketLog.Entry> entries = new ArrayList<>(log.entries());
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            int at = answer(entries, random);
            String payload = entries.get(at).payload();
            String changed =
                    switch (random.nextInt(5)) {
                        case 0 -> payload.substring(0, random.nextInt(payload.length() + 1));
                        case 1 -> replaced(payload, random);
                        case 2 -> entries.get(answer(entries, random)).payload();
                        case 3 ->
                            List.of("", "E01", "OK", "O", "xxxxxxxx", "W00", "l", "m", "T05", "-")
                                    .get(random.nextInt(10));
                        default -> payload + payload;
                    };
            entries.set(at, new PacketLog.Entry(false, changed));
        }
        return new PacketLog(entries);
    }

    private static int answer(List<PacketLog.Entry> entries, Random random) {
        int at = random.nextInt(entries.size());
        while (entries.get(at).fromClient()) {
            at = (at + 1) % entries.size();
        }
        return at;
    }

    private static String replaced(String payload, Random random) {
        StringBuilder text = new StringBuilder(payload);
        for (int i = 0; i < text.length(); i++) {
            if (random.nextInt(8) == 0) {
                text.setCharAt(i, "0123456789abcdefx:{ ".charAt(random.nextInt(20)));
            }
        }
        return text.toString();
    }
}
