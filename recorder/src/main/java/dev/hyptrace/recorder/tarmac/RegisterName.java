package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.traces.model.Register;

/**
 * What a producer means by a register's name.
 *
 * @param kind how to find the register
 * @param register the register, of {@link Kind#BANKED} its Non-secure copy; null where the kind needs none
 * @param secure of {@link Kind#BANKED} the Secure copy
 * @param number of the other kinds the number in the name
 */
record RegisterName(Kind kind, Register register, Register secure, int number) {
    enum Kind {
        /** Always the same register. */
        FIXED,
        /** The copy of the world the processor is in. */
        BANKED,
        /** R8 to R14 of the current mode. */
        CORE,
        /** The SPSR of the current mode. */
        SAVED_STATUS,
        /** CPSR. */
        STATUS,
        /** Two doubleword registers. */
        QUAD,
        /** Half of a doubleword register. */
        SINGLE,
        /** Says nothing more than the instruction lines do: PC. */
        REDUNDANT
    }

    static RegisterName fixed(Register register) {
        return new RegisterName(Kind.FIXED, register, null, 0);
    }

    static RegisterName numbered(Kind kind, int number) {
        return new RegisterName(kind, null, null, number);
    }
}
