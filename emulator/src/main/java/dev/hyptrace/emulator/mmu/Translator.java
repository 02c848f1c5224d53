package dev.hyptrace.emulator.mmu;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.Hcr;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.core.Sctlr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.memory.PhysicalMemory;

/** Translates virtual addresses in the regime that the processor's state selects: DDI 0406C B3.3 "Address translation". */
final class Translator {
    private static final int TTBCR_EAE = 1 << 31;
    private static final int TTBCR_EPD0 = 1 << 7;
    private static final int TTBCR_EPD1 = 1 << 23;
    private static final long IPA_SIZE = 40;

    private final Cpu processor;
    private final PhysicalMemory memory;
    private final ShortDescriptors shortDescriptors;
    /** What the walk under way reads from instead of memory, or is noted in; null for neither. */
    private WalkRecord record;
    /** What keeps translations until they are invalidated; null for nothing. */
    private LastingTlb lasting;

    Translator(Cpu cpu, PhysicalMemory memory) {
        this.processor = cpu;
        this.memory = memory;
        this.shortDescriptors = new ShortDescriptors(cpu);
    }

    /**
     * A translation regime.
     *
     * @param hyp the PL2 regime; otherwise PL1&0
     * @param secure the Secure PL1&0 regime
     */
    record Regime(boolean hyp, boolean secure) {
        static Regime of(Cpu cpu) {
            return new Regime(cpu.mode() == Mode.HYP, cpu.isSecure());
        }
    }

    /** SCTLR or, in Hyp mode, HSCTLR. */
    int control(Cpu cpu) {
        return control(Regime.of(cpu));
    }

    private int control(Regime regime) {
        return regime.hyp
                ? processor.system.word(SystemRegister.HSCTLR)
                : processor.system.word(SystemRegister.SCTLR, regime.secure);
    }

    /** An alignment fault in the format of the current regime. */
    Fault alignment(Cpu cpu, boolean write) {
        return new Fault(Fault.Type.ALIGNMENT, 0, 0, write, false, false, 0, usesLongFormat(Regime.of(cpu)));
    }

    /**
     * The physical address of a virtual one.
     *
     * @param unprivileged whether an access from PL1 has the rights of PL0 only; from Hyp mode, where that is UNPREDICTABLE,
     *     it is one of PL0 in the PL1&0 regime, as in QEMU
     * @throws TranslationFault when the access is not possible
     */
    long translate(Cpu cpu, int address, Access.Type type, boolean unprivileged) {
        Access access = new Access(type, cpu.mode() != Mode.USR && !unprivileged);
        Regime regime = unprivileged ? new Regime(false, cpu.isSecure()) : Regime.of(cpu);
        Translation translation =
                lasting == null ? translate(regime, address, access, true) : lasting.translate(regime, address, access);
        return memory.locate(translation.address(), regime.secure && !translation.nonSecure());
    }

    /** Keeps translations until they are invalidated from now on. */
    void setLasting(LastingTlb tlb) {
        lasting = tlb;
    }

    /**
     * Translates an address in a regime, in both stages.
     *
     * @param walk descriptors to read in place of memory's; where it has no more, they are read from memory and added to it.
     *     Null to read from memory only
     */
    Translation walk(Regime regime, int address, Access access, WalkRecord walk) {
        record = walk;
        try {
            return translate(regime, address, access, true);
        } finally {
            record = null;
        }
    }

    /** What a fault is reported as. */
    Fault fault(TranslationFault fault, Access.Type type) {
        return fault.of(new Access(type, true), usesLongFormat(Regime.of(processor)));
    }

    /**
     * Translates an address in a regime.
     *
     * @param bothStages whether stage 2 translates what stage 1 gives, if there is one
     */
    Translation translate(Regime regime, int address, Access access, boolean bothStages) {
        Translation first = stage1(regime, address, access);
        if (!first.rights().permit(access)) {
            throw TranslationFault.of(Fault.Type.PERMISSION, first.level(), first.domain());
        }
        return bothStages && hasStage2(regime) ? first.throughStage2(stage2(first.address(), access, false)) : first;
    }

    // ---- stage 1 --------------------------------------------------------------------------------------------------

    private Translation stage1(Regime regime, int address, Access access) {
        long input = Integer.toUnsignedLong(address);
        if (!hasStage1(regime)) {
            Translation flat = Translation.flat(input);
            boolean cacheable = !regime.hyp && !regime.secure && (hcr() & Hcr.DC) != 0;
            return cacheable ? Translation.longFormat(input, Rights.ALL, Attributes.DEFAULT_CACHEABLE, 1) : flat;
        }
        if (regime.hyp) {
            int t0sz = processor.system.word(SystemRegister.HTCR) & 7;
            return walkLong(regime, input, t0sz, SystemRegister.HTTBR, access);
        }
        if (usesLongFormat(regime)) {
            return pl1Long(regime, input, access);
        }
        return shortDescriptors.walk(reader(regime), address, access, regime.secure);
    }

    boolean hasStage1(Regime regime) {
        return (control(regime) & Sctlr.M) != 0 && !isStage1Off(regime);
    }

    /** HCR.TGE and HCR.DC make the Non-secure PL1&0 stage 1 MMU behave as if it were off. */
    private boolean isStage1Off(Regime regime) {
        return !regime.hyp && !regime.secure && (hcr() & (Hcr.TGE | Hcr.DC)) != 0;
    }

