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
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Transfers to and from every register of CP14 and CP15: which registers' values go into the result, which change. */
class SystemRegisterUseTest {
    private static final long SEED = 20240608;
    private static final int TRIALS = 40;
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
            for (int trial = 0; trial < TRIALS; trial++) {
                int mode = MODES.get(random.nextInt(MODES.size()));
                randomize();
                checkRead(register, read, mode);
                checkWrite(register, write(read), mode);
            }
        });
        assertEquals("", String.join("\n", failures), "seed " + SEED);
        assertEquals(255 - 10, words.size());
    }

    /** Registers that decide on rights keep the values that grant them. */
    private void randomize() {
        cpu.system.copyFrom(initial);
        for (SystemRegister register : SystemRegister.all()) {
            if (isData(register)) {
                cpu.system.set(register, random.nextLong());
            }
        }
        cpu.system.set(SystemRegister.PMSELR, random.nextInt(8) == 0 ? 31 : random.nextInt(6));
        cpu.instructions = random.nextInt(1 << 20);
        cpu.system.setCountedUntil(cpu.instructions);
        cpu.r[1] = random.nextInt();
        cpu.r[2] = random.nextInt();
    }

    private static boolean isData(SystemRegister register) {
        return switch (register) {
            case SCR, HCR, HSTR, HDCR, HCPTR, CPACR, NSACR, SCTLR, HSCTLR, CNTKCTL, CNTHCTL, PMUSERENR, TEECR, FPEXC ->
                false;
            default -> true;
        };
    }

    private OptionalInt execute(int word, int mode) {
        cpu.setCpsr(mode);
        int[] kept = cpu.r.clone();
        Operation operation = decoder.decodeA32(word, 0);
        try {
            operation.execute(cpu);
            return OptionalInt.of(cpu.r[1] ^ 31 * cpu.r[2]);
        } catch (ProcessorException e) {
            return OptionalInt.empty();
        } finally {
            System.arraycopy(kept, 0, cpu.r, 0, kept.length);
        }
    }

    private void checkRead(CoprocessorRegister register, int word, int mode) {
        SystemState state = new SystemState();
        state.copyFrom(cpu.system);
        List<String> named = RegisterUse.of(InstructionSet.A32, word, false, mode).reads().named();
        OptionalInt result = execute(word, mode);
        for (SystemRegister other : SystemRegister.all()) {
            cpu.system.copyFrom(state);
            if (isData(other)) {
                cpu.system.set(other, random.nextLong());
                boolean matters = !execute(word, mode).equals(result);
                note(matters, "MRC", register, other, named, word, mode);
            }
        }
        cpu.system.copyFrom(state);
    }

    private void checkWrite(CoprocessorRegister register, int word, int mode) {
        SystemState state = new SystemState();
        state.copyFrom(cpu.system);
        List<String> named = RegisterUse.of(InstructionSet.A32, word, false, mode).writes().named();
        execute(word, mode);
        for (SystemRegister other : SystemRegister.all()) {
            boolean changed = cpu.system.peek(other, false) != state.peek(other, false);
            note(changed, "MCR", register, other, named, word, mode);
        }
    }

    private void note(
            boolean used,
            String how,
            CoprocessorRegister register,
            SystemRegister other,
            List<String> named,
            int word,
            int mode) {
        if (used) {
            effects.add(how + " " + register.name() + " " + other.name());
            if (!named.contains(other.name()) && failures.size() < 20) {
                failures.add(String.format(
                        Locale.ROOT, "%s %s (%08x) in mode %02x: %s, not in %s", how, register, word, mode, other, named));
            }
        }
    }
}
