package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.Operation.Effect;

/**
 * How the address of a load or store follows from registers (DDI 0406C A4.6.5 "Addressing modes"), and the operations of
 * the forms that are not common: the common ones compute their address in place.
 *
 * @param n the base register
 * @param index whether the offset is part of the address; if not, it is only added to the base register afterwards
 * @param wback whether base plus offset is written back to the base register
 * @param offset what is added to the base register, negative where it is subtracted
 */
record Addressing(int n, boolean index, boolean wback, Offset offset) {
    /** A signed offset. */
    @FunctionalInterface
    interface Offset {
        int value(Cpu cpu);
    }

    /** A load of some width, extended to 32 bits. */
    @FunctionalInterface
    interface Load {
        int from(Cpu cpu, int address);
    }

    /** A store of some width. */
    @FunctionalInterface
    interface Store {
        void to(Cpu cpu, int address, int value);
    }

    /** A base register and a signed constant. */
    static Addressing immediate(boolean P, boolean W, int n, int offset) {
        return new Addressing(n, P, !P || W, cpu -> offset);
    }

    /** A base register and a register shifted by a constant. */
    static Addressing register(boolean P, boolean U, boolean W, int n, int m, int shiftT, int shiftN) {
        Offset shifted = cpu -> Arithmetic.shift(cpu.r[m], shiftT, shiftN, cpu.c);
        return new Addressing(n, P, !P || W, U ? shifted : cpu -> -shifted.value(cpu));
    }

    /** The load of a register: a branch if it is PC. A loaded base register keeps the loaded value. */
    Operation load(Load load, int t) {
        Effect effect = cpu -> {
            int indexed = indexed(cpu);
            int data = load.from(cpu, address(cpu, indexed));
            writeBack(cpu, indexed);
            if (t == 15) {
                cpu.loadWritePc(data);
            } else {
                cpu.r[t] = data;
            }
        };
        return checked(t, t == 15 || writesPc() ? Branch.of(effect) : Operation.of(effect));
    }

    /** The store of a register. A stored base register has its old value. */
    Operation store(Store store, int t) {
        Effect effect = cpu -> {
            int indexed = indexed(cpu);
            store.to(cpu, address(cpu, indexed), cpu.r[t]);
            writeBack(cpu, indexed);
        };
        return checked(t, writesPc() ? Branch.of(effect) : Operation.of(effect));
    }

    /** Reports write-back to PC or to a register that is transferred, which is UNPREDICTABLE. */
    Operation checked(int t, Operation operation) {
        return wback && (n == 15 || n == t)
                ? Decoder.unpredictable("write-back to PC or a transferred register executes as encoded", operation)
                : operation;
    }

    boolean writesPc() {
        return wback && n == 15;
    }

    /** Base plus offset. */
    int indexed(Cpu cpu) {
        return cpu.r[n] + offset.value(cpu);
    }

    /** The address of the access, given base plus offset. */
    int address(Cpu cpu, int indexed) {
        return index ? indexed : cpu.r[n];
    }

    /** Writes base plus offset back if this form does. */
    void writeBack(Cpu cpu, int indexed) {
        if (!wback) {
            return;
        }
        if (n == 15) {
            cpu.branchWritePc(indexed);
        } else {
            cpu.r[n] = indexed;
        }
    }
}
