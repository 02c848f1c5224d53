package dev.hyptrace.emulator.use;

import java.util.List;

/**
 * Registers that an instruction reads, or that it writes.
 *
 * @param core bit n for Rn of the current mode, bit 15 for PC
 * @param flags CPSR.N, Z, C, V, Q and GE, or some of them
 * @param extension bit n for Dn; an S register is here as the D register that it is half of
 * @param named all others by their names, sorted, each once: banked registers of other modes ({@code SP_usr},
 *     {@code R8_fiq}), {@code ELR_hyp}, {@code CPSR}, {@code SPSR_svc} and its kin, registers of the extensions
 *     ({@code FPSCR}), and those of CP14 and CP15 as the table of the {@code system} package names them ({@code HVBAR})
 */
public record RegisterSet(int core, boolean flags, int extension, List<String> named) {
    public RegisterSet {
        named = List.copyOf(named);
    }

    /** Whether Rn of the current mode is in it; 15 is PC. */
    public boolean hasCore(int n) {
        return (core >>> n & 1) != 0;
    }

    /** Whether Dn is in it. */
    public boolean hasExtension(int n) {
        return (extension >>> n & 1) != 0;
    }
}
