package dev.hyptrace.emulator.oracle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Executes cases on QEMU's Cortex-A15, all in one run, with the harness of {@code src/test/tools/oracle}. */
final class Qemu {
    private static final Path HARNESS = Path.of("src/test/tools/oracle/harness.S");
    private static final int HEADER = 64;
    /** Bytes after a case, up to {@link #WORDS}. */
    private static final int CASE_PADDING = 12;

    private static final int WORDS = 136;
    private static final long TIMEOUT_SECONDS = 600;

    private final Path directory;

    /**
     * @param directory where to put the harness and its data
     */
    Qemu(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        execute("arm-none-eabi-as", "-o", "harness.o", HARNESS.toAbsolutePath().toString());
        execute("arm-none-eabi-ld", "-Ttext=0x40100000", "-o", "harness.elf", "harness.o");
    }

    /** Which tool is missing, and how to get it; empty when all are there. */
    static String missing() {
        return isInstalled("qemu-system-arm")
                ? isInstalled("arm-none-eabi-as")
                        ? ""
                        : "needs arm-none-eabi-as: apt-get install binutils-arm-none-eabi"
                : "needs qemu-system-arm: apt-get install qemu-system-arm";
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The outcomes in the order of the cases. */
    List<Outcome> run(List<Case> cases) throws IOException, InterruptedException {
        ByteBuffer input =
                ByteBuffer.allocate(HEADER + cases.size() * WORDS * 4).order(ByteOrder.LITTLE_ENDIAN);
        input.putInt(cases.size()).position(HEADER);
        for (Case aCase : cases) {
            put(input, aCase.r);
            input.putInt(aCase.cpsr);
            put(input, aCase.slot());
            put(input, aCase.memory);
            for (long d : aCase.extension.d) {
                input.putLong(d);
            }
            input.putInt(aCase.extension.fpscr).position(input.position() + CASE_PADDING);
        }
        Files.write(directory.resolve("cases.bin"), input.array());
        Files.deleteIfExists(directory.resolve("results.bin"));
        execute(("qemu-system-arm -M virt -cpu cortex-a15 -m 512 -display none -serial none -monitor none"
                        + " -kernel harness.elf -device loader,file=cases.bin,addr=0x41000000,force-raw=on"
                        + " -semihosting-config enable=on,target=native")
                .split(" "));
        ByteBuffer output = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("results.bin")))
                .order(ByteOrder.LITTLE_ENDIAN);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            outcomes.add(outcome(output.position(i * WORDS * 4)));
        }
        return outcomes;
    }

    private static Outcome outcome(ByteBuffer buffer) {
        int[] r = get(buffer, 15);
        int lr = buffer.getInt();
        int spsr = buffer.getInt();
        int vector = buffer.getInt();
        buffer.getLong();
        int[] memory = get(buffer, Case.MEMORY_WORDS);
        long[] d = new long[ExtensionState.REGISTERS];
        Arrays.setAll(d, i -> buffer.getLong());
        ExtensionState extension = new ExtensionState(d, buffer.getInt());
        return new Outcome(r, spsr, vector, Outcome.pc(vector, lr, spsr), memory, extension);
    }

    private static void put(ByteBuffer buffer, int[] words) {
        for (int word : words) {
            buffer.putInt(word);
        }
    }

    private static int[] get(ByteBuffer buffer, int count) {
        int[] words = new int[count];
        Arrays.setAll(words, i -> buffer.getInt());
        return words;
    }

    private void execute(String... command) throws IOException, InterruptedException {
        Path log = directory.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException(command[0] + " did not end within " + TIMEOUT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException(command[0] + " failed: " + Files.readString(log));
        }
    }
}
