package dev.hyptrace.emulator.lockstep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Executes trials of one world on QEMU's Cortex-A15 with the Virtualization Extensions, many in one run: {@code lockstep.S} and
 * {@code lockstep-secure.S}.
 */
final class Guest {
    /** The most trials of one run. */
    static final int MOST = 100_000;

    private static final Path TOOLS = Path.of("src/test/tools/oracle");
    private static final int RAM_SIZE = 512 << 20;
    private static final int HEADER = 64;
    private static final int HVC_FROM_BELOW = 5;
    private static final int HVC_CLASS = 0x12;
    private static final long TIMEOUT_SECONDS = 3;
    private static final String LOG = "output.txt";
    /** Where the harness keeps the number of trials that are left. */
    private static final int LEFT_OFFSET = 0x10_1004;

    private final World world;
    private final Path directory;
    private final MappedByteBuffer ram;

    /**
     * @param directory where to put the harness and the memory of the machine
     */
    Guest(World world, Path directory) throws IOException, InterruptedException {
        this.world = world;
        this.directory = directory;
        execute("arm-none-eabi-as", "-I", tool(""), "-o", "lockstep.o", tool(world.harness));
        execute("arm-none-eabi-ld", "-T", tool("lockstep.ld"), "-o", "lockstep.elf", "lockstep.o");
        try (FileChannel file = FileChannel.open(
                directory.resolve("ram"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            ram = file.map(MapMode.READ_WRITE, 0, RAM_SIZE);
        }
        ram.order(ByteOrder.LITTLE_ENDIAN);
        Layout.write(ram, world, true);
    }

    private static String tool(String name) {
        return TOOLS.resolve(name).toAbsolutePath().toString();
    }

    /** The results in the order of the trials, which are {@link #MOST} at most. */
    List<Result> run(List<Trial> trials) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        while (results.size() < trials.size()) {
            results.addAll(runSome(trials.subList(results.size(), trials.size())));
        }
        return results;
    }

    /** The results of all trials, or up to one at which QEMU hangs or ends: that has no vector. */
    private List<Result> runSome(List<Trial> trials) throws IOException, InterruptedException {
        ram.putInt(Layout.CASES_OFFSET, trials.size());
        ByteBuffer input = at(Layout.CASES_OFFSET + HEADER);
        for (Trial trial : trials) {
            int[] state = trial.state();
            input.asIntBuffer().put(state);
            input.position(input.position() + 4 * state.length);
        }
        Layout.write(ram, world, true);
        ram.putInt(LEFT_OFFSET, trials.size());
        Process qemu = start(("qemu-system-arm -M " + world.machine + ",memory-backend=ram -cpu cortex-a15 -m 512"
                        + " -object memory-backend-file,id=ram,size=512M,mem-path=ram,share=on"
                        + " -display none -serial none -monitor none -kernel lockstep.elf")
                .split(" "));
        watch(qemu);
        int done = trials.size() - ram.getInt(LEFT_OFFSET);
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < Math.min(done + 1, trials.size()); i++) {
            int[] words = new int[Result.WORDS];
            if (i < done) {
                at(Layout.RESULTS_OFFSET + i * Result.WORDS * 4).asIntBuffer().get(words);
                tidy(words, world);
            } else {
                words[Result.VECTOR] = -1;
            }
            results.add(new Result(world, words));
        }
        return results;
    }

    /** Waits for the end, and makes it when there is no progress. */
    private void watch(Process qemu) throws InterruptedException {
        int left = -1;
        while (!qemu.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            if (ram.getInt(LEFT_OFFSET) == left) {
                qemu.destroyForcibly().waitFor();
                return;
            }
            left = ram.getInt(LEFT_OFFSET);
        }
    }

    private ByteBuffer at(int offset) {
        return ram.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(offset);
    }

    /** Removes what a result does not use. */
    private static void tidy(int[] words, World world) {
        if (world == World.NONSECURE) {
            tidyVector(words);
        }
        if (world == World.SECURE) {
            Arrays.fill(words, SecureState.COPIES_END, Result.WORDS, 0);
        }
        int changes = Math.min(words[Result.CHANGES], world.mostChanges);
        for (int i = Result.NOTED_CHANGES + 2 * changes; i < Result.NOTED_CHANGES + 2 * world.mostChanges; i++) {
            words[i] = 0;
        }
    }

    /** Removes what the way from a vector of PL1 to the harness left. */
    private static void tidyVector(int[] words) {
        int vector = words[Result.VECTOR];
        int link = words[Trial.ELR_HYP];
        boolean call = vector == HVC_FROM_BELOW && words[Result.HSR] >>> 26 == HVC_CLASS;
        if (call && link > Layout.VECTORS && link <= Layout.HYP_VECTORS) {
            words[Result.VECTOR] = (link - Layout.VECTORS >> 2) - 1;
            words[Trial.ELR_HYP] = 0;
            words[Result.HSR] = 0;
        } else {
            words[Result.VECTOR] = Result.HYP + vector;
        }
        for (int i = Result.CHANGES + 1; i < Trial.D; i++) {
            words[i] = 0;
        }
    }

    private void execute(String... command) throws IOException, InterruptedException {
        int status = start(command).waitFor();
        if (status != 0) {
            throw new IOException(command[0] + " failed: " + Files.readString(directory.resolve(LOG)));
        }
    }

    private Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(LOG).toFile())
                .start();
    }
}
