package dev.hyptrace.emulator.use;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.Scr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.core.SystemState;
import dev.hyptrace.emulator.decode.InstructionSet;
import dev.hyptrace.emulator.instruction.Decoder;
import dev.hyptrace.emulator.system.CoprocessorRegister;
import dev.hyptrace.emulator.system.SystemRegisters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Transfers to and from every register of CP14 and CP15: which registers' values go into the result, which change. */
class SystemRegisterUseTest {
    private static final long SEED = 20240608;
    private static final int TRIALS = 36;
    private static final int A32_MRC = 0xee10_1010;
    private static final int A32_MCR = 0xee00_1010;
    private static final int A32_MRRC = 0xec52_1000;
    private static final int A32_MCRR = 0xec42_1000;
    private static final List<Integer> MODES = List.of(Mode.SVC, Mode.HYP, Mode.MON);

    private final Cpu cpu = new Cpu();
    private final Decoder decoder = new Decoder();
    private final Random random = new Random(SEED);
    private final SystemState initial = new SystemState();
    private final List<String> failures = new ArrayList<>();
    private final Set<String> effects = new TreeSet<>();

    SystemRegisterUseTest() {
        cpu.setSecurityExtensions(true);
        SystemRegisters.reset(cpu);
        cpu.system.set(SystemRegister.SCR, Scr.NS);
        initial.copyFrom(cpu.system);
    }

