package dev.hyptrace.emulator.board;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.ExampleWords;
import dev.hyptrace.emulator.decode.InstructionSet;
import dev.hyptrace.emulator.exception.Exceptions;
import dev.hyptrace.emulator.execution.Stepper;
import dev.hyptrace.emulator.instruction.Decoder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Lets whole machines execute random code in random states, and sees that nothing comes out but what the architecture has:
 * {@code src/test/tools/board/wild --seed 7 --millions 10}.
 *
 * <p>A machine has a Secure world or not, semihosting or not, and 1 MiB of RAM that holds random bytes, or random words of
 * the lines of the decode tables, among them translation table descriptors that lead to RAM and to devices. Every few hundred
 * instructions it is put into another state: any mode, A32 or Thumb, CPSR.E and IT bits, registers that point to RAM, to
 * devices (interrupt controller, UART, fw_cfg, flash, PCI, the devices of the Secure world), or are PSCI functions,
 * semihosting operations or random; and in half of the cases MCR instructions write the registers of translation, routing and
 * traps of PL1, Hyp and Monitor mode, with the MMUs on or off and the tables in the random memory.
 *
 * <p>It counts what is then executed and which exceptions were taken. A Java exception, a run that does not end where it was
 * to end, and one that takes seconds are failures.
 */
public final class WildCode {
    private static final int RAM_SIZE = 1 << 20;
    private static final int LIFE = 40_000;
    private static final int SPELL = 200;
    private static final int POOL = 1 << 16;
    private static final long SLOWEST_NANOSECONDS = 5_000_000_000L;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int PROGRESS = 1_000_000;
    private static final int KINDS = 3;

    /** Where devices are, and how far random offsets go. */
    private static final int[][] DEVICES = {
        {VirtMap.GIC_DISTRIBUTOR, VirtMap.GIC_FRAME_SIZE},
        {VirtMap.GIC_CPU_INTERFACE, 0x100},
        {VirtMap.GIC_V2M, VirtMap.GIC_FRAME_SIZE},
        {VirtMap.GIC_HYP_INTERFACE, 0x120},
        {VirtMap.GIC_VIRTUAL_CPU_INTERFACE, 0x100},
        {VirtMap.UART, 0x50},
        {VirtMap.SECURE_UART, 0x50},
        {VirtMap.SECURE_GPIO, VirtMap.DEVICE_SIZE},
        {VirtMap.SECURE_RAM, 0x1000},
        {VirtMap.RTC, 0x24},
        {VirtMap.GPIO, VirtMap.DEVICE_SIZE},
        {VirtMap.FW_CFG, VirtMap.FW_CFG_SIZE},
        {VirtMap.VIRTIO, 0x4000},
        {VirtMap.PCI_MEMORY, 0x1000},
        {VirtMap.PCI_IO, 0x1000},
        {(int) VirtMap.FLASH, 0x10_0000}
    };
    /** opc1, CRn, CRm, opc2 of registers that take the address of a table or of vectors. */
    private static final int[][] BASES = {{0, 2, 0, 0}, {0, 2, 0, 1}, {0, 12, 0, 0}, {0, 12, 0, 1}, {4, 12, 0, 0}};
    /** The same of 64 bits: opc1 and CRm. */
    private static final int[][] WIDE_BASES = {{0, 2}, {1, 2}, {4, 2}, {6, 2}};
    /** TTBCR, DACR, NSACR, CPACR, HDCR, HCPTR, HSTR, HTCR, VTCR, MAIR, CNTHCTL, timers, performance monitors, HCR, SCTLR. */
    private static final int[][] CONTROLS = {
        {0, 2, 0, 2},
        {0, 3, 0, 0},
        {0, 1, 1, 2},
        {0, 1, 0, 2},
        {4, 1, 1, 1},
        {4, 1, 1, 2},
        {4, 1, 1, 3},
        {4, 2, 0, 2},
        {4, 2, 1, 2},
        {0, 10, 2, 0},
        {4, 10, 2, 0},
        {4, 14, 1, 0},
        {0, 14, 2, 1},
        {0, 14, 3, 1},
        {4, 14, 2, 1},
        {0, 14, 2, 0},
        {0, 14, 3, 0},
        {0, 9, 12, 0},
        {0, 9, 12, 1},
        {0, 9, 14, 0},
        {4, 1, 1, 0},
        {0, 1, 0, 0},
        {4, 1, 0, 0}
    };

    private static final int[] MODES = {
        Mode.USR, Mode.FIQ, Mode.IRQ, Mode.SVC, Mode.ABT, Mode.HYP, Mode.UND, Mode.SYS, Mode.MON
    };

    private final long seed;
    private final int[][] pools;
    private final Map<ExceptionType, Long> exceptions = new EnumMap<>(ExceptionType.class);
    private final Map<String, Long> states = new TreeMap<>();
    private long executed;
    private long machines;
    private long poweredOff;
    private long unpredictable;
    private long slowest;

