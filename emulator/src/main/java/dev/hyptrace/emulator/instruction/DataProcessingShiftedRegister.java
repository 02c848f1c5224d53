package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/**
 * Data-processing instructions with a register operand that is shifted by a register: A32 only.
 *
 * <p>{@code shiftT} is the manual's shift_t. The amount is the low byte of {@code s}.
 */
final class DataProcessingShiftedRegister {
    private DataProcessingShiftedRegister() {}

    private static int shifted(Cpu cpu, int m, int shiftT, int s) {
        return Arithmetic.shift(cpu.r[m], shiftT, cpu.r[s] & 0xff, cpu.c);
    }

    /** The same, and sets C. */
    private static int shiftedSettingCarry(Cpu cpu, int m, int shiftT, int s) {
        return Flags.shift(cpu, cpu.r[m], shiftT, cpu.r[s] & 0xff);
    }

    /** AND (register-shifted register). */
    static Operation andShiftedRegister(boolean setflags, int d, int n, int m, int shiftT, int s) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] & shifted(cpu, m, shiftT, s));
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.logical(cpu, cpu.r[n] & shiftedSettingCarry(cpu, m, shiftT, s)))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] & shifted(cpu, m, shiftT, s));
    }

    /** EOR (register-shifted register). */
    static Operation eorShiftedRegister(boolean setflags, int d, int n, int m, int shiftT, int s) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] ^ shifted(cpu, m, shiftT, s));
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.logical(cpu, cpu.r[n] ^ shiftedSettingCarry(cpu, m, shiftT, s)))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] ^ shifted(cpu, m, shiftT, s));
    }

    /** SUB (register-shifted register). */
    static Operation subShiftedRegister(boolean setflags, int d, int n, int m, int shiftT, int s) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] - shifted(cpu, m, shiftT, s));
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.subtract(cpu, cpu.r[n], shifted(cpu, m, shiftT, s)))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] - shifted(cpu, m, shiftT, s));
    }

    /** RSB (register-shifted register). */
    static Operation rsbShiftedRegister(boolean setflags, int d, int n, int m, int shiftT, int s) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> shifted(cpu, m, shiftT, s) - cpu.r[n]);
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.subtract(cpu, shifted(cpu, m, shiftT, s), cpu.r[n]))
                : Operation.of(cpu -> cpu.r[d] = shifted(cpu, m, shiftT, s) - cpu.r[n]);
    }

    /** ADD (register-shifted register). */
    static Operation addShiftedRegister(boolean setflags, int d, int n, int m, int shiftT, int s) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] + shifted(cpu, m, shiftT, s));
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.add(cpu, cpu.r[n], shifted(cpu, m, shiftT, s)))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] + shifted(cpu, m, shiftT, s));
    }

    /** ADC (register-shifted register). */
    static Operation adcShiftedRegister(boolean setflags, int d, int n, int m, int shiftT, int s) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] + shifted(cpu, m, shiftT, s) + cpu.c);
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.addWithCarry(cpu, cpu.r[n], shifted(cpu, m, shiftT, s)))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] + shifted(cpu, m, shiftT, s) + cpu.c);
    }

    /** SBC (register-shifted register). */
    static Operation sbcShiftedRegister(boolean setflags, int d, int n, int m, int shiftT, int s) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] + ~shifted(cpu, m, shiftT, s) + cpu.c);
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.addWithCarry(cpu, cpu.r[n], ~shifted(cpu, m, shiftT, s)))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] + ~shifted(cpu, m, shiftT, s) + cpu.c);
    }

    /** RSC (register-shifted register). */
    static Operation rscShiftedRegister(boolean setflags, int d, int n, int m, int shiftT, int s) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> ~cpu.r[n] + shifted(cpu, m, shiftT, s) + cpu.c);
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.addWithCarry(cpu, ~cpu.r[n], shifted(cpu, m, shiftT, s)))
                : Operation.of(cpu -> cpu.r[d] = ~cpu.r[n] + shifted(cpu, m, shiftT, s) + cpu.c);
    }

    /** TST (register-shifted register). */
    static Operation tstShiftedRegister(int n, int m, int shiftT, int s) {
        return Operation.of(cpu -> Flags.logical(cpu, cpu.r[n] & shiftedSettingCarry(cpu, m, shiftT, s)));
    }

    /** TEQ (register-shifted register). */
    static Operation teqShiftedRegister(int n, int m, int shiftT, int s) {
        return Operation.of(cpu -> Flags.logical(cpu, cpu.r[n] ^ shiftedSettingCarry(cpu, m, shiftT, s)));
    }

    /** CMP (register-shifted register). */
    static Operation cmpShiftedRegister(int n, int m, int shiftT, int s) {
        return Operation.of(cpu -> Flags.subtract(cpu, cpu.r[n], shifted(cpu, m, shiftT, s)));
    }

    /** CMN (register-shifted register). */
    static Operation cmnShiftedRegister(int n, int m, int shiftT, int s) {
        return Operation.of(cpu -> Flags.add(cpu, cpu.r[n], shifted(cpu, m, shiftT, s)));
    }

    /** ORR (register-shifted register). */
    static Operation orrShiftedRegister(boolean setflags, int d, int n, int m, int shiftT, int s) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] | shifted(cpu, m, shiftT, s));
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.logical(cpu, cpu.r[n] | shiftedSettingCarry(cpu, m, shiftT, s)))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] | shifted(cpu, m, shiftT, s));
    }

    /** BIC (register-shifted register). */
    static Operation bicShiftedRegister(boolean setflags, int d, int n, int m, int shiftT, int s) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] & ~shifted(cpu, m, shiftT, s));
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.logical(cpu, cpu.r[n] & ~shiftedSettingCarry(cpu, m, shiftT, s)))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] & ~shifted(cpu, m, shiftT, s));
    }

    /** MVN (register-shifted register). */
    static Operation mvnShiftedRegister(boolean setflags, int d, int m, int shiftT, int s) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> ~shifted(cpu, m, shiftT, s));
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.logical(cpu, ~shiftedSettingCarry(cpu, m, shiftT, s)))
                : Operation.of(cpu -> cpu.r[d] = ~shifted(cpu, m, shiftT, s));
    }
}
