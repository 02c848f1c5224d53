package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/** Data-processing instructions with an immediate operand, and ADR, MOVW and MOVT. */
final class DataProcessingImmediate {
    private DataProcessingImmediate() {}

    /** AND (immediate). */
    static Operation andImmediate(boolean setflags, int d, int n, int imm32, int carry) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] & imm32);
        }
        if (setflags) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.logical(cpu, cpu.r[n] & imm32, carry);
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] & imm32;
            }
        };
    }

    /** EOR (immediate). */
    static Operation eorImmediate(boolean setflags, int d, int n, int imm32, int carry) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] ^ imm32);
        }
        if (setflags) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.logical(cpu, cpu.r[n] ^ imm32, carry);
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] ^ imm32;
            }
        };
    }

    /** SUB (immediate). */
    static Operation subImmediate(boolean setflags, int d, int n, int imm32) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] - imm32);
        }
        if (setflags) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.subtract(cpu, cpu.r[n], imm32);
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] - imm32;
            }
        };
    }

    /** RSB (immediate). */
    static Operation rsbImmediate(boolean setflags, int d, int n, int imm32) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> imm32 - cpu.r[n]);
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.subtract(cpu, imm32, cpu.r[n]))
                : Operation.of(cpu -> cpu.r[d] = imm32 - cpu.r[n]);
    }

    /** ADD (immediate). */
    static Operation addImmediate(boolean setflags, int d, int n, int imm32) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] + imm32);
        }
        if (setflags) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.add(cpu, cpu.r[n], imm32);
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] + imm32;
            }
        };
    }

    /** ADC (immediate). */
    static Operation adcImmediate(boolean setflags, int d, int n, int imm32) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] + imm32 + cpu.c);
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.addWithCarry(cpu, cpu.r[n], imm32))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] + imm32 + cpu.c);
    }

    /** SBC (immediate). */
    static Operation sbcImmediate(boolean setflags, int d, int n, int imm32) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] + ~imm32 + cpu.c);
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.addWithCarry(cpu, cpu.r[n], ~imm32))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] + ~imm32 + cpu.c);
    }

    /** RSC (immediate). */
    static Operation rscImmediate(boolean setflags, int d, int n, int imm32) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> ~cpu.r[n] + imm32 + cpu.c);
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.addWithCarry(cpu, ~cpu.r[n], imm32))
                : Operation.of(cpu -> cpu.r[d] = ~cpu.r[n] + imm32 + cpu.c);
    }

    /** TST (immediate). */
    static Operation tstImmediate(int n, int imm32, int carry) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                Flags.logical(cpu, cpu.r[n] & imm32, carry);
            }
        };
    }

    /** TEQ (immediate). */
    static Operation teqImmediate(int n, int imm32, int carry) {
        return Operation.of(cpu -> Flags.logical(cpu, cpu.r[n] ^ imm32, carry));
    }

    /** CMP (immediate). */
    static Operation cmpImmediate(int n, int imm32) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                Flags.subtract(cpu, cpu.r[n], imm32);
            }
        };
    }

    /** CMN (immediate). */
    static Operation cmnImmediate(int n, int imm32) {
        return Operation.of(cpu -> Flags.add(cpu, cpu.r[n], imm32));
    }

    /** ORR (immediate). */
    static Operation orrImmediate(boolean setflags, int d, int n, int imm32, int carry) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] | imm32);
        }
        if (setflags) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.logical(cpu, cpu.r[n] | imm32, carry);
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] | imm32;
            }
        };
    }

    /** MOV (immediate). */
    static Operation movImmediate(boolean setflags, int d, int imm32, int carry) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> imm32);
        }
        if (setflags) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.logical(cpu, imm32, carry);
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = imm32;
            }
        };
    }

    /** BIC (immediate). */
    static Operation bicImmediate(boolean setflags, int d, int n, int imm32, int carry) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] & ~imm32);
        }
        if (setflags) {
            return new Operation() {
                @Override
                public void execute(Cpu cpu) {
                    cpu.r[d] = Flags.logical(cpu, cpu.r[n] & ~imm32, carry);
                }
            };
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] & ~imm32;
            }
        };
    }

    /** MVN (immediate). */
    static Operation mvnImmediate(boolean setflags, int d, int imm32, int carry) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> ~imm32);
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.logical(cpu, ~imm32, carry))
                : Operation.of(cpu -> cpu.r[d] = ~imm32);
    }

    /** ORN (immediate). */
    static Operation ornImmediate(boolean setflags, int d, int n, int imm32, int carry) {
        if (d == 15) {
            return PcResult.write(setflags, cpu -> cpu.r[n] | ~imm32);
        }
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.logical(cpu, cpu.r[n] | ~imm32, carry))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] | ~imm32);
    }

    /** ADR. With PC as destination, which is UNPREDICTABLE in Thumb, it branches as BX would, as in QEMU. */
    static Operation adr(int d, int pc, int imm32) {
        int result = (pc & ~3) + imm32;
        return d == 15
                ? Branch.of(cpu -> cpu.bxWritePc(result))
                : movImmediate(false, d, result, Shapes.CARRY_UNCHANGED);
    }

    /** MOV (immediate) of 16 bits: MOVW. */
    static Operation movw(int d, int imm16) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = imm16;
            }
        };
    }

    /** MOVT. */
    static Operation movt(int d, int imm16) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = imm16 << 16 | cpu.r[d] & 0xffff;
            }
        };
    }
}
