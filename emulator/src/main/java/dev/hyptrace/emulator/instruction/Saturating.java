package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/** Saturating instructions: a result that does not fit is the nearest one that does, and sets Q. */
final class Saturating {
    private Saturating() {}

    /** SignedSatQ() to {@code bits} bits; sets Q if it saturates. */
    private static int signed(Cpu cpu, long value, int bits) {
        int result = Arithmetic.signedSat(value, bits);
        if (result != value) {
            cpu.q = 1;
        }
        return result;
    }

    /** UnsignedSatQ() to {@code bits} bits; sets Q if it saturates. */
    private static int unsigned(Cpu cpu, int value, int bits) {
        int result = Arithmetic.unsignedSat(value, bits);
        if (result != value) {
            cpu.q = 1;
        }
        return result;
    }

    /** QADD: Rm is the first operand. */
    static Operation qadd(int d, int m, int n) {
        return Operation.of(cpu -> cpu.r[d] = signed(cpu, (long) cpu.r[m] + cpu.r[n], 32));
    }

    /** QSUB. */
    static Operation qsub(int d, int m, int n) {
        return Operation.of(cpu -> cpu.r[d] = signed(cpu, (long) cpu.r[m] - cpu.r[n], 32));
    }

    /** QDADD: the doubling of Rn saturates too. */
    static Operation qdadd(int d, int m, int n) {
        return Operation.of(cpu -> {
            int doubled = signed(cpu, 2L * cpu.r[n], 32);
            cpu.r[d] = signed(cpu, (long) cpu.r[m] + doubled, 32);
        });
    }

    /** QDSUB. */
    static Operation qdsub(int d, int m, int n) {
        return Operation.of(cpu -> {
            int doubled = signed(cpu, 2L * cpu.r[n], 32);
            cpu.r[d] = signed(cpu, (long) cpu.r[m] - doubled, 32);
        });
    }

    /** SSAT to 1 to 32 bits. */
    static Operation ssat(int d, int n, int saturateTo, int shiftT, int shiftN) {
        return Operation.of(cpu -> cpu.r[d] = signed(cpu, Arithmetic.shift(cpu.r[n], shiftT, shiftN, 0), saturateTo));
    }

    /** USAT to 0 to 31 bits. */
    static Operation usat(int d, int n, int saturateTo, int shiftT, int shiftN) {
        return Operation.of(cpu -> cpu.r[d] = unsigned(cpu, Arithmetic.shift(cpu.r[n], shiftT, shiftN, 0), saturateTo));
    }

    /** SSAT16: each halfword to 1 to 16 bits. */
    static Operation ssat16(int d, int n, int saturateTo) {
        return Operation.of(cpu -> {
            int low = signed(cpu, (short) cpu.r[n], saturateTo);
            int high = signed(cpu, cpu.r[n] >> 16, saturateTo);
            cpu.r[d] = high << 16 | low & 0xffff;
        });
    }

    /** USAT16: each signed halfword to 0 to 15 bits. */
    static Operation usat16(int d, int n, int saturateTo) {
        return Operation.of(cpu -> {
            int low = unsigned(cpu, (short) cpu.r[n], saturateTo);
            int high = unsigned(cpu, cpu.r[n] >> 16, saturateTo);
            cpu.r[d] = high << 16 | low;
        });
    }
}
