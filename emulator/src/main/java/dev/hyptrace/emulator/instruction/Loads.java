package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.Operation.Effect;
import dev.hyptrace.emulator.instruction.Addressing.Load;

/**
 * Loads of one register: DDI 0406C A4.6 "Load/store instructions".
 *
 * <p>With P = 0 the access is post-indexed, with W = 1 the base register is written back, with U = 0 the offset is
 * subtracted. The base register is written before the loaded one, so that the loaded value stays where both are the same.
 */
final class Loads {
    private static final Load WORD = Cpu::load32;
    private static final Load HALFWORD = Cpu::load16;
    private static final Load BYTE = Cpu::load8;
    private static final Load SIGNED_HALFWORD = (cpu, address) -> (short) cpu.load16(address);
    private static final Load SIGNED_BYTE = (cpu, address) -> (byte) cpu.load8(address);

    private Loads() {}

    private static Operation literal(Load load, boolean U, int t, int pc, int imm32) {
        int address = (pc & ~3) + (U ? imm32 : -imm32);
        Effect effect = cpu -> {
            int data = load.from(cpu, address);
            if (t == 15) {
                cpu.loadWritePc(data);
            } else {
                cpu.r[t] = data;
            }
        };
        return t == 15 ? Branch.of(effect) : Operation.of(effect);
    }

    // ---- LDR -------------------------------------------------------------------------------------------------

    /** LDR (immediate). */
    static Operation ldrImmediate(boolean P, boolean U, boolean W, int t, int n, int imm32) {
        int offset = U ? imm32 : -imm32;
        if (t == 15 || (!P || W) && (n == t || n == 15)) {
            return Addressing.immediate(P, W, n, offset).load(WORD, t);
        }
        if (!P) {
            return ldrPostIndexed(t, n, offset);
        }
        return W ? ldrPreIndexed(t, n, offset) : ldrOffset(t, n, offset);
    }

