package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.exception.ExceptionReturn;

/**
 * LDM, STM, PUSH and POP: DDI 0406C A4.7 "Load/store multiple instructions". All accesses must be word-aligned.
 *
 * <p>U = 1 is increment, P = 1 before; {@code l} is the register list. Registers are transferred in the order of their
 * numbers, the lowest at the lowest address. An abort leaves the base register as it was; registers loaded before it keep
 * their new value.
 */
final class LoadStoreMultiple {
    private LoadStoreMultiple() {}

    /** Offsets from the base register: of the first transfer, and of what is written back. */
    private static int start(boolean P, boolean U, int l) {
        int size = 4 * Integer.bitCount(l);
        return (U ? 0 : -size) + (P == U ? 4 : 0);
    }

    private static int change(boolean U, int l) {
        int size = 4 * Integer.bitCount(l);
        return U ? size : -size;
    }

    /** The numbers of the registers in a list, ascending. */
    private static int[] numbers(int l) {
        int[] numbers = new int[Integer.bitCount(l)];
        for (int i = 0, left = l; left != 0; left &= left - 1) {
            numbers[i++] = Integer.numberOfTrailingZeros(left);
        }
        return numbers;
    }

    private static Operation undefined(String what) {
        return Decoder.unpredictable(what + ": UNDEFINED", Decoder.UNDEFINED);
    }

    // ---- LDM ------------------------------------------------------------------------------------------------------

    /** LDM/LDMIA/LDMFD, LDMDA/LDMFA, LDMDB/LDMEA, LDMIB/LDMED and POP of A32. */
    static Operation ldm(boolean P, boolean U, boolean W, int n, int l) {
        if (W && (l >>> n & 1) != 0) {
            return undefined("LDM with write-back of a base register in the list");
        }
        return ldm(n, l, start(P, U, l), W ? change(U, l) : 0);
    }

    /** LDM/LDMIA/LDMFD, LDMDB/LDMEA and POP of T32: at least two registers. */
    static Operation ldmWide(boolean P, boolean U, boolean W, int n, int l) {
        if (Integer.bitCount(l) < 2) {
            return undefined("LDM of fewer than two registers");
        }
        return ldm(P, U, W, n, l);
    }

    /** LDM/LDMIA/LDMFD of T16: writes back unless the base register is loaded. */
    static Operation ldmNarrow(int n, int l) {
        return ldm(n, l, 0, (l >>> n & 1) != 0 ? 0 : change(true, l));
    }

    private static Operation ldm(int n, int l, int start, int change) {
        if (l == 0 || n == 15) {
            return undefined("LDM of no register or from PC");
        }
        if ((l >>> n & 1) != 0) {
            return ldmWithBase(n, l, start);
        }
        return (l & 0x8000) != 0
                ? ldmWithPc(n, numbers(l & 0x7fff), start, change)
                : ldmPlain(n, numbers(l), start, change);
    }

