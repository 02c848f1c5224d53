package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.lockstep.Comparison.Difference;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compares random code with QEMU: {@code src/test/tools/oracle/fuzz --seed 7 --millions 5}.
 *
 * <p>Every line of the decode tables is executed in User, Supervisor, Abort, Undefined, IRQ, FIQ and System mode of either
 * world, in Hyp mode and in Monitor mode, in A32 and Thumb, with CPSR.E of both values: most often alone, else with up to seven
 * others, and after CPS to another mode. It prints each difference with what {@code --reproduce} needs to see it again, and at the end how many instructions
 * were executed of each class in each mode.
 *
 * <p>In the Secure world SCR is random, too; SCR.NS is set in a third of the trials that start in Monitor mode, so that an exception
 * return, MSR or CPS there, or MCR to SCR in any mode, leads to the Non-secure world, where the trial goes on. Both copies of
 * banked system registers are compared.
 *
 * <p>Left out are:
 *
 * <ul>
 *   <li>WFE and WFI: no interrupt ends them here;
 *   <li>accesses to registers of CP14 and CP15 but for those of {@link CoprocessorTransfers}: they would take the machine from
 *       under the harness, or tell time; the guests of {@code src/test/tools/system} and {@code board} try each of them;
 *   <li>interrupts and external aborts, so that SMC is all that leads to Monitor mode's vectors;
 *   <li>what ends in the Non-secure world with SCR.SCD set, from which SMC does not return; LR_mon and SPSR_mon, where SMC has
 *       to bring the outcome from there;
 *   <li>trials that come, by a change of mode or a branch between instructions, to an instruction that is left out in the mode and
 *       instruction set in which it is executed: MRS of SPSR after CPS to System mode, for one;
 *   <li>words with a wrong should-be bit, which {@code QemuTest} has;
 *   <li>code that does not come to an exception within 48 instructions, such as branches to themselves;
 *   <li>accesses at 0x40000000 to 0x4fffffff, where QEMU has the harness, and SMC with a PSCI function in R0;
 *   <li>branches to A32 addresses with bit 1 set, which are UNPREDICTABLE: QEMU aborts the fetch, the emulated processor ignores
 *       the bit;
 *   <li>IT bits in an SPSR after Thumb code, and code after an IT block of which the last instruction is MRS or MSR of a banked
 *       register, MRC, MCR, MRRC, MCRR, VMRS or SRS: {@link dev.hyptrace.emulator.core.QemuDeviation} says why;
 *   <li>bit 20 of PSRs, reserved, and what it does: the same;
 *   <li>exception returns (SUBS PC, MOVS PC and its shifts, LDM, ERET), MRS of SPSR, and LDM and STM of User SP and LR in System and User mode, and the latter in Hyp mode:
 *       UNPREDICTABLE, QEMU takes what it has left in its copy;
 *   <li>MRS, SWP and MRRC to the PC, VLDn and VSTn with the PC as base, LDRD and STRD with the PC as base of
 *       the immediate form, LDRD to the PC or to its own offset, VMRS of another register than FPSCR to APSR: UNPREDICTABLE;
 *   <li>what part of an unaligned doubleword was stored or loaded before a data abort on its second page: QEMU has it as one access;
 *   <li>LDC and STC of coprocessor 9: QEMU takes some for VLDR and VSTR of ARMv8.2 halfwords;
 *   <li>VLDM and VSTM beyond D31, UNPREDICTABLE: the registers hold what earlier trials on QEMU left there.
 * </ul>
 */
public final class Fuzz {
    private static final int BATCH = 50_000;
    private static final int SHOWN = 40;

    private final World world;
    private final long seed;
    private final long instructions;
    private final int workers;
    private final PrintStream out;
    private final Coverage coverage;
    private long differences;

    private Fuzz(World world, long seed, long instructions, int workers, PrintStream out) {
        this.world = world;
        this.seed = seed;
        this.instructions = instructions;
        this.workers = workers;
        this.coverage = new Coverage(world);
        this.out = out;
    }

    /**
     * Options: {@code --world nonsecure} or {@code secure}, else both, {@code --seed N}, {@code --millions N} for each world,
     * {@code --workers N}, each with a QEMU, and {@code --reproduce TRIAL}.
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        if (options.containsKey("--reproduce")) {
            System.exit(reproduce(Trial.parse(options.get("--reproduce")), System.out) ? 0 : 1);
        }
        long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
        double millions = Double.parseDouble(options.getOrDefault("--millions", "1"));
        int workers = Integer.parseInt(options.getOrDefault("--workers", "2"));
        List<World> worlds = options.containsKey("--world")
                ? List.of(World.valueOf(options.get("--world").toUpperCase(Locale.ROOT)))
                : List.of(World.values());
        boolean same = true;
        for (World world : worlds) {
            same &= new Fuzz(world, seed, (long) (millions * 1e6), workers, System.out).run();
        }
        System.exit(same ? 0 : 1);
    }

    private static boolean reproduce(Trial trial, PrintStream out) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("lockstep");
        try {
            Coverage coverage = new Coverage(trial.world);
            Comparison comparison = new Comparison(trial.world, new Guest(trial.world, directory), coverage);
            List<Difference> found = comparison.differences(List.of(trial));
            out.println(found.isEmpty() ? coverage + "no difference" : found.get(0));
            return found.isEmpty();
        } finally {
            delete(directory);
        }
    }

    private boolean run() throws InterruptedException {
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            long workerSeed = seed * workers + i;
            Thread worker = new Thread(() -> work(workerSeed));
            worker.start();
            threads.add(worker);
        }
        for (Thread worker : threads) {
            worker.join();
        }
        out.print(coverage);
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf(Locale.ROOT, "%s, seed %d: %d differences in %.0f s%n", world.option(), seed, differences, seconds);
        return differences == 0;
    }

    private void work(long workerSeed) {
        Path directory = null;
        try {
            directory = Files.createTempDirectory(
                    Files.isDirectory(Path.of("/dev/shm")) ? Path.of("/dev/shm") : Path.of("/tmp"), "lockstep");
            Generator generator = new Generator(world, workerSeed);
            Comparison comparison = new Comparison(world, new Guest(world, directory), coverage);
            while (coverage.total() < instructions) {
                List<Trial> batch = new ArrayList<>();
                while (batch.size() < BATCH) {
                    batch.add(generator.next());
                }
                for (Difference difference : comparison.differences(batch)) {
                    show(comparison, difference);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            delete(directory);
        }
    }

    private synchronized void show(Comparison comparison, Difference difference)
            throws IOException, InterruptedException {
        differences++;
        if (differences <= SHOWN) {
            out.println(comparison.shrink(difference));
        } else {
            out.println(difference);
        }
    }

    private static void delete(Path directory) {
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