    /** The choice between TTBR0 and TTBR1 by TTBCR.T0SZ and T1SZ: B3.6.4. */
    private Translation pl1Long(Regime regime, long input, Access access) {
        int ttbcr = processor.system.word(SystemRegister.TTBCR, regime.secure);
        int t0sz = ttbcr & 7;
        int t1sz = ttbcr >>> 16 & 7;
        boolean upper = t1sz == 0 ? input > 0xffff_ffffL >>> t0sz : input >= (~(0xffff_ffffL >>> t1sz) & 0xffff_ffffL);
        if ((ttbcr & (upper ? TTBCR_EPD1 : TTBCR_EPD0)) != 0) {
            throw TranslationFault.of(Fault.Type.TRANSLATION, 1);
        }
        return upper
                ? walkLong(regime, input, t1sz, SystemRegister.TTBR1, access)
                : walkLong(regime, input, t0sz, SystemRegister.TTBR0, access);
    }

    private Translation walkLong(Regime regime, long input, int size, SystemRegister base, Access access) {
        int inputBits = 32 - size;
        long excess = input >>> inputBits;
        long expected = base == SystemRegister.TTBR1 ? (1L << size) - 1 : 0;
        if (excess != expected) {
            throw TranslationFault.of(Fault.Type.TRANSLATION, 1);
        }
        LongDescriptors.Tables tables = new LongDescriptors.Tables(
                processor.system.get(base, regime.secure),
                inputBits,
                size < 2 ? 1 : 2,
                false,
                regime.hyp,
                control(regime),
                mair(regime));
        return LongDescriptors.walk(reader(regime), tables, input, access);
    }

    private long mair(Regime regime) {
        long high = regime.hyp
                ? processor.system.get(SystemRegister.HMAIR1)
                : processor.system.get(SystemRegister.NMRR, regime.secure);
        long low = regime.hyp
                ? processor.system.get(SystemRegister.HMAIR0)
                : processor.system.get(SystemRegister.PRRR, regime.secure);
        return high << 32 | low;
    }

    // ---- stage 2 --------------------------------------------------------------------------------------------------

    /** The second stage, for Non-secure PL1&0 while HCR.VM or HCR.DC is set: B3.6.3, VTCR and VTTBR. */
    private Translation stage2(long ipa, Access access, boolean onTableWalk) {
        int vtcr = processor.system.word(SystemRegister.VTCR);
        int inputBits = 32 - (vtcr << 28 >> 28);
        int startLevel = 2 - (vtcr >>> 6 & 3);
        try {
            if (inputBits < IPA_SIZE && ipa >>> inputBits != 0 || !isStartPossible(startLevel, inputBits)) {
                throw TranslationFault.of(Fault.Type.TRANSLATION, 1);
            }
            LongDescriptors.Tables tables = new LongDescriptors.Tables(
                    processor.system.get(SystemRegister.VTTBR), inputBits, startLevel, true, false, 0, 0);
            TableReader reader = physicalReader((processor.system.word(SystemRegister.HSCTLR) & Sctlr.EE) != 0, false);
            Translation second = LongDescriptors.walk(reader, tables, ipa, access);
            if (!second.rights().permit(access)) {
                throw TranslationFault.of(Fault.Type.PERMISSION, second.level());
            }
            return second;
        } catch (TranslationFault e) {
            throw e.atStage2(ipa, onTableWalk);
        }
    }

    /** At most 16 tables are concatenated at the first level, and at least one entry is used there. */
    private static boolean isStartPossible(int startLevel, int inputBits) {
        int firstBits = inputBits - (39 - 9 * startLevel);
        return (startLevel == 1 || startLevel == 2) && firstBits >= 1 && firstBits <= 13;
    }

    boolean hasStage2(Regime regime) {
        return !regime.hyp && !regime.secure && (hcr() & (Hcr.VM | Hcr.DC)) != 0;
    }

    private int hcr() {
        return processor.system.word(SystemRegister.HCR);
    }

    // ---- tables ---------------------------------------------------------------------------------------------------

    /** Whether the Long-descriptor format is in use. */
    boolean usesLongFormat(Regime regime) {
        return regime.hyp || (processor.system.word(SystemRegister.TTBCR, regime.secure) & TTBCR_EAE) != 0;
    }

    private TableReader reader(Regime regime) {
        TableReader physical = physicalReader((control(regime) & Sctlr.EE) != 0, regime.secure);
        return hasStage2(regime)
                ? (address, size, level) -> physical.read(throughStage2(address, level), size, level)
                : physical;
    }

    /** Where a descriptor of stage 1 is. A fault has the level of stage 2's lookup, but that of stage 1 in QEMU. */
    private long throughStage2(long ipa, int level) {
        try {
            return stage2(ipa, new Access(Access.Type.READ, true), true).address();
        } catch (TranslationFault fault) {
            throw processor.follows(QemuDeviation.STAGE_1_WALK_LEVEL) ? fault.atLevel(level) : fault;
        }
    }

    private TableReader physicalReader(boolean bigEndian, boolean secure) {
        return (address, size, level) -> {
            if (record != null && record.hasNext()) {
                return record.next();
            }
            boolean nonSecure = !secure || (address & TableReader.NON_SECURE) != 0;
            long value = readPhysical(memory.locate(address & ~TableReader.NON_SECURE, !nonSecure), size, level);
            long descriptor = bigEndian ? Long.reverseBytes(value) >>> 64 - 8 * size : value;
            if (record != null) {
                record.add(descriptor);
            }
            return descriptor;
        };
    }

    private long readPhysical(long address, int size, int level) {
        if (!memory.ram().contains(address)) {
            PhysicalMemory.Mapping mapping = memory.device(address);
            if (mapping != null && mapping.isMemory()) {
                return mapping.read(address, size);
            }
            throw TranslationFault.of(Fault.Type.EXTERNAL_ON_TABLE_WALK, level);
        }
        int offset = memory.ram().offset(address);
        return size == 4
                ? Integer.toUnsignedLong(memory.ram().wordAt(offset))
                : memory.ram().doublewordAt(offset);
    }
}
