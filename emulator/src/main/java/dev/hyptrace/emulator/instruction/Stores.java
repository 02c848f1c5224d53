package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.instruction.Addressing.Store;

/**
 * Stores of one register: DDI 0406C A4.6 "Load/store instructions". P, U and W are as in {@link Loads}. Where the stored
 * register is the base, its value before write-back is stored.
 */
final class Stores {
    private static final Store WORD = Cpu::store32;
    private static final Store HALFWORD = Cpu::store16;
    private static final Store BYTE = Cpu::store8;

    private Stores() {}

    // ---- STR -------------------------------------------------------------------------------------------------

    /** STR (immediate). */
    static Operation strImmediate(boolean P, boolean U, boolean W, int t, int n, int imm32) {
        int offset = U ? imm32 : -imm32;
        if ((!P || W) && (n == t || n == 15)) {
            return Addressing.immediate(P, W, n, offset).store(WORD, t);
        }
        if (!P) {
            return strPostIndexed(t, n, offset);
        }
        return W ? strPreIndexed(t, n, offset) : strOffset(t, n, offset);
    }

    private static Operation strOffset(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.store32(cpu.r[n] + offset, cpu.r[t]);
            }
        };
    }

    private static Operation strPreIndexed(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int address = cpu.r[n] + offset;
                cpu.store32(address, cpu.r[t]);
                cpu.r[n] = address;
            }
        };
    }

    private static Operation strPostIndexed(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int address = cpu.r[n];
                cpu.store32(address, cpu.r[t]);
                cpu.r[n] = address + offset;
            }
        };
    }

    /** STR (register). */
    static Operation strRegister(boolean P, boolean U, boolean W, int t, int n, int m, int shiftT, int shiftN) {
        if (!P || W || !U || shiftT != Arithmetic.LSL) {
            return Addressing.register(P, U, W, n, m, shiftT, shiftN).store(WORD, t);
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.store32(cpu.r[n] + (cpu.r[m] << shiftN), cpu.r[t]);
            }
        };
    }

    // ---- STRB ------------------------------------------------------------------------------------------------

    /** STRB (immediate). */
    static Operation strbImmediate(boolean P, boolean U, boolean W, int t, int n, int imm32) {
        int offset = U ? imm32 : -imm32;
        if ((!P || W) && (n == t || n == 15)) {
            return Addressing.immediate(P, W, n, offset).store(BYTE, t);
        }
        if (!P) {
            return strbPostIndexed(t, n, offset);
        }
        return W ? strbPreIndexed(t, n, offset) : strbOffset(t, n, offset);
    }

    private static Operation strbOffset(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.store8(cpu.r[n] + offset, cpu.r[t]);
            }
        };
    }

    private static Operation strbPreIndexed(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int address = cpu.r[n] + offset;
                cpu.store8(address, cpu.r[t]);
                cpu.r[n] = address;
            }
        };
    }

    private static Operation strbPostIndexed(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int address = cpu.r[n];
                cpu.store8(address, cpu.r[t]);
                cpu.r[n] = address + offset;
            }
        };
    }

    /** STRB (register). */
    static Operation strbRegister(boolean P, boolean U, boolean W, int t, int n, int m, int shiftT, int shiftN) {
        if (!P || W || !U || shiftT != Arithmetic.LSL) {
            return Addressing.register(P, U, W, n, m, shiftT, shiftN).store(BYTE, t);
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.store8(cpu.r[n] + (cpu.r[m] << shiftN), cpu.r[t]);
            }
        };
    }

    // ---- STRH ------------------------------------------------------------------------------------------------

    /** STRH (immediate). */
    static Operation strhImmediate(boolean P, boolean U, boolean W, int t, int n, int imm32) {
        int offset = U ? imm32 : -imm32;
        if ((!P || W) && (n == t || n == 15)) {
            return Addressing.immediate(P, W, n, offset).store(HALFWORD, t);
        }
        if (!P) {
            return strhPostIndexed(t, n, offset);
        }
        return W ? strhPreIndexed(t, n, offset) : strhOffset(t, n, offset);
    }

    private static Operation strhOffset(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.store16(cpu.r[n] + offset, cpu.r[t]);
            }
        };
    }

    private static Operation strhPreIndexed(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int address = cpu.r[n] + offset;
                cpu.store16(address, cpu.r[t]);
                cpu.r[n] = address;
            }
        };
    }

    private static Operation strhPostIndexed(int t, int n, int offset) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int address = cpu.r[n];
                cpu.store16(address, cpu.r[t]);
                cpu.r[n] = address + offset;
            }
        };
    }

    /** STRH (register). */
    static Operation strhRegister(boolean P, boolean U, boolean W, int t, int n, int m, int shiftT, int shiftN) {
        if (!P || W || !U || shiftT != Arithmetic.LSL) {
            return Addressing.register(P, U, W, n, m, shiftT, shiftN).store(HALFWORD, t);
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.store16(cpu.r[n] + (cpu.r[m] << shiftN), cpu.r[t]);
            }
        };
    }
}
