package dev.hyptrace.emulator.use;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.floatingpoint.Fpscr;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** A place of 32 bits that an instruction may read and write: each physical register once, whatever the mode. */
final class Slot {
    private static final int FLAGS = Psr.N | Psr.Z | Psr.C | Psr.V | Psr.Q | Psr.GE;
    private static final int MASKS = Psr.A | Psr.I | Psr.F;
    private static final int FPEXC_EN = 1 << 30;
    private static final int[] BANKS = {Mode.USR, Mode.FIQ, Mode.IRQ, Mode.SVC, Mode.ABT, Mode.UND, Mode.MON, Mode.HYP};
    private static final int[] RETURNS = {Mode.USR, Mode.FIQ, Mode.IRQ, Mode.SVC, Mode.ABT, Mode.UND, Mode.SYS};

    static final List<Slot> ALL = all();
    private static final Set<String> NAMES = ALL.stream().map(Slot::toString).collect(Collectors.toUnmodifiableSet());
    /** The index of the lower half of D0; those of the other halves follow in order. */
    static final int EXTENSION = indexOf("D0[31:0]");

    private final String name;
    private final boolean core;
    /** Whether each bit is kept or computed by itself. */
    final boolean bitwise;

    private final Membership membership;
    private final ToIntFunction<Cpu> getter;
    private final Setter setter;
    private final ToIntFunction<Random> values;

    /** Whether a set names the place. */
    private interface Membership {
        boolean in(RegisterSet set, int mode);
    }

    private interface Setter {
        void set(Cpu cpu, int value);
    }

    private Slot(
            String name,
            boolean bitwise,
            Membership membership,
            ToIntFunction<Cpu> getter,
            Setter setter,
            ToIntFunction<Random> values) {
        this.name = name;
        this.core = name.matches("R\\d.*|SP_.*|LR_.*");
        this.bitwise = bitwise;
        this.membership = membership;
        this.getter = getter;
        this.setter = setter;
        this.values = values;
    }

    /** Whether the place is in a set that holds for a mode. */
    boolean isIn(RegisterSet set, int mode) {
        return membership.in(set, mode);
    }

    int get(Cpu cpu) {
        return getter.applyAsInt(cpu);
    }

    void set(Cpu cpu, int value) {
        setter.set(cpu, value);
    }

    /** A random value that the place can hold. */
    int value(Random random) {
        return values.applyAsInt(random);
    }

    /** Whether a set of one register is of a place, or of PC: registers of CP14 and CP15 are not among the places. */
    static boolean isPlace(RegisterSet one) {
        return one.named().isEmpty() || NAMES.containsAll(one.named());
    }

    /** Whether it is R0 to R14 of some mode. */
    boolean isCore() {
        return core;
    }

    /** Whether it is half of a D register. */
    boolean isExtension() {
        return name.endsWith("]");
    }

    @Override
    public String toString() {
        return name;
    }

    // ---- all places -----------------------------------------------------------------------------------------------

    private static int indexOf(String name) {
        return ALL.stream().map(Slot::toString).toList().indexOf(name);
    }

    private static List<Slot> all() {
        List<Slot> list = new ArrayList<>();
        for (int n = 0; n <= 12; n++) {
            list.add(core(n, Mode.USR));
            if (n >= 8) {
                list.add(core(n, Mode.FIQ));
            }
        }
        for (int mode : BANKS) {
            list.add(core(13, mode));
            if (mode != Mode.HYP) {
                list.add(core(14, mode));
            }
            if (mode != Mode.USR) {
                list.add(spsr(mode));
            }
        }
        list.add(named("ELR_hyp", cpu -> cpu.banks.elrHyp(), (cpu, value) -> cpu.banks.setElrHyp(value)));
        list.add(flags());
        list.add(control());
        for (int n = 0; n < 32; n++) {
            list.add(half(n, 0));
            list.add(half(n, 32));
        }
        addExtensionSystem(list);
        return List.copyOf(list);
    }

