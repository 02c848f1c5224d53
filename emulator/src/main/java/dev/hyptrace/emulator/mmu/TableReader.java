package dev.hyptrace.emulator.mmu;

/** Reads descriptors: from physical memory or through stage 2, in the regime's endianness. */
interface TableReader {
    /** A bit of an address: the table is in the Non-secure address space although the regime is Secure. */
    long NON_SECURE = 1L << 62;

    /**
     * Reads a descriptor.
     *
     * @param address its (intermediate) physical address
     * @param size 4 or 8
     * @param level the level of the lookup, for the fault if it cannot be read
     * @throws TranslationFault when it cannot be read
     */
    long read(long address, int size, int level);
}
