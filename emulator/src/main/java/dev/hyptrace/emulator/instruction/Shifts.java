package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/** Shift instructions: MOV with a shifted register in the manuals before UAL. */
final class Shifts {
    private Shifts() {}

    /** LSL (immediate): by 1 to 31. */
    static Operation lslImmediate(boolean setflags, int d, int m, int shiftN) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[m] << shiftN);
        }
        if (setflags) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    int x = cpu.r[m];
                    cpu.r[d] = Flags.logical(cpu, x << shiftN, x >>> 32 - shiftN & 1);
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[m] << shiftN;
            }
        };
    }

    /** LSR (immediate): by 1 to 32. */
    static Operation lsrImmediate(boolean setflags, int d, int m, int shiftN) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> (int) ((cpu.r[m] & 0xffff_ffffL) >>> shiftN));
        }
        if (setflags) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    int x = cpu.r[m];
                    cpu.r[d] = Flags.logical(cpu, (int) ((x & 0xffff_ffffL) >>> shiftN), x >>> shiftN - 1 & 1);
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = (int) ((cpu.r[m] & 0xffff_ffffL) >>> shiftN);
            }
        };
    }

    /** ASR (immediate): by 1 to 32. */
    static Operation asrImmediate(boolean setflags, int d, int m, int shiftN) {
        int amount = Math.min(shiftN, 31);
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[m] >> amount);
        }
        if (setflags) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    int x = cpu.r[m];
                    cpu.r[d] = Flags.logical(cpu, x >> amount, x >> shiftN - 1 & 1);
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[m] >> amount;
            }
        };
    }

    /** ROR (immediate): by 1 to 31. */
    static Operation rorImmediate(boolean setflags, int d, int m, int shiftN) {
        return shiftImmediate(setflags, d, m, Arithmetic.ROR, shiftN);
    }

    /** RRX: a 33-bit rotation right by one through C. */
    static Operation rrx(boolean setflags, int d, int m) {
        return shiftImmediate(setflags, d, m, Arithmetic.RRX, 1);
    }

    private static Operation shiftImmediate(boolean setflags, int d, int m, int shiftT, int shiftN) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c));
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.logical(cpu, Flags.shift(cpu, cpu.r[m], shiftT, shiftN)))
                : Operation.of(cpu -> cpu.r[d] = Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c));
    }

    /** LSL (register). */
    static Operation lslRegister(boolean setflags, int d, int n, int m) {
        return shiftRegister(setflags, d, n, Arithmetic.LSL, m);
    }

    /** LSR (register). */
    static Operation lsrRegister(boolean setflags, int d, int n, int m) {
        return shiftRegister(setflags, d, n, Arithmetic.LSR, m);
    }

    /** ASR (register). */
    static Operation asrRegister(boolean setflags, int d, int n, int m) {
        return shiftRegister(setflags, d, n, Arithmetic.ASR, m);
    }

    /** ROR (register). */
    static Operation rorRegister(boolean setflags, int d, int n, int m) {
        return shiftRegister(setflags, d, n, Arithmetic.ROR, m);
    }

    /** A shift of Rn by the low byte of Rm. */
    private static Operation shiftRegister(boolean setflags, int d, int n, int shiftT, int m) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> Arithmetic.shift(cpu.r[n], shiftT, cpu.r[m] & 0xff, 0));
        }
        return setflags
                ? Operation.of(
                        cpu -> cpu.r[d] = Flags.logical(cpu, Flags.shift(cpu, cpu.r[n], shiftT, cpu.r[m] & 0xff)))
                : Operation.of(cpu -> cpu.r[d] = Arithmetic.shift(cpu.r[n], shiftT, cpu.r[m] & 0xff, 0));
    }
}
