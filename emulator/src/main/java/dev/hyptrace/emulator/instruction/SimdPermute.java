package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.simd.Elements;
import java.util.Arrays;

/** Instructions that move elements and compute nothing: VEXT, VTBL, VDUP, VREV, VSWP, VTRN, VUZP, VZIP. */
final class SimdPermute {
    private SimdPermute() {}

    /** Where an element of the result comes from, counted from the first element of the operands. */
    private interface Source {
        int of(int e);
    }

    /**
     * The elements of one or two vectors in another order.
     *
     * @param second the second vector, which follows the first in the numbering
     */
    private static Operation reorder(int size, int q, int vd, int first, int second, Source source) {
        int count = (64 << q) / size;
        return ExtensionOperation.simd(cpu -> {
            long[] operands = operands(cpu.extension.d, q, first, second);
            Elements from = new Elements(0, size, true);
            Elements to = new Elements(vd, size, true);
            for (int e = 0; e < count; e++) {
                to.set(cpu.extension.d, e, from.get(operands, source.of(e)));
            }
        });
    }

    private static long[] operands(long[] d, int q, int first, int second) {
        long[] operands = Arrays.copyOfRange(d, first, first + 2 * (q + 1));
        System.arraycopy(d, second, operands, q + 1, q + 1);
        return operands;
    }

    /** VEXT: bytes from {@code i} on. */
    static Operation vext(int q, int vd, int vn, int vm, int i) {
        if ((q & (vd | vn | vm)) != 0 || q == 0 && i > 7) {
            return Decoder.UNDEFINED;
        }
        return reorder(8, q, vd, vn, vm, e -> e + i);
    }

    /** VREV64, VREV32 and VREV16: the elements of each group of {@code 8 << group} bits in reverse. */
    static Operation vrev(int z, int q, int vd, int vm, int group) {
        if ((q & (vd | vm)) != 0) {
            return Decoder.UNDEFINED;
        }
        int last = (1 << group - z) - 1;
        return reorder(8 << z, q, vd, vm, vm, e -> e ^ last);
    }

    /** VDUP (scalar): {@code i} is imm4, whose lowest set bit says the size. */
    static Operation vdupScalar(int q, int vd, int vm, int i) {
        int z = Integer.numberOfTrailingZeros(i);
        if (z > 2 || (q & vd) != 0) {
            return Decoder.UNDEFINED;
        }
        Elements scalar = new Elements(vm, 8 << z, true, i >> z + 1, 0);
        return SimdOperation.lanes(
                (64 << q) / (8 << z), new Elements(vd, 8 << z, true), scalar, scalar, (status, d, n, m) -> m);
    }

    /** VTBL, and VTBX if {@code o} is set: bytes of {@code l + 1} registers, chosen by the bytes of Vm. */
    static Operation vtbl(int vd, int vn, int vm, int l, boolean o) {
        if (vn + l > 31) {
            return Decoder.unpredictable("VTBL of registers that do not exist: UNDEFINED", Decoder.UNDEFINED);
        }
        Elements bytes = new Elements(0, 8, true);
        return ExtensionOperation.simd(cpu -> {
            long[] table = Arrays.copyOfRange(cpu.extension.d, vn, vn + l + 1);
            long[] indices = {cpu.extension.d[vm]};
            Elements result = new Elements(vd, 8, true);
            for (int e = 0; e < 8; e++) {
                int index = (int) bytes.get(indices, e);
                long otherwise = o ? result.get(cpu.extension.d, e) : 0;
                result.set(cpu.extension.d, e, index < 8 * (l + 1) ? bytes.get(table, index) : otherwise);
            }
        });
    }

    // ---- both registers change ------------------------------------------------------------------------------------

    static Operation vswp(int q, int vd, int vm) {
        return exchange(64, q, vd, vm, e -> e + (1 << q) & (2 << q) - 1);
    }

    /** Exchanges the odd elements of one with the even ones of the other. */
    static Operation vtrn(int z, int q, int vd, int vm) {
        if (z == 2 && vd == vm) {
            return vrev(z, q, vd, vm, 3); // UNKNOWN; QEMU exchanges words in place.
        }
        int count = (64 << q) / (8 << z);
        return exchange(8 << z, q, vd, vm, e -> e < count ? e + (e & 1) * (count - 1) : e - (~e & 1) * (count - 1));
    }

    /** The even elements of both, then the odd ones. */
    static Operation vuzp(int z, int q, int vd, int vm) {
        int count = (64 << q) / (8 << z);
        return pairs(z, q, vd, vm, e -> e < count ? 2 * e : 2 * (e - count) + 1);
    }

    /** The elements of both, in turn. */
    static Operation vzip(int z, int q, int vd, int vm) {
        int count = (64 << q) / (8 << z);
        return pairs(z, q, vd, vm, e -> (e >> 1) + (e & 1) * count);
    }

    /** There is no such instruction on doublewords of two elements: it would be VTRN. */
    private static Operation pairs(int z, int q, int vd, int vm, Source source) {
        return q == 0 && z == 2 ? Decoder.UNDEFINED : exchange(8 << z, q, vd, vm, source);
    }

    /**
     * Both vectors change; element {@code e} counts through the first, then the second. If they are the same, which leaves
     * it UNKNOWN, the first is what remains, as in QEMU.
     */
    private static Operation exchange(int size, int q, int vd, int vm, Source source) {
        if ((q & (vd | vm)) != 0) {
            return Decoder.UNDEFINED;
        }
        int count = (64 << q) / size;
        return ExtensionOperation.simd(cpu -> {
            long[] operands = operands(cpu.extension.d, q, vd, vm);
            Elements from = new Elements(0, size, true);
            Elements first = new Elements(vd, size, true);
            Elements second = new Elements(vm, size, true);
            for (int e = 0; e < count; e++) {
                second.set(cpu.extension.d, e, from.get(operands, source.of(e + count)));
            }
            for (int e = 0; e < count; e++) {
                first.set(cpu.extension.d, e, from.get(operands, source.of(e)));
            }
        });
    }
}