    WildCode(long seed) {
        this.seed = seed;
        pools = new int[][] {pool(InstructionSet.A32), pool(InstructionSet.T32), pool(InstructionSet.T16)};
    }

    /** Options: {@code --seed N} and {@code --millions N}. */
    public static void main(String[] arguments) {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        long instructions = (long) (Double.parseDouble(options.getOrDefault("--millions", "10")) * 1e6);
        WildCode code = new WildCode(Long.parseLong(options.getOrDefault("--seed", "1")));
        boolean failed = false;
        while (code.executed() < instructions) {
            List<String> failures = code.run(Math.min(instructions, code.executed() + PROGRESS));
            failures.forEach(System.out::println);
            failed |= !failures.isEmpty();
            System.out.print(code.summary());
        }
        System.exit(failed ? 1 : 0);
    }

    private int[] pool(InstructionSet set) {
        List<ExampleWords> lines = new ArrayList<>();
        for (Encoding encoding : DecodeTable.of(set).encodings()) {
            lines.add(new ExampleWords(encoding, seed));
        }
        return new Random(seed)
                .ints(POOL, 0, lines.size())
                .map(line -> lines.get(line).next())
                .toArray();
    }

    /** Runs machines until this many instructions have been executed; returns what went wrong, each with how to see it. */
    List<String> run(long instructions) {
        List<String> failures = new ArrayList<>();
        for (long number = machines; executed() < instructions && failures.size() < 20; number++) {
            new Life(number).run(failures);
        }
        return failures;
    }

    /** How many instructions were fetched and executed, without spells that ended in waiting. */
    long executed() {
        return executed - exceptions.getOrDefault(ExceptionType.PREFETCH_ABORT, 0L);
    }