    private static Operation ldrOffset(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = cpu.load32(cpu.r[n] + offset);
            }
        };
    }

    private static Operation ldrPreIndexed(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int address = cpu.r[n] + offset;
                int data = cpu.load32(address);
                cpu.r[n] = address;
                cpu.r[t] = data;
            }
        };
    }

    private static Operation ldrPostIndexed(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int address = cpu.r[n];
                int data = cpu.load32(address);
                cpu.r[n] = address + offset;
                cpu.r[t] = data;
            }
        };
    }

    /** LDR (literal). */
    static Operation ldrLiteral(boolean U, int t, int pc, int imm32) {
        if (t == 15) {
            return literal(WORD, U, t, pc, imm32);
        }
        int address = (pc & ~3) + (U ? imm32 : -imm32);
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = cpu.load32(address);
            }
        };
    }

    /** LDR (register). */
    static Operation ldrRegister(boolean P, boolean U, boolean W, int t, int n, int m, int shiftT, int shiftN) {
        if (t == 15 || !P || W || !U || shiftT != Arithmetic.LSL) {
            return Addressing.register(P, U, W, n, m, shiftT, shiftN).load(WORD, t);
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = cpu.load32(cpu.r[n] + (cpu.r[m] << shiftN));
            }
        };
    }

    // ---- LDRB ------------------------------------------------------------------------------------------------

    /** LDRB (immediate). */
    static Operation ldrbImmediate(boolean P, boolean U, boolean W, int t, int n, int imm32) {
        int offset = U ? imm32 : -imm32;
        if (t == 15 || (!P || W) && (n == t || n == 15)) {
            return Addressing.immediate(P, W, n, offset).load(BYTE, t);
        }
        if (!P) {
            return ldrbPostIndexed(t, n, offset);
        }
        return W ? ldrbPreIndexed(t, n, offset) : ldrbOffset(t, n, offset);
    }

    private static Operation ldrbOffset(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = cpu.load8(cpu.r[n] + offset);
            }
        };
    }

    private static Operation ldrbPreIndexed(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int address = cpu.r[n] + offset;
                int data = cpu.load8(address);
                cpu.r[n] = address;
                cpu.r[t] = data;
            }
        };
    }

    private static Operation ldrbPostIndexed(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int address = cpu.r[n];
                int data = cpu.load8(address);
                cpu.r[n] = address + offset;
                cpu.r[t] = data;
            }
        };
    }

    /** LDRB (literal). */
    static Operation ldrbLiteral(boolean U, int t, int pc, int imm32) {
        return literal(BYTE, U, t, pc, imm32);
    }

    /** LDRB (register). */
    static Operation ldrbRegister(boolean P, boolean U, boolean W, int t, int n, int m, int shiftT, int shiftN) {
        if (t == 15 || !P || W || !U || shiftT != Arithmetic.LSL) {
            return Addressing.register(P, U, W, n, m, shiftT, shiftN).load(BYTE, t);
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = cpu.load8(cpu.r[n] + (cpu.r[m] << shiftN));
            }
        };
    }

    // ---- LDRH ------------------------------------------------------------------------------------------------

    /** LDRH (immediate). */
    static Operation ldrhImmediate(boolean P, boolean U, boolean W, int t, int n, int imm32) {
        int offset = U ? imm32 : -imm32;
        if (t == 15 || (!P || W) && (n == t || n == 15)) {
            return Addressing.immediate(P, W, n, offset).load(HALFWORD, t);
        }
        if (!P) {
            return ldrhPostIndexed(t, n, offset);
        }
        return W ? ldrhPreIndexed(t, n, offset) : ldrhOffset(t, n, offset);
    }

    private static Operation ldrhOffset(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = cpu.load16(cpu.r[n] + offset);
            }
        };
    }

    private static Operation ldrhPreIndexed(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int address = cpu.r[n] + offset;
                int data = cpu.load16(address);
                cpu.r[n] = address;
                cpu.r[t] = data;
            }
        };
    }

    private static Operation ldrhPostIndexed(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int address = cpu.r[n];
                int data = cpu.load16(address);
                cpu.r[n] = address + offset;
                cpu.r[t] = data;
            }
        };
    }

    /** LDRH (literal). */
    static Operation ldrhLiteral(boolean U, int t, int pc, int imm32) {
        return literal(HALFWORD, U, t, pc, imm32);
    }

    /** LDRH (register). */
    static Operation ldrhRegister(boolean P, boolean U, boolean W, int t, int n, int m, int shiftT, int shiftN) {
        if (t == 15 || !P || W || !U || shiftT != Arithmetic.LSL) {
            return Addressing.register(P, U, W, n, m, shiftT, shiftN).load(HALFWORD, t);
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = cpu.load16(cpu.r[n] + (cpu.r[m] << shiftN));
            }
        };
    }

    // ---- LDRSB -----------------------------------------------------------------------------------------------

    /** LDRSB (immediate). */
    static Operation ldrsbImmediate(boolean P, boolean U, boolean W, int t, int n, int imm32) {
        int offset = U ? imm32 : -imm32;
        return t == 15 || !P || W
                ? Addressing.immediate(P, W, n, offset).load(SIGNED_BYTE, t)
                : ldrsbOffset(t, n, offset);
    }

    private static Operation ldrsbOffset(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = (byte) cpu.load8(cpu.r[n] + offset);
            }
        };
    }

    /** LDRSB (literal). */
    static Operation ldrsbLiteral(boolean U, int t, int pc, int imm32) {
        return literal(SIGNED_BYTE, U, t, pc, imm32);
    }

    /** LDRSB (register). */
    static Operation ldrsbRegister(boolean P, boolean U, boolean W, int t, int n, int m, int shiftT, int shiftN) {
        if (t == 15 || !P || W || !U || shiftT != Arithmetic.LSL) {
            return Addressing.register(P, U, W, n, m, shiftT, shiftN).load(SIGNED_BYTE, t);
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = (byte) cpu.load8(cpu.r[n] + (cpu.r[m] << shiftN));
            }
        };
    }

    // ---- LDRSH -----------------------------------------------------------------------------------------------

    /** LDRSH (immediate). */
    static Operation ldrshImmediate(boolean P, boolean U, boolean W, int t, int n, int imm32) {
        int offset = U ? imm32 : -imm32;
        return t == 15 || !P || W
                ? Addressing.immediate(P, W, n, offset).load(SIGNED_HALFWORD, t)
                : ldrshOffset(t, n, offset);
    }

    private static Operation ldrshOffset(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = (short) cpu.load16(cpu.r[n] + offset);
            }
        };
    }

    /** LDRSH (literal). */
    static Operation ldrshLiteral(boolean U, int t, int pc, int imm32) {
        return literal(SIGNED_HALFWORD, U, t, pc, imm32);
    }

    /** LDRSH (register). */
    static Operation ldrshRegister(boolean P, boolean U, boolean W, int t, int n, int m, int shiftT, int shiftN) {
        if (t == 15 || !P || W || !U || shiftT != Arithmetic.LSL) {
            return Addressing.register(P, U, W, n, m, shiftT, shiftN).load(SIGNED_HALFWORD, t);
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = (short) cpu.load16(cpu.r[n] + (cpu.r[m] << shiftN));
            }
        };
    }
}
