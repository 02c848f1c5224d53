package dev.hyptrace.emulator.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyptrace.emulator.board.VirtDeviceTree.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The device tree beside the one that QEMU makes: the same but for the seeds. */
class VirtDeviceTreeTest {
    @Test
    void tree_ofTheBoard_isQemus(@TempDir Path folder) throws IOException, InterruptedException {
        assertSame(folder, "virt,virtualization=on", 256, new Content(256L << 20, null, null, false, true, null));
    }

    /** QEMU leaves PSCI to what starts in the Secure world. */
    @Test
    void tree_withASecureWorld_isQemus(@TempDir Path folder) throws IOException, InterruptedException {
        String board = "virt,secure=on,virtualization=on";
        assertSame(folder, board, 512, new Content(512L << 20, null, null, true, false, null));
    }

    @Test
    void tree_forALinuxKernelBesideASecureWorld_isQemus(@TempDir Path folder) throws IOException, InterruptedException {
        Path kernel = Files.write(folder.resolve("kernel"), new byte[64]);
        assertSame(
                folder,
                "virt,secure=on,virtualization=on",
                128,
                new Content(128L << 20, "quiet", null, true, true, null),
                "-kernel",
                kernel.toString(),
                "-append",
                "quiet");
    }

    @Test
    void tree_withAGuestForAHypervisor_isQemus(@TempDir Path folder) throws IOException, InterruptedException {
        Path kernel = Files.write(folder.resolve("kernel"), new byte[64]);
        assertSame(
                folder,
                "virt,virtualization=on",
                1024,
                new Content(1L << 30, "a=1", null, false, true, new FirstGuest(0x4900_0000, new byte[64], "b=2 c")),
                "-kernel",
                kernel.toString(),
                "-append",
                "a=1",
                "-device",
                "guest-loader,addr=0x49000000,bootargs=b=2 c,kernel=" + kernel);
    }

    private static void assertSame(Path folder, String board, int mebibytes, Content content, String... more)
            throws IOException, InterruptedException {
        assumeTrue(isInstalled("qemu-system-arm"), "needs qemu-system-arm: apt-get install qemu-system-arm");
        assumeTrue(isInstalled("dtc"), "needs dtc: apt-get install device-tree-compiler");
        Path theirs = folder.resolve("qemu.dtb");
        Path ours = folder.resolve("ours.dtb");
        String memory = Integer.toString(mebibytes);
        List<String> command = new ArrayList<>(List.of("qemu-system-arm", "-M", board + ",dumpdtb=" + theirs));
        command.addAll(List.of("-cpu", "cortex-a15", "-m", memory, "-display", "none"));
        command.addAll(List.of(more));
        run(command.toArray(String[]::new));
        Files.write(ours, VirtDeviceTree.build(content));
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