    private static void addExtensionSystem(List<Slot> list) {
        list.add(new Slot(
                "FPSCR",
                true,
                (set, mode) -> set.named().contains("FPSCR"),
                cpu -> cpu.system.word(SystemRegister.FPSCR),
                (cpu, value) -> cpu.system.set(SystemRegister.FPSCR, value),
                random -> random.nextInt() & 0xfff7_009f & ~Fpscr.VECTOR));
        for (SystemRegister register : List.of(SystemRegister.FPSID, SystemRegister.MVFR0, SystemRegister.MVFR1)) {
            list.add(named(
                    register.name(),
                    cpu -> cpu.system.word(register),
                    (cpu, value) -> cpu.system.set(register, value)));
        }
        list.add(named(
                "FPEXC",
                cpu -> cpu.system.word(SystemRegister.FPEXC) & ~FPEXC_EN,
                (cpu, value) -> cpu.system.set(SystemRegister.FPEXC, value | FPEXC_EN)));
    }

    private static Slot named(String name, ToIntFunction<Cpu> getter, Setter setter) {
        return new Slot(name, false, (set, mode) -> set.named().contains(name), getter, setter, Random::nextInt);
    }

    private static Slot core(int n, int bank) {
        String register = n == 13 ? "SP" : n == 14 ? "LR" : "R" + n;
        String name = n < 8 ? register : register + "_" + Mode.name(bank);
        Membership membership = (set, mode) ->
                bank == bank(n, mode) ? set.hasCore(n) : set.named().contains(name);
        return new Slot(
                name,
                false,
                membership,
                cpu -> cpu.register(n, bank),
                (cpu, value) -> cpu.setRegister(n, bank, value),
                Random::nextInt);
    }

    /** The mode after which the bank is called that Rn of a mode is in: DDI 0406C B1.3.2 "ARM core registers". */
    private static int bank(int n, int mode) {
        if (n <= 12) {
            return n >= 8 && mode == Mode.FIQ ? Mode.FIQ : Mode.USR;
        }
        return mode == Mode.SYS || n == 14 && mode == Mode.HYP ? Mode.USR : mode;
    }

    private static Slot spsr(int mode) {
        String name = "SPSR_" + Mode.name(mode);
        return new Slot(
                name,
                false,
                (set, current) -> set.named().contains(name),
                cpu -> cpu.banks.spsr(mode),
                (cpu, value) -> cpu.banks.setSpsr(mode, value),
                random -> random.nextInt() & ~(7 << 21) & ~Psr.M & ~Psr.IT & ~Psr.J
                        | RETURNS[random.nextInt(RETURNS.length)]);
    }

    private static Slot flags() {
        return new Slot(
                "flags",
                true,
                (set, mode) -> set.flags(),
                cpu -> cpu.cpsr() & FLAGS,
                (cpu, value) -> {
                    cpu.setFlags(value);
                    cpu.q = value >>> 27 & 1;
                    cpu.ge = value >>> 16 & 0xf;
                },
                random -> random.nextInt() & FLAGS);
    }

    /** The rest of CPSR but for its execution state; of it only the masks are ever set. */
    private static Slot control() {
        return new Slot(
                "CPSR",
                true,
                (set, mode) -> set.named().contains("CPSR"),
                cpu -> cpu.cpsr() & (MASKS | Psr.E | Psr.M),
                (cpu, value) -> cpu.masks = value & MASKS,
                random -> random.nextInt() & MASKS);
    }

    private static Slot half(int n, int shift) {
        return new Slot(
                "D" + n + (shift == 0 ? "[31:0]" : "[63:32]"),
                false,
                (set, mode) -> set.hasExtension(n),
                cpu -> (int) (cpu.extension.d[n] >>> shift),
                (cpu, value) -> cpu.extension.d[n] =
                        cpu.extension.d[n] & ~(0xffff_ffffL << shift) | (value & 0xffff_ffffL) << shift,
                Random::nextInt);
    }
}
