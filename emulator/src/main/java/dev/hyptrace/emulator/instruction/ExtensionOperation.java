package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.floatingpoint.FpEnvironment;

/** An instruction of the floating-point or Advanced SIMD extension: it executes if the extension is enabled. */
final class ExtensionOperation extends Operation {
    private final Access access;
    private final Effect effect;

    private ExtensionOperation(Access access, Effect effect) {
        this.access = access;
        this.effect = effect;
    }

    /** What must be enabled. */
    private interface Access {
        void check(Cpu cpu);
    }

    /** A floating-point instruction, or one that both extensions have. */
    static Operation floatingPoint(Effect effect) {
        return new ExtensionOperation(FloatingPointAccess::checkEnabled, effect);
    }

    /** A floating-point instruction that FPSCR.LEN and STRIDE would make a vector operation. */
    static Operation scalar(Effect effect) {
        return new ExtensionOperation(FloatingPointAccess::checkScalar, effect);
    }

    /** An Advanced SIMD instruction. */
    static Operation simd(Effect effect) {
        return new ExtensionOperation(FloatingPointAccess::checkSimd, effect);
    }

    @Override
    public void execute(Cpu cpu) {
        access.check(cpu);
        effect.apply(cpu);
    }

    /** What FPSCR says of a floating-point instruction. */
    static FpEnvironment environment(Cpu cpu) {
        return FpEnvironment.of(cpu.system.word(SystemRegister.FPSCR));
    }

    /** Sets cumulative bits of FPSCR. */
    static void raise(Cpu cpu, int bits) {
        if (bits != 0) {
            cpu.system.set(SystemRegister.FPSCR, cpu.system.word(SystemRegister.FPSCR) | bits);
        }
    }
}