    private static Operation ldmPlain(int n, int[] registers, int start, int change) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int base = cpu.r[n];
                int address = base + start;
                for (int register : registers) {
                    cpu.r[register] = cpu.load32Aligned(address);
                    address += 4;
                }
                cpu.r[n] = base + change;
            }
        };
    }

    private static Operation ldmWithPc(int n, int[] registers, int start, int change) {
        return new Branch() {
            @Override
            public void execute(Cpu cpu) {
                int base = cpu.r[n];
                int address = base + start;
                for (int register : registers) {
                    cpu.r[register] = cpu.load32Aligned(address);
                    address += 4;
                }
                int target = cpu.load32Aligned(address);
                cpu.r[n] = base + change;
                cpu.loadWritePc(target);
            }
        };
    }

    /** The base register is in the list: it is written last, when nothing can abort any more. */
    private static Operation ldmWithBase(int n, int l, int start) {
        int[] before = numbers(l & (1 << n) - 1);
        int[] after = numbers(l & 0x7fff & -2 << n);
        boolean pc = (l & 0x8000) != 0;
        Operation.Effect effect = cpu -> {
            int address = load(cpu, before, cpu.r[n] + start);
            int base = cpu.load32Aligned(address);
            address = load(cpu, after, address + 4);
            if (pc) {
                cpu.loadWritePc(cpu.load32Aligned(address));
            }
            cpu.r[n] = base;
        };
        return pc ? Branch.of(effect) : Operation.of(effect);
    }

    /** Loads registers; returns the address after the last one. */
    private static int load(Cpu cpu, int[] registers, int start) {
        int address = start;
        for (int register : registers) {
            cpu.r[register] = cpu.load32Aligned(address);
            address += 4;
        }
        return address;
    }

    /** LDM (User registers): loads registers of User mode. */
    static Operation ldmUser(boolean P, boolean U, boolean W, int n, int l) {
        if (W || l == 0 || n == 15) {
            return undefined("LDM (User registers) with write-back, of no register or from PC");
        }
        int[] registers = numbers(l);
        int start = start(P, U, l);
        return Branch.of(cpu -> {
            ExceptionReturn.checkPrivilegedLoad(cpu);
            int address = cpu.r[n] + start;
            for (int register : registers) {
                cpu.setRegister(register, Mode.USR, cpu.load32Aligned(address));
                address += 4;
            }
        });
    }

    /** LDM (exception return): loads registers, PC among them, and CPSR from SPSR. */
    static Operation ldmExceptionReturn(boolean P, boolean U, boolean W, int n, int l) {
        if (W && (l >>> n & 1) != 0 || n == 15) {
            return undefined("LDM (exception return) with write-back of a base register in the list, or from PC");
        }
        int[] registers = numbers(l);
        int start = start(P, U, l | 0x8000);
        int change = W ? change(U, l | 0x8000) : 0;
        boolean loadsBase = (l >>> n & 1) != 0;
        return Branch.of(cpu -> {
            ExceptionReturn.checkPrivilegedLoad(cpu);
            int base = cpu.r[n];
            int target = loadKeeping(cpu, n, registers, base + start);
            if (!loadsBase) {
                cpu.r[n] = base + change;
            }
            ExceptionReturn.afterLoad(cpu, target);
        });
    }

    /** Loads registers and the word after them, which is returned; nothing changes if an access aborts. */
    private static int loadKeeping(Cpu cpu, int n, int[] registers, int start) {
        int address = start;
        int base = cpu.r[n];
        try {
            address = load(cpu, registers, start);
            return cpu.load32Aligned(address);
        } catch (ProcessorException abort) {
            cpu.r[n] = base;
            throw abort;
        }
    }

    // ---- STM ------------------------------------------------------------------------------------------------------

    /** STM/STMIA/STMEA, STMDA/STMED, STMDB/STMFD, STMIB/STMFA and PUSH. */
    static Operation stm(boolean P, boolean U, boolean W, int n, int l, int pc) {
        if (l == 0 || n == 15) {
            return undefined("STM of no register or to PC");
        }
        int start = start(P, U, l);
        int change = W ? change(U, l) : 0;
        return (l & 0x8000) != 0
                ? stmWithPc(n, numbers(l & 0x7fff), start, change, pc)
                : stmPlain(n, numbers(l), start, change);
    }

    /** STM/STMIA/STMEA, STMDB/STMFD and PUSH of T32: at least two registers, and no write-back of one in the list. */
    static Operation stmWide(boolean P, boolean U, boolean W, int n, int l, int pc) {
        if (Integer.bitCount(l) < 2 || W && (l >>> n & 1) != 0) {
            return undefined("STM of fewer than two registers, or with write-back of a base register in the list");
        }
        return stm(P, U, W, n, l, pc);
    }

    private static Operation stmPlain(int n, int[] registers, int start, int change) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int base = cpu.r[n];
                int address = base + start;
                for (int register : registers) {
                    cpu.store32Aligned(address, cpu.r[register]);
                    address += 4;
                }
                cpu.r[n] = base + change;
            }
        };
    }

    private static Operation stmWithPc(int n, int[] registers, int start, int change, int pc) {
        return Operation.of(cpu -> {
            int base = cpu.r[n];
            int address = base + start;
            for (int register : registers) {
                cpu.store32Aligned(address, cpu.r[register]);
                address += 4;
            }
            cpu.store32Aligned(address, pc);
            cpu.r[n] = base + change;
        });
    }

    /** STM (User registers): stores registers of User mode. */
    static Operation stmUser(boolean P, boolean U, boolean W, int n, int l, int pc) {
        if (l == 0 || n == 15) {
            return undefined("STM (User registers) of no register or to PC");
        }
        int[] registers = numbers(l);
        int start = start(P, U, l);
        int change = W ? change(U, l) : 0;
        return Branch.of(cpu -> {
            ExceptionReturn.checkPrivilegedLoad(cpu);
            int base = cpu.r[n];
            int address = base + start;
            for (int register : registers) {
                cpu.store32Aligned(address, register == 15 ? pc : cpu.register(register, Mode.USR));
                address += 4;
            }
            cpu.r[n] = base + change;
        });
    }
}
