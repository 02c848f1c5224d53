package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.floatingpoint.FixedFormat;
import dev.hyptrace.emulator.floatingpoint.Format;
import dev.hyptrace.emulator.floatingpoint.FpConversion;
import dev.hyptrace.emulator.floatingpoint.FpEnvironment;
import dev.hyptrace.emulator.floatingpoint.RoundingMode;

/** VCVT in its floating-point forms: DDI 0406C A7.5. */
final class FloatingPointConversions {
    private FloatingPointConversions() {}

    /** What is computed from one register for another. */
    private interface Conversion {
        long of(FpEnvironment env, long value);
    }

    private static Operation of(Format to, int vd, Format from, int vm, Conversion conversion) {
        return ExtensionOperation.floatingPoint(cpu -> {
            FpEnvironment env = ExtensionOperation.environment(cpu);
            long value = conversion.of(env, FloatingPointDataProcessing.get(cpu, from, vm));
            FloatingPointDataProcessing.set(cpu, to, vd, value);
            ExtensionOperation.raise(cpu, env.raised());
        });
    }

    /** VCVT (between double-precision and single-precision): the operand has double precision if {@code f} is 1. */
    static Operation vcvtPrecision(int f, int vd, int vm) {
        Format from = FloatingPointDataProcessing.format(f);
        Format to = FloatingPointDataProcessing.format(f ^ 1);
        return of(to, vd, from, vm, (env, value) -> FpConversion.convert(env, from, to, value));
    }

    /** VCVTB and VCVTT from half precision; {@code T} selects the top half. */
    static Operation vcvtFromHalf(int T, int vd, int vm) {
        return of(
                Format.SINGLE,
                vd,
                Format.SINGLE,
                vm,
                (env, value) -> FpConversion.fromHalf(env, value >>> 16 * T & 0xffff));
    }

    /** VCVTB and VCVTT to half precision: the other half of the destination stays. */
    static Operation vcvtToHalf(int T, int vd, int vm) {
        return ExtensionOperation.floatingPoint(cpu -> {
            FpEnvironment env = ExtensionOperation.environment(cpu);
            long half = FpConversion.toHalf(env, cpu.extension.single(vm));
            long other = cpu.extension.single(vd) & ~(0xffffL << 16 * T);
            cpu.extension.setSingle(vd, other | half << 16 * T);
            ExtensionOperation.raise(cpu, env.raised());
        });
    }

    /** VCVT from an integer, signed if {@code p} is set. */
    static Operation vcvtFromInteger(int f, int vd, int vm, boolean p) {
        Format to = FloatingPointDataProcessing.format(f);
        return of(
                to,
                vd,
                Format.SINGLE,
                vm,
                (env, value) -> FpConversion.fromFixed(env, to, p ? (int) value : value, 0, env.rounding()));
    }

    /** VCVT to an integer, rounding towards zero; if {@code p} is 0, VCVTR, rounding as FPSCR says. */
    static Operation vcvtToInteger(int f, int vd, int vm, boolean U, boolean p) {
        Format from = FloatingPointDataProcessing.format(f);
        FixedFormat integer = new FixedFormat(32, U, 0);
        return of(
                Format.SINGLE,
                vd,
                from,
                vm,
                (env, value) ->
                        FpConversion.toFixed(env, from, value, integer, p ? RoundingMode.ZERO : env.rounding()));
    }

    /** VCVT (between floating-point and fixed-point) to fixed point; {@code z} is 1 for 32 bits, 0 for 16. */
    static Operation vcvtToFixed(int f, int vd, boolean U, int z, int i) {
        Format format = FloatingPointDataProcessing.format(f);
        FixedFormat fixed = new FixedFormat(16 << z, U, (16 << z) - i);
        return of(
                format,
                vd,
                format,
                vd,
                (env, value) -> FpConversion.toFixed(env, format, value, fixed, RoundingMode.ZERO));
    }

    /** VCVT (between floating-point and fixed-point) from fixed point, rounding to nearest. */
    static Operation vcvtFromFixed(int f, int vd, boolean U, int z, int i) {
        Format format = FloatingPointDataProcessing.format(f);
        int unused = 64 - (16 << z);
        int fractionBits = (16 << z) - i;
        return of(format, vd, format, vd, (env, value) -> {
            long fixed = U ? value << unused >>> unused : value << unused >> unused;
            return FpConversion.fromFixed(env, format, fixed, fractionBits, RoundingMode.NEAREST);
        });
    }
}
