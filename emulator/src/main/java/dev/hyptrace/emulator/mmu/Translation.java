package dev.hyptrace.emulator.mmu;

/**
 * Where an address leads in one stage of translation, and what may be done there.
 *
 * @param address the output address, up to 40 bits
 * @param read whether PL1 (PL2 in Hyp mode) may read
 * @param write whether PL1 may write
 * @param userRead whether PL0 may read
 * @param userWrite whether PL0 may write
 * @param executeNever whether neither may execute (XN)
 * @param privilegedExecuteNever whether PL1 may not execute (PXN)
 * @param level the level of the descriptor, 1 to 3
 * @param domain the domain, 0 to 15; 0 where there are none
 * @param checked whether permissions apply: false in a domain with Manager access
 */
record Translation(
        long address,
        boolean read,
        boolean write,
        boolean userRead,
        boolean userWrite,
        boolean executeNever,
        boolean privilegedExecuteNever,
        int level,
        int domain,
        boolean checked) {

    /** The translation when the MMU is off: the address itself, with every right. */
    static Translation flat(long address) {
        return new Translation(address, true, true, true, true, false, false, 1, 0, false);
    }

    /** Whether the access is allowed. */
    boolean permits(Access access) {
        if (!checked) {
            return true;
        }
        boolean readable = access.privileged() ? read : userRead;
        return switch (access.type()) {
            case READ -> readable;
            case WRITE -> access.privileged() ? write : userWrite;
            case EXECUTE -> readable && !executeNever && !(access.privileged() && privilegedExecuteNever);
        };
    }
}
