package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/** Standard data-processing instructions. */
final class DataProcessing {
    private DataProcessing() {}

    static Operation andImmediate(boolean S, int d, int n, int imm32, int carry) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] & imm32;
            }
        };
    }

    static Operation eorRegister(boolean S, int d, int n, int m, int y, int i) {
        if (i == 0) {
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
                cpu.r[d] = cpu.r[n] ^ cpu.r[m] >>> i;
            }
        };
    }

    static Operation addImmediate(boolean S, int d, int n, int imm32) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] + imm32;
            }
        };
    }

    static Operation addRegister(boolean S, int d, int n, int m) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] + cpu.r[m];
            }
        };
    }

    static Operation subImmediate(boolean S, int d, int n, int imm32) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int x = cpu.r[n];
                int result = x - imm32;
                cpu.r[d] = result;
                cpu.setNz(result);
                cpu.c = Integer.compareUnsigned(x, imm32) >= 0 ? 1 : 0;
                cpu.v = (x ^ imm32) & (x ^ result);
            }
        };
    }

    static Operation cmpImmediate(int n, int imm32) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int x = cpu.r[n];
                int result = x - imm32;
                cpu.setNz(result);
                cpu.c = Integer.compareUnsigned(x, imm32) >= 0 ? 1 : 0;
                cpu.v = (x ^ imm32) & (x ^ result);
            }
        };
    }

    static Operation movImmediate(boolean S, int d, int imm32, int carry) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = imm32;
            }
        };
    }

    static Operation mvnImmediate(boolean S, int d, int imm32, int carry) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = ~imm32;
            }
        };
    }

    static Operation movRegister(boolean S, int d, int m) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[m];
            }
        };
    }

    static Operation lsrImmediate(boolean S, int d, int m, int i) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int x = cpu.r[m];
                int result = x >>> i;
                cpu.r[d] = result;
                cpu.setNz(result);
                cpu.c = x >>> i - 1 & 1;
            }
        };
    }
}
