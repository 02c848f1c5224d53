package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Scr;
import dev.hyptrace.emulator.core.SystemRegister;
import java.util.Locale;
import java.util.Random;

/**
 * As {@code lockstep-secure.S}: Monitor mode starts trials and sees what they did, with both copies of banked system registers.
 *
 * <p>The vectors of Secure PL1, Hyp mode, Non-secure PL1 and Monitor mode follow each other. What is taken to the first or the
 * last is seen as it is; from the others SMC leads to Monitor mode, so that LR_mon and SPSR_mon are lost: they are zero.
 */
final class SecureState extends WorldState {
    /** First words of the results of vectors, as {@link Result#VECTOR} has them. */
    static final int NONSECURE = 16;

    static final int MONITOR = 24;

    /** In both the state and the result. */
    static final int SPSR_MON = 59;

    static final int SCR = 60;
    static final int SP_MON = 61;
    static final int LR_MON = 62;
    static final int SPSR_HYP = 63;

    /** In the result only: the Non-secure copies. */
    private static final int NONSECURE_FAULTS = 52;

    static final int NONSECURE_DFAR = NONSECURE_FAULTS + 2;

    private static final int NONSECURE_THREAD = 56;

    /** Also only in the result: Secure copies, Non-secure ones, and SDER. */
    static final int COPIES = 240;

    private static final SystemRegister[] COPIED = {
        SystemRegister.TTBR1,
        SystemRegister.PRRR,
        SystemRegister.NMRR,
        SystemRegister.CONTEXTIDR,
        SystemRegister.PAR,
        SystemRegister.CSSELR
    };
    private static final int SDER = COPIES + 2 * COPIED.length;
    static final int COPIES_END = SDER + 1;

    private static final int NSACR = 3 << 10;
    private static final int[] NO_STATE = new int[Trial.WORDS];

    /** Adds to the state of a trial what it has more in this world. */
    static void addTo(int[] words, int mode, Random random, int spsrMon, int spsrHyp, int spMon) {
        words[SPSR_MON] = spsrMon;
        words[SPSR_HYP] = spsrHyp;
        words[SP_MON] = spMon;
        words[LR_MON] = Layout.LAUNCH;
        int bits = random.nextBoolean() ? random.nextInt() & (Scr.FW | Scr.AW | Scr.NET | Scr.SIF | Scr.HCE) : 0;
        words[SCR] = bits | (mode == Mode.MON && random.nextInt(3) == 0 ? Scr.NS : 0);
    }

    @Override
    void control(Cpu cpu) {
        cpu.setSecurityExtensions(true);
        hypControl(cpu);
        cpu.system.set(SystemRegister.MVBAR, Layout.VECTORS + 4 * MONITOR);
        cpu.system.set(SystemRegister.NSACR, NSACR);
        control(cpu, true, Layout.VECTORS);
        control(cpu, false, Layout.VECTORS + 4 * NONSECURE);
        cpu.setCpsr(MASKED | Mode.MON);
        cpu.translation().contextChanged(cpu);
    }

    @Override
    void load(Cpu cpu, int[] state) {
        enter(cpu, Mode.MON, state, SP_MON);
        cpu.r[14] = state[LR_MON];
        cpu.setRegister(14, Mode.USR, state[Trial.LR_USR]);
        cpu.setRegister(13, Mode.HYP, state[Trial.SP_HYP]);
        cpu.banks.setElrHyp(state[Trial.ELR_HYP]);
        cpu.banks.setSpsr(Mode.HYP, state[SPSR_HYP]);
        cpu.banks.setSpsr(Mode.MON, state[SPSR_MON]);
        loadSystem(cpu, false, NO_STATE);
        loadSystem(cpu, true, state);
        cpu.system.set(SystemRegister.SDER, 0);
        for (SystemRegister register : COPIED) {
            cpu.system.set(register, true, 0);
            cpu.system.set(register, false, 0);
        }
    }

    @Override
    void start(Cpu cpu, int[] state) {
        cpu.system.set(SystemRegister.SCR, state[SCR]);
        cpu.translation().contextChanged(cpu);
    }

    /** The harness would not come out of the Non-secure world. */
    @Override
    boolean isLost(Cpu cpu) {
        return !cpu.isSecure() && (Scr.of(cpu) & Scr.SCD) != 0;
    }

    @Override
    void save(Cpu cpu, int[] words) {
        int vector = vector(cpu);
        boolean lost = vector >= Result.HYP && vector < MONITOR;
        words[Result.VECTOR] = vector;
        words[Trial.CPSR] = cpu.cpsr();
        words[SP_MON] = cpu.register(13, Mode.MON);
        words[LR_MON] = lost ? 0 : cpu.register(14, Mode.MON);
        words[SPSR_MON] = lost ? 0 : cpu.banks.spsr(Mode.MON);
        words[SPSR_HYP] = cpu.banks.spsr(Mode.HYP);
        words[Trial.ELR_HYP] = cpu.banks.elrHyp();
        words[SCR] = Scr.of(cpu);
        words[Result.HSR] = cpu.system.word(SystemRegister.HSR);
        saveSystem(cpu, true, words);
        save(cpu, false, FAULTS, words, NONSECURE_FAULTS);
        save(cpu, false, THREAD, words, NONSECURE_THREAD);
        save(cpu, true, COPIED, words, COPIES);
        save(cpu, false, COPIED, words, COPIES + COPIED.length);
        words[SDER] = cpu.system.word(SystemRegister.SDER);
    }

    /** The name of a word from {@link #COPIES} on. */
    static String nameOfCopy(int index) {
        int number = index - COPIES;
        if (number >= 2 * COPIED.length) {
            return "sder";
        }
        String name = COPIED[number % COPIED.length].name().toLowerCase(Locale.ROOT);
        return number < COPIED.length ? name : name + "_ns";
    }
}
