package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.simd.Elements;
import dev.hyptrace.emulator.simd.LaneOperation;
import dev.hyptrace.emulator.simd.SimdStatus;

/**
 * How Advanced SIMD instructions go over their lanes. All lanes of the result are computed before one is written, so that
 * operands may overlap with it.
 *
 * <p>A quadword register is given as the first of its two doubleword registers; an odd one is UNDEFINED.
 */
final class SimdOperation {
    private SimdOperation() {}

    /**
     * An operation lane by lane.
     *
     * @param count how many lanes the result has
     */
    static Operation lanes(int count, Elements d, Elements n, Elements m, LaneOperation operation) {
        int registers = count * d.size() + 63 >> 6;
        return ExtensionOperation.simd(cpu -> {
            long[] registersBefore = cpu.extension.d;
            long[] result = new long[registers];
            Elements results = new Elements(0, d.size(), true);
            SimdStatus status = new SimdStatus(cpu.system.word(SystemRegister.FPSCR));
            for (int e = 0; e < count; e++) {
                long old = d.get(registersBefore, e);
                results.set(
                        result, e, operation.apply(status, old, n.get(registersBefore, e), m.get(registersBefore, e)));
            }
            System.arraycopy(result, 0, registersBefore, d.register(), registers);
            ExtensionOperation.raise(cpu, status.raised());
        });
    }

    /** All operands and the result are vectors of the same kind; {@code q} is 1 for quadwords. */
    static Operation same(int size, boolean unsigned, int q, int vd, int vn, int vm, LaneOperation operation) {
        if ((q & (vd | vn | vm)) != 0) {
            return Decoder.UNDEFINED;
        }
        return lanes(
                (64 << q) / size,
                new Elements(vd, size, unsigned),
                new Elements(vn, size, unsigned),
                new Elements(vm, size, unsigned),
                operation);
    }

    /** An operation on whole registers. */
    interface Bits {
        long of(long d, long n, long m);
    }

    /** The same bit by bit. */
    static Operation bitwise(int q, int vd, int vn, int vm, Bits bits) {
        return same(64, true, q, vd, vn, vm, (status, d, n, m) -> bits.of(d, n, m));
    }

    /** A quadword of double-size lanes from two doublewords. */
    static Operation widening(int size, boolean unsigned, int vd, int vn, int vm, LaneOperation operation) {
        if ((vd & 1) != 0) {
            return Decoder.UNDEFINED;
        }
        return lanes(
                64 / size,
                new Elements(vd, 2 * size, unsigned),
                new Elements(vn, size, unsigned),
                new Elements(vm, size, unsigned),
                operation);
    }

    /** A doubleword of half-size lanes from two quadwords of lanes of this size. */
    static Operation narrowing(int size, boolean unsigned, int vd, int vn, int vm, LaneOperation operation) {
        if (((vn | vm) & 1) != 0) {
            return Decoder.UNDEFINED;
        }
        return lanes(
                128 / size,
                new Elements(vd, size / 2, unsigned),
                new Elements(vn, size, unsigned),
                new Elements(vm, size, unsigned),
                operation);
    }

    /** The operation on neighbours: those of Vn, then those of Vm. Doublewords only. */
    static Operation pairs(int size, boolean unsigned, int vd, int vn, int vm, LaneOperation operation) {
        Elements neighbours = new Elements(0, size, unsigned);
        int count = 64 / size;
        return ExtensionOperation.simd(cpu -> {
            long[] operands = {cpu.extension.d[vn], cpu.extension.d[vm]};
            SimdStatus status = new SimdStatus(cpu.system.word(SystemRegister.FPSCR));
            Elements result = new Elements(vd, size, unsigned);
            for (int e = 0; e < count; e++) {
                long first = neighbours.get(operands, 2 * e);
                long second = neighbours.get(operands, 2 * e + 1);
                result.set(cpu.extension.d, e, operation.apply(status, 0, first, second));
            }
            ExtensionOperation.raise(cpu, status.raised());
        });
    }
}
