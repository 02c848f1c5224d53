package dev.hyptrace.emulator.core;

/**
 * Why a memory access failed: DDI 0406C B3.12 and B3.13 "VMSA memory aborts" and "Exception reporting in a VMSA
 * implementation".
 *
 * @param type the kind of fault
 * @param level the level of the translation table lookup, 1 to 3; 0 where there is none
 * @param domain the domain of a short-descriptor fault, 0 to 15
 * @param write whether the access was a write
 * @param stage2 whether stage 2 of the translation failed, so that it is reported to Hyp mode
 * @param onTableWalk whether the stage 2 fault was on a stage 1 table walk (S1PTW)
 * @param ipa the intermediate physical address of a stage 2 fault
 * @param longFormat whether the translation regime uses the Long-descriptor format
 * @param maintenance whether it is the fault of an address translation operation, and not of a load or store
 */
public record Fault(
        Type type,
        int level,
        int domain,
        boolean write,
        boolean stage2,
        boolean onTableWalk,
        long ipa,
        boolean longFormat,
        boolean maintenance) {

    /** The kinds of fault. */
    public enum Type {
        ALIGNMENT,
        TRANSLATION,
        ACCESS_FLAG,
        DOMAIN,
        PERMISSION,
        SYNCHRONOUS_EXTERNAL,
        EXTERNAL_ON_TABLE_WALK,
        DEBUG
    }

    /** A fault of an access. */
    public Fault(
            Type type,
            int level,
            int domain,
            boolean write,
            boolean stage2,
            boolean onTableWalk,
            long ipa,
            boolean longFormat) {
        this(type, level, domain, write, stage2, onTableWalk, ipa, longFormat, false);
    }

    /** The same fault as one of an address translation operation. */
    public Fault ofMaintenance() {
        return new Fault(type, level, domain, false, stage2, onTableWalk, ipa, longFormat, true);
    }

    /** An alignment fault of stage 1. */
    public static Fault alignment(boolean write) {
        return new Fault(Type.ALIGNMENT, 0, 0, write, false, false, 0, false);
    }

    /** A synchronous external abort on the access itself. */
    public static Fault external(boolean write) {
        return new Fault(Type.SYNCHRONOUS_EXTERNAL, 0, 0, write, false, false, 0, false);
    }
}