    /** One word for each register: that of MRC or MRRC, with R1 and R2. */
    private static Map<Integer, CoprocessorRegister> reads() {
        Map<Integer, CoprocessorRegister> words = new TreeMap<>();
        Set<CoprocessorRegister> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int bits = 0; bits < 1 << 15; bits++) {
            int p = 14 + (bits & 1);
            int opc1 = bits >> 1 & 7;
            int crn = bits >> 4 & 15;
            int crm = bits >> 8 & 15;
            int opc2 = bits >> 12 & 7;
            CoprocessorRegister register = SystemRegisters.find(p, opc1, crn, crm, opc2);
            if (register != null && seen.add(register)) {
                words.put(A32_MRC | opc1 << 21 | crn << 16 | p << 8 | opc2 << 5 | crm, register);
            }
            CoprocessorRegister wide = SystemRegisters.find(p, crn, crm);
            if (wide != null && seen.add(wide)) {
                words.put(A32_MRRC | p << 8 | crn << 4 | crm, wide);
            }
        }
        return words;
    }

    private static int write(int read) {
        return (read & 0x0f00_0000) == 0x0e00_0000 ? read ^ A32_MRC ^ A32_MCR : read ^ A32_MRRC ^ A32_MCRR;
    }

    @Test
    void transfers_ofEveryRegister_useWhatIsNamed() {
        Map<Integer, CoprocessorRegister> words = reads();
        words.forEach((read, register) -> {
            Operation reading = decoder.decodeA32(read, 0);
            Operation writing = decoder.decodeA32(write(read), 0);
            for (int trial = 0; trial < TRIALS; trial++) {
                int mode = MODES.get(trial % MODES.size());
                cpu.setCpsr(mode);
                randomize();
                checkRead(register, reading, RegisterUse.of(InstructionSet.A32, read, false, mode));
                checkWrite(register, writing, RegisterUse.of(InstructionSet.A32, write(read), false, mode));
            }
        });
        assertEquals("", String.join("\n", failures), "seed " + SEED);
        assertEquals(Set.of(), unseen(words.values()), "seed " + SEED);
    }

    /** What the table names besides the register itself, and no transfer ever used. */
    private Set<String> unseen(Collection<CoprocessorRegister> registers) {
        Set<String> names = registers.stream().map(CoprocessorRegister::name).collect(Collectors.toSet());
        assertEquals(
                Set.of(),
                UseTable.asideNames().stream()
                        .filter(name -> !names.contains(name))
                        .collect(Collectors.toSet()));
        Set<String> unseen = new TreeSet<>();
        for (String name : UseTable.asideNames()) {
            UseTable.aside(name, false).forEach(other -> unseen.add("MRC " + name + " " + other));
            UseTable.aside(name, true).forEach(other -> unseen.add("MCR " + name + " " + other));
        }
        unseen.removeAll(effects);
        return unseen;
    }

    /** Registers that decide on rights keep the values that grant them. */
    private void randomize() {
        cpu.system.copyFrom(initial);
        for (SystemRegister register : SystemRegister.all()) {
            if (isData(register)) {
                cpu.system.set(register, value(register));
            }
        }
        cpu.instructions = random.nextInt(1 << 20);
        cpu.system.setCountedUntil(cpu.instructions);
        cpu.r[1] = random.nextInt();
        cpu.r[2] = random.nextInt();
    }

    /** A random value; for selections, timers and counters such that something comes of it. */
    private long value(SystemRegister register) {
        return switch (register) {
            case PMSELR -> random.nextInt(4) == 0 ? 31 : random.nextInt(6);
            case CSSELR -> random.nextInt(3);
            case CNTP_CVAL, CNTV_CVAL, CNTHP_CVAL -> random.nextInt(1 << 17);
            case CNTVOFF -> random.nextInt(1 << 12);
            case PMXEVTYPER0, PMXEVTYPER1, PMXEVTYPER2, PMXEVTYPER3, PMXEVTYPER4, PMXEVTYPER5 ->
                random.nextInt() & (random.nextBoolean() ? -1 : ~0xffff);
            case PMXEVCNTR0, PMXEVCNTR1, PMXEVCNTR2, PMXEVCNTR3, PMXEVCNTR4, PMXEVCNTR5 ->
                random.nextBoolean() ? -1 : random.nextInt();
            default -> random.nextLong();
        };
    }

    private static boolean isData(SystemRegister register) {
        return switch (register) {
            case SCR, HCR, HSTR, HDCR, HCPTR, CPACR, NSACR, SCTLR, HSCTLR, CNTKCTL, CNTHCTL, PMUSERENR, TEECR, FPEXC ->
                false;
            default -> true;
        };
    }

    private OptionalInt execute(Operation operation) {
        int[] kept = cpu.r.clone();
        try {
            operation.execute(cpu);
            return OptionalInt.of(cpu.r[1] ^ 31 * cpu.r[2]);
        } catch (ProcessorException e) {
            return OptionalInt.empty();
        } finally {
            System.arraycopy(kept, 0, cpu.r, 0, kept.length);
        }
    }

    private void checkRead(CoprocessorRegister register, Operation operation, RegisterUse use) {
        SystemState state = new SystemState();
        state.copyFrom(cpu.system);
        List<String> named = use.reads().named();
        OptionalInt result = execute(operation);
        for (SystemRegister other : SystemRegister.all()) {
            cpu.system.copyFrom(state);
            if (isData(other)) {
                cpu.system.set(other, value(other));
                boolean matters = !execute(operation).equals(result);
                note(matters, "MRC", register, other, named);
            }
        }
        cpu.system.copyFrom(state);
    }

    private void checkWrite(CoprocessorRegister register, Operation operation, RegisterUse use) {
        SystemState state = new SystemState();
        state.copyFrom(cpu.system);
        List<String> named = use.writes().named();
        execute(operation);
        for (SystemRegister other : SystemRegister.all()) {
            boolean changed = cpu.system.peek(other, false) != state.peek(other, false);
            note(changed, "MCR", register, other, named);
        }
    }

    private void note(
            boolean used, String how, CoprocessorRegister register, SystemRegister other, List<String> named) {
        if (used) {
            effects.add(how + " " + register.name() + " " + other.name());
            if (!named.contains(other.name()) && failures.size() < 20) {
                failures.add(how + " " + register + " in mode " + Mode.name(cpu.mode()) + ": " + other + ", not in "
                        + named);
            }
        }
    }
}
