package dev.hyptrace.emulator.mmu;

/**
 * Where an address leads in one stage of translation, and what may be done there.
 *
 * @param address the output address, up to 40 bits
 * @param rights what may be done
 * @param attributes what kind of memory it is
 * @param level the level of the descriptor, 1 to 3
 * @param domain the domain, 0 to 15; 0 where there are none
 * @param nonSecure whether a Secure regime's descriptor makes accesses Non-secure
 * @param supersection whether the descriptor is that of a Supersection
 * @param global whether it is the same for all ASIDs
 * @param blockBits the size of what the descriptor maps, as a power of 2
 */
record Translation(
        long address,
        Rights rights,
        Attributes attributes,
        int level,
        int domain,
        boolean nonSecure,
        boolean supersection,
        boolean global,
        int blockBits) {
    private static final int PAGE_BITS = 12;

    /** The translation when the MMU is off: the address itself, with every right. */
    static Translation flat(long address) {
        return new Translation(address, Rights.ALL, Attributes.STRONGLY_ORDERED, 1, 0, false, false, true, PAGE_BITS);
    }

    /** A translation in the Long-descriptor format. */
    static Translation longFormat(long address, Rights rights, Attributes attributes, int level) {
        int blockBits = 39 - 9 * level;
        return new Translation(address, rights, attributes, level, 0, false, false, true, blockBits);
    }

    /** The same with NS of a Secure regime's descriptor. */
    Translation withNonSecure(boolean ns) {
        return new Translation(address, rights, attributes, level, domain, ns, supersection, global, blockBits);
    }

    /** The same, of one ASID only if it is not global. */
    Translation withGlobal(boolean isGlobal) {
        return new Translation(
                address, rights, attributes, level, domain, nonSecure, supersection, isGlobal, blockBits);
    }

    /** The same with the attributes of both stages. */
    Translation throughStage2(Translation second) {
        return new Translation(
                second.address,
                second.rights,
                attributes.with(second.attributes),
                second.level,
                0,
                nonSecure,
                supersection,
                global,
                Math.min(blockBits, second.blockBits));
    }
}
