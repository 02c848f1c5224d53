package dev.hyptrace.emulator.core;

/**
 * Memory as the processor's accesses that miss the TLB see it: translation, permissions, devices, alignment, endianness.
 *
 * <p>Addresses are virtual. Every method throws {@link ProcessorException} for an access that aborts.
 */
public interface MemorySystem {
    /**
     * Loads bytes.
     *
     * @param size 1, 2, 4 or 8
     * @param unprivileged whether to access as User mode would (LDRT and its kin)
     * @param aligned whether a misaligned address aborts whatever SCTLR.A says (LDREX, LDRD, LDM, ...)
     * @return the value, zero-extended, in the endianness that CPSR.E selects
     */
    long load(Cpu cpu, int address, int size, boolean unprivileged, boolean aligned);

    /** Stores the low bytes of a value; parameters as in {@link #load}. */
    void store(Cpu cpu, int address, int size, long value, boolean unprivileged, boolean aligned);

    /**
     * The abort of an access that must be aligned to more than its own size and is not.
     *
     * @param address the misaligned virtual address
     */
    default ProcessorException misaligned(Cpu cpu, int address, boolean write) {
        return ProcessorException.dataAbort(address, Fault.alignment(write));
    }

    /**
     * The halfword at an even virtual address, read as instruction fetch would.
     *
     * @return the halfword, zero-extended
     */
    int fetchHalfword(Cpu cpu, int address);

    /**
     * The physical address that instruction fetch from this virtual address reads.
     *
     * @return the physical address, up to 40 bits
     */
    long fetchAddress(Cpu cpu, int address);

    /**
     * Takes note that the page with this physical address has been predecoded: writes to it must invalidate the code.
     *
     * @return whether the page is RAM, so that its code may be kept
     */
    boolean holdCode(Cpu cpu, long physicalPage);

    /**
     * The mode, CPSR.E or the security state may have changed: selects the TLB of the regime that now applies.
     */
    void regimeChanged(Cpu cpu);
}
