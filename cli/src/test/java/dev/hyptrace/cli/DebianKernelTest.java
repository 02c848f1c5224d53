package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job, end to end: QEMU boots Debian's kernel in HYP, its hypercalls are recorded, and the built-in machine runs the same
 * image from its first instruction to the third, some two thousand million instructions. Needs QEMU and the kernel: the
 * environment variable {@code HYPTRACE_DEBIAN_KERNEL} names the vmlinuz of a linux-image-6.1.*-armmp; {@code .ci/run} fetches it.
 */
class DebianKernelTest {
    private static final List<String> EACH_POINT = List.of(
            "R0", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12", "SP", "LR", "PC", "CPSR",
            "HVBAR", "HCR", "HSCTLR");

    @TempDir
    private Path folder;

    @Test
    void recordedBoot_besideARunOfTheSameImage_isTheSame() {
        String kernel = System.getenv("HYPTRACE_DEBIAN_KERNEL");
        assumeTrue(
                kernel != null && Files.isReadable(Path.of(kernel)),
                "needs Debian's vmlinuz-6.1.*-armmp, named by HYPTRACE_DEBIAN_KERNEL");
        assumeTrue(isInstalled("qemu-system-arm"), "needs qemu-system-arm: apt-get install qemu-system-arm");
        Path recording = folder.resolve("debian.htr");
        Cli record = Cli.run(record(recording, kernel).toArray());
        assertEquals(0, record.status(), record::err);
        assertPointsAreRecorded(recording);
        Cli diff = Cli.run("diff", "--mode", "run", "--image", kernel, recording);
        assertEquals(0, diff.status(), diff::err);
        assertTrue(diff.out().startsWith("SAME: 3 hypercalls, "), diff::out);
        assertTrue(diff.out().contains("\nHypercall 3 never returns: its handler enters other code at 0x"), diff::out);
        assertTrue(diff.out().contains("SVC by itself at 0x"), diff::out);
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static List<Object> record(Path recording, String kernel) {
        List<Object> words = new ArrayList<>(List.of("record", "qemu", "-o", recording, "--limit", 3, "--"));
        words.addAll(List.of("-M", "virt,virtualization=on", "-cpu", "cortex-a15", "-m", "256", "-nographic"));
        words.addAll(List.of("-kernel", kernel, "-append", "console=ttyAMA0 earlycon panic=-1", "-no-reboot"));
        return words;
    }

    private static void assertPointsAreRecorded(Path recording) {
        JsonObject json = JsonParser.parseString(
                        Cli.run("export", "--format", "json", recording).out())
                .getAsJsonObject();
        JsonArray calls = json.getAsJsonArray("hypercalls");
        assertEquals(3, calls.size());
        for (int i = 0; i < calls.size(); i++) {
            JsonObject call = calls.get(i).getAsJsonObject();
            for (String point : List.of("call", "vector", "return")) {
                assertTrue(call.getAsJsonObject(point).keySet().containsAll(EACH_POINT), point + " of " + call);
            }
            assertTrue(call.getAsJsonObject("vector").has("HSR"), call.toString());
        }
        JsonObject last = calls.get(2).getAsJsonObject();
        assertEquals("entered another payload in HYP", last.get("outcome").getAsString());
        assertEquals("svc", last.getAsJsonObject("departure").get("mode").getAsString());
    }
}