    /** How often each exception was taken. */
    Map<ExceptionType, Long> exceptions() {
        return exceptions;
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "seed %d: %d instructions on %d machines, %d of which were switched off; %d UNPREDICTABLE choices;"
                        + " longest spell %d ms%nexceptions %s%ninstructions by state %s%n",
                seed,
                executed(),
                machines,
                poweredOff,
                unpredictable,
                slowest / 1_000_000,
                exceptions,
                states);
    }

    /** One machine. */
    private final class Life {
        private final long number;
        private final Random random;
        private final boolean secure;
        private final boolean semihosting;
        private final int kind;
        private final Machine machine;
        private final Cpu cpu;
        private final Stepper stepper;

        Life(long number) {
            this.number = number;
            random = new Random((seed << 32 | number) * 0x9e37_79b9_7f4a_7c15L);
            secure = random.nextBoolean();
            semihosting = random.nextBoolean();
            kind = random.nextInt(KINDS);
            Machine.Options options = new Machine.Options(VirtMap.RAM, RAM_SIZE, null, null, null, null);
            machine = new Machine(options.withSecure(secure), character -> {});
            cpu = machine.cpu();
            stepper = new Stepper(cpu, new Exceptions(), new Decoder());
            cpu.setListener(new Counter());
            if (semihosting) {
                machine.enableSemihosting();
            }
            fill();
        }

        /** Random bytes, or instructions; here and there descriptors. */
        private void fill() {
            for (int i = 0; i < RAM_SIZE; i += 4) {
                machine.memory()
                        .ram()
                        .setWord(i, random.nextInt(8) == 0 ? descriptor() : random.nextInt(64) == 0 ? call() : code());
            }
        }

        /** SMC, or a semihosting call. */
        private int call() {
            boolean smc = random.nextBoolean();
            return kind == 2 ? (smc ? 0x8000_f7f0 : 0xdfab_dfab) : smc ? 0xe160_0070 : 0xef12_3456;
        }

        private int code() {
            return switch (kind) {
                case 0 -> random.nextInt();
                case 1 -> pools[0][random.nextInt(POOL)];
                default -> {
                    int wide = pools[1][random.nextInt(POOL)];
                    yield random.nextBoolean()
                            ? wide >>> 16 | wide << 16
                            : pools[2][random.nextInt(POOL)] | pools[2][random.nextInt(POOL)] << 16;
                }
            };
        }

        /** A table, section or page of either format that leads to what there is, with random attributes. */
        private int descriptor() {
            return pointer() & ~0xfff | random.nextInt(0x1000);
        }

        private int pointer() {
            if (random.nextInt(3) != 0) {
                return (int) VirtMap.RAM + random.nextInt(RAM_SIZE);
            }
            int[] device = DEVICES[random.nextInt(DEVICES.length)];
            return device[0] + random.nextInt(device[1]);
        }

        private int value() {
            return switch (random.nextInt(8)) {
                case 0, 1, 2 -> pointer() & ~random.nextInt(4);
                case 3, 4 -> pointer() & -4;
                case 5 -> 0x8400_0000 + random.nextInt(16);
                case 6 -> random.nextInt(64);
                default -> random.nextInt();
            };
        }

        void run(List<String> failures) {
            machines++;
            long end = cpu.instructions + LIFE;
            while (cpu.instructions < end && !machine.isPoweredOff()) {
                long before = cpu.instructions;
                try {
                    enterState();
                    before = cpu.instructions;
                    long until = before + 1 + random.nextInt(2 * SPELL);
                    String state = (secure ? "secure " : "") + (semihosting ? "semihosting " : "") + translation();
                    spell(until);
                    boolean waited = (cpu.attention & Cpu.WAITING) != 0;
                    long count = waited ? 0 : Math.min(cpu.instructions - before, 2 * SPELL);
                    states.merge(state, count, Long::sum);
                    executed += count;
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                    failures.add(failure(before, e.toString() + " " + Arrays.toString(e.getStackTrace())));
                    return;
                }
            }
            poweredOff += machine.isPoweredOff() ? 1 : 0;
        }

        private void spell(long until) {
            long start = CLOCK.getCurrentThreadCpuTime();
            boolean stepped = random.nextInt(8) == 0;
            while (stepped && cpu.instructions < until && !machine.isPoweredOff()) {
                machine.step();
            }
            machine.run(until);
            long time = CLOCK.getCurrentThreadCpuTime() - start;
            slowest = Math.max(slowest, time);
            boolean early = cpu.instructions < until && !machine.isPoweredOff();
            boolean late = cpu.instructions > until && !stepped;
            if (early || late || time > SLOWEST_NANOSECONDS) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT, "run to %d ended at %d after %d ms", until, cpu.instructions, time / 1_000_000));
            }
        }

        private String failure(long at, String what) {
            return String.format(Locale.ROOT, "seed %d, machine %d, after %d instructions: %s", seed, number, at, what);
        }

        private String translation() {
            boolean hyp = cpu.mode() == Mode.HYP;
            int control = cpu.system.word(hyp ? SystemRegister.HSCTLR : SystemRegister.SCTLR);
            return (hyp ? "Hyp " : cpu.mode() == Mode.USR ? "PL0 " : "PL1 ") + ((control & 1) != 0 ? "MMU" : "flat");
        }

        private void enterState() {
            if (random.nextBoolean()) {
                control();
            }
            for (int mode : MODES) {
                for (int n = 0; n < 15; n++) {
                    if (mode != Mode.MON || secure) {
                        cpu.setRegister(n, mode == Mode.SYS ? Mode.USR : mode, value());
                    }
                }
            }
            int mode = MODES[random.nextInt(secure ? MODES.length : MODES.length - 1)];
            cpu.setCpsr(psr() & ~Psr.M | mode);
            cpu.pc = (random.nextInt(16) == 0 ? pointer() : (int) VirtMap.RAM + random.nextInt(RAM_SIZE))
                    & (cpu.thumb ? -2 : -4);
        }

        private int psr() {
            boolean thumb = kind == 2 || kind == 0 && random.nextBoolean();
            int it = thumb && random.nextInt(4) == 0 ? Psr.IT : 0;
            int free = Psr.N | Psr.Z | Psr.C | Psr.V | Psr.Q | Psr.GE | Psr.A | Psr.I | Psr.F | Psr.M;
            return random.nextInt() & (free | it) | (random.nextInt(8) == 0 ? Psr.E : 0) | (thumb ? Psr.T : 0);
        }

        /** Writes control registers by instructions, in the mode that may. */
        private void control() {
            for (int[] base : BASES) {
                write(base, (int) VirtMap.RAM + (random.nextInt(RAM_SIZE) & -0x20));
            }
            for (int[] base : WIDE_BASES) {
                privileged();
                cpu.r[0] = (int) VirtMap.RAM + (random.nextInt(RAM_SIZE) & -0x20);
                cpu.r[1] = random.nextInt() & 0xff_0000;
                stepper.step(0xec41_0f00 | base[0] << 4 | base[1], true);
            }
            for (int[] register : CONTROLS) {
                int value = random.nextInt() & (random.nextBoolean() ? -1 : random.nextInt());
                write(register, value);
            }
            if (secure) {
                write(new int[] {0, 1, 1, 0}, random.nextInt());
            }
        }

        private void write(int[] register, int value) {
            privileged();
            cpu.r[0] = value;
            int fields = register[0] << 21 | register[1] << 16 | register[3] << 5 | register[2];
            stepper.step(0xee00_0f10 | fields, true);
        }

        private void privileged() {
            int mode = secure ? (random.nextBoolean() ? Mode.MON : Mode.SVC) : Mode.HYP;
            cpu.setCpsr(Psr.A | Psr.I | Psr.F | mode);
        }
    }

    /** Counts exceptions. */
    private final class Counter implements CpuListener {
        @Override
        public void exceptionEntered(Cpu cpu, ExceptionType type) {
            exceptions.merge(type, 1L, Long::sum);
        }

        @Override
        public void unpredictable(Cpu cpu, String choice) {
            unpredictable++;
        }
    }
}
