package dev.hyptrace.emulator.mmu;

import dev.hyptrace.emulator.core.Fault;

/** A fault found while translating, before it is known how it will be reported. It has no stack trace. */
final class TranslationFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    TranslationFault(Fault fault) {
        super(null, null, false, false);
        this.fault = fault;
    }

    /** A stage 1 fault in the Short-descriptor format. */
    static TranslationFault shortFormat(Fault.Type type, int level, int domain, Access access) {
        return new TranslationFault(new Fault(type, level, domain, access.isWrite(), false, false, 0, false));
    }

    /** A fault in the Long-descriptor format. */
    static TranslationFault longFormat(Fault.Type type, int level, Access access) {
        return new TranslationFault(new Fault(type, level, 0, access.isWrite(), false, false, 0, true));
    }

    Fault fault() {
        return fault;
    }

    /** The same fault as one of stage 2. */
    TranslationFault atStage2(long ipa, boolean onTableWalk) {
        return new TranslationFault(
                new Fault(fault.type(), fault.level(), 0, fault.write(), true, onTableWalk, ipa, true));
    }
}
