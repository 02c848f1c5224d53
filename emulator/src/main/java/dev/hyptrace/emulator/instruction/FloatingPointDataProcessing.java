package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.floatingpoint.Format;
import dev.hyptrace.emulator.floatingpoint.FpArithmetic;
import dev.hyptrace.emulator.floatingpoint.FpComparison;
import dev.hyptrace.emulator.floatingpoint.FpEnvironment;
import dev.hyptrace.emulator.floatingpoint.Fpscr;

/**
 * Floating-point data-processing instructions: DDI 0406C A7.5. Each comes in single ({@code f} = 0) and double precision;
 * {@code vd}, {@code vn} and {@code vm} are numbers of S or D registers.
 */
final class FloatingPointDataProcessing {
    private FloatingPointDataProcessing() {}

    /** The format that the sz bit selects. */
    static Format format(int f) {
        return f == 0 ? Format.SINGLE : Format.DOUBLE;
    }

    /** The value of an S or D register. */
    static long get(Cpu cpu, Format format, int register) {
        return format == Format.DOUBLE ? cpu.extension.d[register] : cpu.extension.single(register);
    }

    /** Sets an S or D register. */
    static void set(Cpu cpu, Format format, int register, long value) {
        if (format == Format.DOUBLE) {
            cpu.extension.d[register] = value;
        } else {
            cpu.extension.setSingle(register, value);
        }
    }

    /** A result from the old value of the destination and two operands. */
    private interface Result {
        long of(FpEnvironment env, Format format, long d, long n, long m);
    }

    private static Operation of(int f, int vd, int vn, int vm, Result result) {
        Format format = format(f);
        return ExtensionOperation.scalar(cpu -> {
            FpEnvironment env = ExtensionOperation.environment(cpu);
            long d = get(cpu, format, vd);
            long value = result.of(env, format, d, get(cpu, format, vn), get(cpu, format, vm));
            set(cpu, format, vd, value);
            ExtensionOperation.raise(cpu, env.raised());
        });
    }

    // ---- two operands ---------------------------------------------------------------------------------------------

    static Operation vaddScalar(int f, int vd, int vn, int vm) {
        return of(f, vd, vn, vm, (env, format, d, n, m) -> FpArithmetic.add(env, format, n, m));
    }

    static Operation vsubScalar(int f, int vd, int vn, int vm) {
        return of(f, vd, vn, vm, (env, format, d, n, m) -> FpArithmetic.subtract(env, format, n, m));
    }

    static Operation vmulScalar(int f, int vd, int vn, int vm) {
        return of(f, vd, vn, vm, (env, format, d, n, m) -> FpArithmetic.multiply(env, format, n, m));
    }

    static Operation vnmul(int f, int vd, int vn, int vm) {
        return of(f, vd, vn, vm, (env, format, d, n, m) -> format.negated(FpArithmetic.multiply(env, format, n, m)));
    }

    static Operation vdiv(int f, int vd, int vn, int vm) {
        return of(f, vd, vn, vm, (env, format, d, n, m) -> FpArithmetic.divide(env, format, n, m));
    }

    // ---- multiply and accumulate, rounding the product
    // ----------------------------------------------------------------

    static Operation vmlaScalar(int f, int vd, int vn, int vm) {
        return accumulate(f, vd, vn, vm, false, false);
    }

    static Operation vmlsScalar(int f, int vd, int vn, int vm) {
        return accumulate(f, vd, vn, vm, false, true);
    }

    static Operation vnmla(int f, int vd, int vn, int vm) {
        return accumulate(f, vd, vn, vm, true, true);
    }

    static Operation vnmls(int f, int vd, int vn, int vm) {
        return accumulate(f, vd, vn, vm, true, false);
    }

    private static Operation accumulate(int f, int vd, int vn, int vm, boolean negateAddend, boolean negateProduct) {
        return of(f, vd, vn, vm, (env, format, d, n, m) -> {
            long product = FpArithmetic.multiply(env, format, n, m);
            return FpArithmetic.add(
                    env,
                    format,
                    negateAddend ? format.negated(d) : d,
                    negateProduct ? format.negated(product) : product);
        });
    }

    // ---- fused ----------------------------------------------------------------------------------------------------

    static Operation vfmaScalar(int f, int vd, int vn, int vm) {
        return fused(f, vd, vn, vm, false, false);
    }

    static Operation vfmsScalar(int f, int vd, int vn, int vm) {
        return fused(f, vd, vn, vm, false, true);
    }

    static Operation vfnma(int f, int vd, int vn, int vm) {
        return fused(f, vd, vn, vm, true, true);
    }

    static Operation vfnms(int f, int vd, int vn, int vm) {
        return fused(f, vd, vn, vm, true, false);
    }

    private static Operation fused(int f, int vd, int vn, int vm, boolean negateAddend, boolean negateProduct) {
        return of(
                f,
                vd,
                vn,
                vm,
                (env, format, d, n, m) -> FpArithmetic.multiplyAdd(
                        env, format, negateAddend ? format.negated(d) : d, negateProduct ? format.negated(n) : n, m));
    }

    // ---- one operand ----------------------------------------------------------------------------------------------

    static Operation vabsScalar(int f, int vd, int vm) {
        return of(f, vd, vm, vm, (env, format, d, n, m) -> format.absolute(m));
    }

    static Operation vnegScalar(int f, int vd, int vm) {
        return of(f, vd, vm, vm, (env, format, d, n, m) -> format.negated(m));
    }

    static Operation vsqrt(int f, int vd, int vm) {
        return of(f, vd, vm, vm, (env, format, d, n, m) -> FpArithmetic.squareRoot(env, format, m));
    }

    /** VMOV (register). */
    static Operation vmovScalar(int f, int vd, int vm) {
        return of(f, vd, vm, vm, (env, format, d, n, m) -> m);
    }

    /** VMOV (immediate): VFPExpandImm() of an 8-bit number. */
    static Operation vmovScalarImmediate(int f, int vd, int i) {
        long value = Shapes.vfpExpandImm(i, format(f));
        return of(f, vd, vd, vd, (env, format, d, n, m) -> value);
    }

    // ---- comparison -----------------------------------------------------------------------------------------------

    /** VCMP, and VCMPE if E is set. */
    static Operation vcmp(int f, int vd, int vm, boolean E) {
        Format format = format(f);
        return ExtensionOperation.floatingPoint(cpu -> compare(cpu, format, vd, get(cpu, format, vm), E));
    }

    /** VCMP and VCMPE with zero. */
    static Operation vcmpZero(int f, int vd, boolean E) {
        Format format = format(f);
        return ExtensionOperation.floatingPoint(cpu -> compare(cpu, format, vd, 0, E));
    }

    private static void compare(Cpu cpu, Format format, int vd, long other, boolean signalsQuiet) {
        FpEnvironment env = ExtensionOperation.environment(cpu);
        int flags = FpComparison.flags(env, format, get(cpu, format, vd), other, signalsQuiet);
        int fpscr = cpu.system.word(SystemRegister.FPSCR) & ~Fpscr.FLAGS;
        cpu.system.set(SystemRegister.FPSCR, fpscr | flags | env.raised());
    }
}
