package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/** Branch instructions: DDI 0406C A4.3. */
final class Branches {
    private Branches() {}

    /** B. */
    static Operation b(int cond, int pc, int imm32) {
        int target = pc + imm32;
        return switch (cond) {
            case 14 ->
                new Branch() {
                    @Override
                    public void execute(Cpu cpu) {
                        cpu.pc = target;
                    }
                };
            case 0 ->
                new Branch() {
                    @Override
                    public void execute(Cpu cpu) {
                        if (cpu.z == 0) {
                            cpu.pc = target;
                        }
                    }
                };
            case 1 ->
                new Branch() {
                    @Override
                    public void execute(Cpu cpu) {
                        if (cpu.z != 0) {
                            cpu.pc = target;
                        }
                    }
                };
            default ->
                Branch.of(cpu -> {
                    if (cpu.conditionPassed(cond)) {
                        cpu.pc = target;
                    }
                });
        };
    }

    static Operation nop() {
        return Operation.of(cpu -> {});
    }

    /** SVC. */
    static Operation svc(int imm32) {
        return Branch.of(cpu -> {
            if (imm32 == 0x123456) {
                cpu.requestStop();
            }
        });
    }
}
