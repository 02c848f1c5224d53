package dev.hyptrace.emulator.mmu;

/**
 * What may be done at an address.
 *
 * @param read whether PL1 (PL2 in Hyp mode) may read
 * @param write whether PL1 may write
 * @param userRead whether PL0 may read
 * @param userWrite whether PL0 may write
 * @param executeNever whether neither may execute (XN)
 * @param privilegedExecuteNever whether PL1 may not execute (PXN)
 */
record Rights(
        boolean read,
        boolean write,
        boolean userRead,
        boolean userWrite,
        boolean executeNever,
        boolean privilegedExecuteNever) {
    /** Everything is allowed: the MMU is off, or the domain's accesses are not checked. */
    static final Rights ALL = new Rights(true, true, true, true, false, false);

    /** Whether the access is allowed. Execution needs the right to read, too. */
    boolean permit(Access access) {
        boolean readable = access.privileged() ? read : userRead;
        return switch (access.type()) {
            case READ -> readable;
            case WRITE -> access.privileged() ? write : userWrite;
            case EXECUTE -> readable && !isExecuteNever(access);
        };
    }

    /** Whether XN or PXN forbids execution. */
    boolean isExecuteNever(Access access) {
        return executeNever || access.privileged() && privilegedExecuteNever;
    }
}
