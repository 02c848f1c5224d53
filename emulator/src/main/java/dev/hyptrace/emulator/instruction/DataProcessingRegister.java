package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/**
 * Data-processing instructions with a register operand that may be shifted by a constant.
 *
 * <p>{@code shiftT} and {@code shiftN} are the manual's shift_t and shift_n; LSL by 0 is no shift.
 */
final class DataProcessingRegister {
    private DataProcessingRegister() {}

    /** AND (register). */
    static Operation andRegister(boolean setflags, int d, int n, int m, int shiftT, int shiftN) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] & Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c));
        }
        if (setflags) {
            return andsRegister(d, n, m, shiftT, shiftN);
        }
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = cpu.r[n] & cpu.r[m];
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] & Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c);
            }
        };
    }

    private static Operation andsRegister(int d, int n, int m, int shiftT, int shiftN) {
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.logical(cpu, cpu.r[n] & cpu.r[m]);
                }
            };
        }
        return Operation.of(
                cpu -> cpu.r[d] = Flags.logical(cpu, cpu.r[n] & Flags.shift(cpu, cpu.r[m], shiftT, shiftN)));
    }

    /** EOR (register). */
    static Operation eorRegister(boolean setflags, int d, int n, int m, int shiftT, int shiftN) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] ^ Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c));
        }
        if (setflags) {
            return eorsRegister(d, n, m, shiftT, shiftN);
        }
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = cpu.r[n] ^ cpu.r[m];
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] ^ Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c);
            }
        };
    }

    private static Operation eorsRegister(int d, int n, int m, int shiftT, int shiftN) {
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.logical(cpu, cpu.r[n] ^ cpu.r[m]);
                }
            };
        }
        return Operation.of(
                cpu -> cpu.r[d] = Flags.logical(cpu, cpu.r[n] ^ Flags.shift(cpu, cpu.r[m], shiftT, shiftN)));
    }

    /** SUB (register). */
    static Operation subRegister(boolean setflags, int d, int n, int m, int shiftT, int shiftN) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] - Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c));
        }
        if (setflags) {
            return subsRegister(d, n, m, shiftT, shiftN);
        }
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = cpu.r[n] - cpu.r[m];
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] - Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c);
            }
        };
    }

    private static Operation subsRegister(int d, int n, int m, int shiftT, int shiftN) {
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.subtract(cpu, cpu.r[n], cpu.r[m]);
                }
            };
        }
        return Operation.of(
                cpu -> cpu.r[d] = Flags.subtract(cpu, cpu.r[n], Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c)));
    }

    /** RSB (register). */
    static Operation rsbRegister(boolean setflags, int d, int n, int m, int shiftT, int shiftN) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c) - cpu.r[n]);
        }
        return setflags
                ? Operation.of(cpu ->
                        cpu.r[d] = Flags.subtract(cpu, Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c), cpu.r[n]))
                : Operation.of(cpu -> cpu.r[d] = Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c) - cpu.r[n]);
    }

    /** ADD (register). */
    static Operation addRegister(boolean setflags, int d, int n, int m, int shiftT, int shiftN) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] + Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c));
        }
        if (setflags) {
            return addsRegister(d, n, m, shiftT, shiftN);
        }
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = cpu.r[n] + cpu.r[m];
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] + Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c);
            }
        };
    }

    private static Operation addsRegister(int d, int n, int m, int shiftT, int shiftN) {
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.add(cpu, cpu.r[n], cpu.r[m]);
                }
            };
        }
        return Operation.of(
                cpu -> cpu.r[d] = Flags.add(cpu, cpu.r[n], Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c)));
    }

    /** ADC (register). */
    static Operation adcRegister(boolean setflags, int d, int n, int m, int shiftT, int shiftN) {
        if (d == 15) {
            return PcResult.write(
                    setflags, cpu -> cpu.r[n] + Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c) + cpu.c);
        }
        return setflags
                ? Operation.of(cpu ->
                        cpu.r[d] = Flags.addWithCarry(cpu, cpu.r[n], Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c)))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] + Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c) + cpu.c);
    }

    /** SBC (register). */
    static Operation sbcRegister(boolean setflags, int d, int n, int m, int shiftT, int shiftN) {
        if (d == 15) {
            return PcResult.write(
                    setflags, cpu -> cpu.r[n] + ~Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c) + cpu.c);
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] =
                        Flags.addWithCarry(cpu, cpu.r[n], ~Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c)))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] + ~Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c) + cpu.c);
    }

    /** RSC (register). */
    static Operation rscRegister(boolean setflags, int d, int n, int m, int shiftT, int shiftN) {
        if (d == 15) {
            return PcResult.write(
                    setflags, cpu -> ~cpu.r[n] + Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c) + cpu.c);
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] =
                        Flags.addWithCarry(cpu, ~cpu.r[n], Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c)))
                : Operation.of(cpu -> cpu.r[d] = ~cpu.r[n] + Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c) + cpu.c);
    }

    /** TST (register). */
    static Operation tstRegister(int n, int m, int shiftT, int shiftN) {
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    Flags.logical(cpu, cpu.r[n] & cpu.r[m]);
                }
            };
        }
        return Operation.of(cpu -> Flags.logical(cpu, cpu.r[n] & Flags.shift(cpu, cpu.r[m], shiftT, shiftN)));
    }

    /** TEQ (register). */
    static Operation teqRegister(int n, int m, int shiftT, int shiftN) {
        return Operation.of(cpu -> Flags.logical(cpu, cpu.r[n] ^ Flags.shift(cpu, cpu.r[m], shiftT, shiftN)));
    }

    /** CMP (register). */
    static Operation cmpRegister(int n, int m, int shiftT, int shiftN) {
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    Flags.subtract(cpu, cpu.r[n], cpu.r[m]);
                }
            };
        }
        return Operation.of(cpu -> Flags.subtract(cpu, cpu.r[n], Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c)));
    }

    /** CMN (register). */
    static Operation cmnRegister(int n, int m, int shiftT, int shiftN) {
        return Operation.of(cpu -> Flags.add(cpu, cpu.r[n], Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c)));
    }

    /** ORR (register). */
    static Operation orrRegister(boolean setflags, int d, int n, int m, int shiftT, int shiftN) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] | Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c));
        }
        if (setflags) {
            return orrsRegister(d, n, m, shiftT, shiftN);
        }
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = cpu.r[n] | cpu.r[m];
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] | Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c);
            }
        };
    }

    private static Operation orrsRegister(int d, int n, int m, int shiftT, int shiftN) {
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.logical(cpu, cpu.r[n] | cpu.r[m]);
                }
            };
        }
        return Operation.of(
                cpu -> cpu.r[d] = Flags.logical(cpu, cpu.r[n] | Flags.shift(cpu, cpu.r[m], shiftT, shiftN)));
    }

    /** MOV (register). */
    static Operation movRegister(boolean setflags, int d, int m) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[m]);
        }
        if (setflags) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.logical(cpu, cpu.r[m]);
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[m];
            }
        };
    }

    /** BIC (register). */
    static Operation bicRegister(boolean setflags, int d, int n, int m, int shiftT, int shiftN) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] & ~Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c));
        }
        if (setflags) {
            return bicsRegister(d, n, m, shiftT, shiftN);
        }
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = cpu.r[n] & ~cpu.r[m];
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] & ~Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c);
            }
        };
    }

    private static Operation bicsRegister(int d, int n, int m, int shiftT, int shiftN) {
        if (shiftN == 0) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.logical(cpu, cpu.r[n] & ~cpu.r[m]);
                }
            };
        }
        return Operation.of(
                cpu -> cpu.r[d] = Flags.logical(cpu, cpu.r[n] & ~Flags.shift(cpu, cpu.r[m], shiftT, shiftN)));
    }

    /** MVN (register). */
    static Operation mvnRegister(boolean setflags, int d, int m, int shiftT, int shiftN) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> ~Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c));
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.logical(cpu, ~Flags.shift(cpu, cpu.r[m], shiftT, shiftN)))
                : Operation.of(cpu -> cpu.r[d] = ~Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c));
    }

    /** ORN (register). */
    static Operation ornRegister(boolean setflags, int d, int n, int m, int shiftT, int shiftN) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] | ~Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c));
        }
        return setflags
                ? Operation.of(
                        cpu -> cpu.r[d] = Flags.logical(cpu, cpu.r[n] | ~Flags.shift(cpu, cpu.r[m], shiftT, shiftN)))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] | ~Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c));
    }
}
