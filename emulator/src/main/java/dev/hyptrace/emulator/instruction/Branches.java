package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.DirectBranch;
import dev.hyptrace.emulator.core.Hsr;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.SystemRegister;

/** Branch instructions: DDI 0406C A4.3. */
final class Branches {
    private static final int HSTR_TJDBX = 1 << 17;

    private Branches() {}

    // ---- B --------------------------------------------------------------------------------------------------------

    /** B. */
    static Operation b(int cond, int pc, int imm32) {
        int target = pc + imm32;
        return switch (cond) {
            case 0 -> branchEq(target);
            case 1 -> branchNe(target);
            case 2 -> branchCs(target);
            case 3 -> branchCc(target);
            case 8 -> branchHi(target);
            case 9 -> branchLs(target);
            case 10 -> branchGe(target);
            case 11 -> branchLt(target);
            case 12 -> branchGt(target);
            case 13 -> branchLe(target);
            case 14 -> branch(target);
            default -> branchIf(cond, target);
        };
    }

    /** B with a condition of its own in Thumb, which makes it UNPREDICTABLE in an IT block. */
    static Operation bConditional(int condition, int pc, int imm32, boolean inIt) {
        return inIt
                ? Decoder.unpredictable("conditional B in an IT block: UNDEFINED", Decoder.UNDEFINED)
                : b(condition, pc, imm32);
    }

    /** B without a condition of its own. */
    static Operation bAlways(int pc, int imm32) {
        return branch(pc + imm32);
    }

    private static DirectBranch branch(int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                cpu.pc = target;
            }
        };
    }

    private static DirectBranch branchIf(int cond, int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                if (cpu.conditionPassed(cond)) {
                    cpu.pc = target;
                }
            }
        };
    }

    private static DirectBranch branchEq(int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                if (cpu.z == 0) {
                    cpu.pc = target;
                }
            }
        };
    }

    private static DirectBranch branchNe(int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                if (cpu.z != 0) {
                    cpu.pc = target;
                }
            }
        };
    }

    private static DirectBranch branchCs(int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                if (cpu.c != 0) {
                    cpu.pc = target;
                }
            }
        };
    }

    private static DirectBranch branchCc(int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                if (cpu.c == 0) {
                    cpu.pc = target;
                }
            }
        };
    }

    private static DirectBranch branchHi(int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                if (cpu.c != 0 && cpu.z != 0) {
                    cpu.pc = target;
                }
            }
        };
    }

    private static DirectBranch branchLs(int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                if (cpu.c == 0 || cpu.z == 0) {
                    cpu.pc = target;
                }
            }
        };
    }

    private static DirectBranch branchGe(int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                if ((cpu.n ^ cpu.v) >= 0) {
                    cpu.pc = target;
                }
            }
        };
    }

    private static DirectBranch branchLt(int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                if ((cpu.n ^ cpu.v) < 0) {
                    cpu.pc = target;
                }
            }
        };
    }

    private static DirectBranch branchGt(int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                if ((cpu.n ^ cpu.v) >= 0 && cpu.z != 0) {
                    cpu.pc = target;
                }
            }
        };
    }

    private static DirectBranch branchLe(int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                if ((cpu.n ^ cpu.v) < 0 || cpu.z == 0) {
                    cpu.pc = target;
                }
            }
        };
    }

    // ---- BL, BLX, BX, BXJ -----------------------------------------------------------------------------------------

    /** BL (immediate). */
    static Operation bl(int pc, int imm32, int next, boolean thumb) {
        int target = pc + imm32;
        int link = thumb ? next | 1 : next;
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[14] = link;
                cpu.pc = target;
            }
        };
    }

    /** BLX (immediate): to the other instruction set. */
    static Operation blxImmediate(int pc, int imm32, int next, boolean thumb) {
        int target = thumb ? (pc & ~3) + imm32 : pc + imm32;
        int link = thumb ? next | 1 : next;
        return new Branch() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[14] = link;
                cpu.thumb = !thumb;
                cpu.pc = target;
            }
        };
    }

    /** BLX (register). */
    static Operation blxRegister(int m, int next, boolean thumb) {
        int link = thumb ? next | 1 : next;
        return new Branch() {
            @Override
            public void execute(Cpu cpu) {
                int target = cpu.r[m];
                cpu.r[14] = link;
                cpu.bxWritePc(target);
            }
        };
    }

    /** BX. */
    static Operation bx(int m) {
        return new Branch() {
            @Override
            public void execute(Cpu cpu) {
                cpu.bxWritePc(cpu.r[m]);
            }
        };
    }

    /** BXJ: the trivial implementation of the Jazelle extension, where it is BX. */
    static Operation bxj(int m) {
        return Branch.of(cpu -> {
            if (!cpu.isSecure() && cpu.mode() != Mode.HYP && (cpu.system.word(SystemRegister.HSTR) & HSTR_TJDBX) != 0) {
                throw ProcessorException.hypTrap(Hsr.conditional(Hsr.EC_BXJ, m));
            }
            cpu.bxWritePc(cpu.r[m]);
        });
    }

    // ---- CBZ, CBNZ, TBB, TBH --------------------------------------------------------------------------------------

    /** CBZ, CBNZ. */
    static Operation cbz(boolean nonzero, int n, int pc, int imm32, boolean inIt) {
        int target = pc + imm32;
        Branch branch = nonzero ? cbnz(n, target) : cbz(n, target);
        return inIt ? Decoder.unpredictable("CBZ in an IT block ends it if it branches", endingIt(branch)) : branch;
    }

    /** A branch within an IT block, UNPREDICTABLE: as in QEMU the block ends if it is taken. */
    private static Branch endingIt(Branch branch) {
        return Branch.of(cpu -> {
            int next = cpu.pc;
            branch.execute(cpu);
            cpu.itState = cpu.pc == next ? cpu.itState : 0;
        });
    }

    private static DirectBranch cbz(int n, int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                if (cpu.r[n] == 0) {
                    cpu.pc = target;
                }
            }
        };
    }

    private static DirectBranch cbnz(int n, int target) {
        return new DirectBranch() {
            @Override
            public void execute(Cpu cpu) {
                if (cpu.r[n] != 0) {
                    cpu.pc = target;
                }
            }
        };
    }

    /** TBB. */
    static Operation tbb(int n, int m, int pc) {
        return Branch.of(cpu -> cpu.branchWritePc(pc + 2 * cpu.load8(cpu.r[n] + cpu.r[m])));
    }

    /** TBH. */
    static Operation tbh(int n, int m, int pc) {
        return Branch.of(cpu -> cpu.branchWritePc(pc + 2 * cpu.load16(cpu.r[n] + (cpu.r[m] << 1))));
    }
}
