package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/** Load and store instructions. */
final class LoadStore {
    private LoadStore() {}

    static Operation ldrbPost(int t, int n, int imm32) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                int address = cpu.r[n];
                int data = cpu.load8(address);
                cpu.r[n] = address + imm32;
                cpu.r[t] = data;
            }
        };
    }

    static Operation ldrRegister(int t, int n, int m, int i) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = cpu.load32(cpu.r[n] + (cpu.r[m] << i));
            }
        };
    }

    static Operation ldrbRegister(int t, int n, int m) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = cpu.load8(cpu.r[n] + cpu.r[m]);
            }
        };
    }

    static Operation strRegister(int t, int n, int m, int i) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.store32(cpu.r[n] + (cpu.r[m] << i), cpu.r[t]);
            }
        };
    }

    static Operation strbRegister(int t, int n, int m) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.store8(cpu.r[n] + cpu.r[m], cpu.r[t]);
            }
        };
    }

    static Operation ldrImmediate(int t, int n, int imm32) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[t] = cpu.load32(cpu.r[n] + imm32);
            }
        };
    }

    static Operation strImmediate(int t, int n, int imm32) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.store32(cpu.r[n] + imm32, cpu.r[t]);
            }
        };
    }
}
