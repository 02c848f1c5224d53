package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.instruction.Addressing.Load;
import dev.hyptrace.emulator.instruction.Addressing.Store;

/**
 * Loads and stores that access memory with the rights of User mode: DDI 0406C A4.6.3 "Unprivileged loads and stores".
 *
 * <p>Those of A32 are post-indexed ({@code P = 0}), those of T32 have an offset ({@code P = 1}).
 */
final class UnprivilegedLoadStore {
    private static final Load WORD = unprivileged(4);
    private static final Load HALFWORD = unprivileged(2);
    private static final Load BYTE = unprivileged(1);
    private static final Load SIGNED_HALFWORD = (cpu, address) -> (short) HALFWORD.from(cpu, address);
    private static final Load SIGNED_BYTE = (cpu, address) -> (byte) BYTE.from(cpu, address);

    private UnprivilegedLoadStore() {}

    private static Load unprivileged(int size) {
        return (cpu, address) -> (int) cpu.memory().load(cpu, address, size, true, false);
    }

    private static Store unprivilegedStore(int size) {
        return (cpu, address, value) -> cpu.memory().store(cpu, address, size, value, true, false);
    }

    private static Addressing immediate(boolean P, boolean U, int n, int imm32) {
        return Addressing.immediate(P, false, n, U ? imm32 : -imm32);
    }

    private static Addressing register(boolean U, int n, int m, int shiftT, int shiftN) {
        return Addressing.register(false, U, false, n, m, shiftT, shiftN);
    }

    /** LDRT with an immediate offset. */
    static Operation ldrtImmediate(boolean P, boolean U, int t, int n, int imm32) {
        return immediate(P, U, n, imm32).load(WORD, t);
    }

    /** LDRT with a register offset. */
    static Operation ldrtRegister(boolean U, int t, int n, int m, int shiftT, int shiftN) {
        return register(U, n, m, shiftT, shiftN).load(WORD, t);
    }

    /** LDRBT with an immediate offset. */
    static Operation ldrbtImmediate(boolean P, boolean U, int t, int n, int imm32) {
        return immediate(P, U, n, imm32).load(BYTE, t);
    }

    /** LDRBT with a register offset. */
    static Operation ldrbtRegister(boolean U, int t, int n, int m, int shiftT, int shiftN) {
        return register(U, n, m, shiftT, shiftN).load(BYTE, t);
    }

    /** LDRHT with an immediate offset. */
    static Operation ldrhtImmediate(boolean P, boolean U, int t, int n, int imm32) {
        return immediate(P, U, n, imm32).load(HALFWORD, t);
    }

    /** LDRHT with a register offset. */
    static Operation ldrhtRegister(boolean U, int t, int n, int m, int shiftT, int shiftN) {
        return register(U, n, m, shiftT, shiftN).load(HALFWORD, t);
    }

    /** LDRSBT with an immediate offset. */
    static Operation ldrsbtImmediate(boolean P, boolean U, int t, int n, int imm32) {
        return immediate(P, U, n, imm32).load(SIGNED_BYTE, t);
    }

    /** LDRSBT with a register offset. */
    static Operation ldrsbtRegister(boolean U, int t, int n, int m, int shiftT, int shiftN) {
        return register(U, n, m, shiftT, shiftN).load(SIGNED_BYTE, t);
    }

    /** LDRSHT with an immediate offset. */
    static Operation ldrshtImmediate(boolean P, boolean U, int t, int n, int imm32) {
        return immediate(P, U, n, imm32).load(SIGNED_HALFWORD, t);
    }

    /** LDRSHT with a register offset. */
    static Operation ldrshtRegister(boolean U, int t, int n, int m, int shiftT, int shiftN) {
        return register(U, n, m, shiftT, shiftN).load(SIGNED_HALFWORD, t);
    }

    /** STRT with an immediate offset. */
    static Operation strtImmediate(boolean P, boolean U, int t, int n, int imm32) {
        return immediate(P, U, n, imm32).store(unprivilegedStore(4), t);
    }

    /** STRT with a register offset. */
    static Operation strtRegister(boolean U, int t, int n, int m, int shiftT, int shiftN) {
        return register(U, n, m, shiftT, shiftN).store(unprivilegedStore(4), t);
    }

    /** STRBT with an immediate offset. */
    static Operation strbtImmediate(boolean P, boolean U, int t, int n, int imm32) {
        return immediate(P, U, n, imm32).store(unprivilegedStore(1), t);
    }

    /** STRBT with a register offset. */
    static Operation strbtRegister(boolean U, int t, int n, int m, int shiftT, int shiftN) {
        return register(U, n, m, shiftT, shiftN).store(unprivilegedStore(1), t);
    }

    /** STRHT with an immediate offset. */
    static Operation strhtImmediate(boolean P, boolean U, int t, int n, int imm32) {
        return immediate(P, U, n, imm32).store(unprivilegedStore(2), t);
    }

    /** STRHT with a register offset. */
    static Operation strhtRegister(boolean U, int t, int n, int m, int shiftT, int shiftN) {
        return register(U, n, m, shiftT, shiftN).store(unprivilegedStore(2), t);
    }
}
