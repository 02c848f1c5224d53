package dev.hyptrace.recorder.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** GNU binutils for Arm: what a test's source text is as bytes and as a guest. */
public final class Assembler {
    /** Where {@link #guest} puts its text. */
    public static final int BASE = 0x4001_0000;

    private static final String PREFIX = "arm-none-eabi-";

    private Assembler() {}

    /** Skips the test when binutils are not installed. */
    public static void assumeInstalled() {
        assumeTrue(isInstalled(PREFIX + "as"), "needs arm-none-eabi-as: apt-get install binutils-arm-none-eabi");
    }

    /** Whether a program is in PATH. */
    public static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The bytes that a source text assembles to. */
    public static byte[] bytes(Path folder, String source) throws IOException {
        Path object = assemble(folder, source);
        Path binary = folder.resolve("text.bin");
        run(folder, List.of(PREFIX + "objcopy", "-O", "binary", "-j", ".text", object.toString(), binary.toString()));
        return Files.readAllBytes(binary);
    }

    /** An ELF file of the source text at {@link #BASE}, with its entry at {@code _start}. */
    public static Path guest(Path folder, String source) throws IOException {
        Path object = assemble(folder, source);
        Path elf = folder.resolve("guest.elf");
        String base = "-Ttext=0x" + Integer.toHexString(BASE);
        run(folder, List.of(PREFIX + "ld", base, "-o", elf.toString(), object.toString()));
        return elf;
    }

    private static Path assemble(Path folder, String source) throws IOException {
        Path file = folder.resolve("source.s");
        Path object = folder.resolve("source.o");
        Files.writeString(file, ".syntax unified\n.arch armv7-a\n.arch_extension virt\n.arch_extension sec\n" + source);
        run(folder, List.of(PREFIX + "as", "-o", object.toString(), file.toString()));
        return object;
    }

    private static void run(Path folder, List<String> command) throws IOException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "hangs: " + command);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        assertEquals(0, process.exitValue(), () -> command + ": " + read(output));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
