package dev.hyptrace.emulator.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The device tree beside the one that QEMU makes: the same but for the seeds. */
class VirtDeviceTreeTest {
    @Test
    void build_givesTheTreeOfQemu(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(isInstalled("qemu-system-arm"), "needs qemu-system-arm: apt-get install qemu-system-arm");
        assumeTrue(isInstalled("dtc"), "needs dtc: apt-get install device-tree-compiler");
        Path theirs = folder.resolve("qemu.dtb");
        Path ours = folder.resolve("ours.dtb");
        run(
                "qemu-system-arm",
                "-M",
                "virt,virtualization=on,dumpdtb=" + theirs,
                "-cpu",
                "cortex-a15",
                "-m",
                "256",
                "-display",
                "none");
        Files.write(ours, VirtDeviceTree.build(256 << 20, null, null));
        assertEquals(Files.size(theirs), Files.size(ours));
        assertEquals(source(theirs), source(ours));
    }

    private static List<String> source(Path blob) throws IOException, InterruptedException {
        return run("dtc", "-q", "-I", "dtb", "-O", "dts", blob.toString())
                .lines()
                .filter(line -> !line.contains("-seed"))
                .toList();
    }

    private static boolean isInstalled(String program) {
        try {
            run(program, "--version");
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(1, TimeUnit.MINUTES);
        return output;
    }
}
