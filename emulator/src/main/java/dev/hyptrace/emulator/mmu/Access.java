package dev.hyptrace.emulator.mmu;

/**
 * An access to be translated.
 *
 * @param type what it does
 * @param privileged whether it has the rights of PL1 (or PL2) and not of PL0
 */
record Access(Type type, boolean privileged) {
    enum Type {
        READ,
        WRITE,
        EXECUTE
    }

    boolean isWrite() {
        return type == Type.WRITE;
    }

    boolean isExecute() {
        return type == Type.EXECUTE;
    }
}
