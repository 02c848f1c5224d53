package dev.hyptrace.emulator.mmu;

import dev.hyptrace.emulator.core.Fault;
import java.util.Locale;

/** A fault found while translating, before it is known for which access and how it will be reported. It has no stack trace. */
final class TranslationFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault.Type type;
    private final int level;
    private final int domain;
    private final boolean stage2;
    private final boolean onTableWalk;
    private final long ipa;

    private TranslationFault(Fault.Type type, int level, int domain, boolean stage2, boolean onTableWalk, long ipa) {
        super(null, null, false, false);
        this.type = type;
        this.level = level;
        this.domain = domain;
        this.stage2 = stage2;
        this.onTableWalk = onTableWalk;
        this.ipa = ipa;
    }

    /** A fault at a level of the lookup, 1 to 3, where there is no domain. */
    static TranslationFault of(Fault.Type type, int level) {
        return of(type, level, 0);
    }

    /** A fault in a domain. */
    static TranslationFault of(Fault.Type type, int level, int domain) {
        return new TranslationFault(type, level, domain, false, false, 0);
    }

    /** The same fault in a domain. */
    TranslationFault inDomain(int newDomain) {
        return new TranslationFault(type, level, newDomain, stage2, onTableWalk, ipa);
    }

    /**
     * The same fault as one of stage 2.
     *
     * @param newIpa the address that stage 2 was to translate
     * @param duringStage1Walk whether a descriptor of stage 1 was to be read from there
     */
    TranslationFault atStage2(long newIpa, boolean duringStage1Walk) {
        return new TranslationFault(type, level, 0, true, duringStage1Walk, newIpa);
    }

    /** The same fault with the level of another lookup. */
    TranslationFault atLevel(int newLevel) {
        return new TranslationFault(type, newLevel, domain, stage2, onTableWalk, ipa);
    }

    /** Whether reading a descriptor of stage 1 failed at stage 2. */
    boolean isStage1WalkAtStage2() {
        return onTableWalk;
    }

    /** Whether a descriptor could not be read because nothing answers at its address. */
    boolean isExternal() {
        return type == Fault.Type.EXTERNAL_ON_TABLE_WALK;
    }

    /** Says what it is: {@code "permission fault at level 2"}. */
    String describe() {
        String name = type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return name + (isExternal() ? "" : " fault") + (stage2 ? " of stage 2" : "") + " at level " + level;
    }

    /** The fault of an access. */
    Fault of(Access access, boolean longFormat) {
        return new Fault(type, level, domain, access.isWrite(), stage2, onTableWalk, ipa, longFormat || stage2);
    }
}
