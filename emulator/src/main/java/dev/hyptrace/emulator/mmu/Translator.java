package dev.hyptrace.emulator.mmu;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.core.TranslationControl.AddressTranslation;
import dev.hyptrace.emulator.exception.FaultStatus;
import dev.hyptrace.emulator.memory.PhysicalMemory;

/** Translates virtual addresses in the regime that the processor's state selects: DDI 0406C B3.3 "Address translation". */
final class Translator {
    private static final int SCTLR_M = 1;
    private static final int TTBCR_EAE = 1 << 31;
    private static final int TTBCR_EPD0 = 1 << 7;
    private static final int TTBCR_EPD1 = 1 << 23;
    private static final long PAR_NS = 1 << 9;
    private static final long PAR_LPAE = 1 << 11;
    private static final int HCR_VM = 1;
    private static final int HCR_DC = 1 << 12;
    private static final int HCR_TGE = 1 << 27;

    private final PhysicalMemory memory;
    private final ShortDescriptors shortDescriptors;
    private final ShortDescriptors shortDescriptorsThroughStage2;
    private final Cpu processor;

    Translator(Cpu cpu, PhysicalMemory memory) {
        this.processor = cpu;
        this.memory = memory;
        this.shortDescriptors = new ShortDescriptors(cpu, this::readPhysical);
        this.shortDescriptorsThroughStage2 = new ShortDescriptors(cpu, this::readThroughStage2);
    }

    /**
     * A translation regime.
     *
     * @param hyp the PL2 regime; otherwise PL1&0
     * @param secure the Secure PL1&0 regime
     */
    private record Regime(boolean hyp, boolean secure) {
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
     * @param unprivileged whether an access from PL1 has the rights of PL0 only
     * @throws TranslationFault when the access is not possible
     */
    long translate(Cpu cpu, int address, Access.Type type, boolean unprivileged) {
        Regime regime = Regime.of(cpu);
        return translate(regime, address, new Access(type, cpu.mode() != Mode.USR && !unprivileged), true);
    }

    private long translate(Regime regime, int address, Access access, boolean bothStages) {
        Translation first = stage1(regime, address, access);
        if (!first.permits(access)) {
            throw usesLongFormat(regime)
                    ? TranslationFault.longFormat(Fault.Type.PERMISSION, first.level(), access)
                    : TranslationFault.shortFormat(Fault.Type.PERMISSION, first.level(), first.domain(), access);
        }
        return bothStages && hasStage2(regime) ? stage2(first.address(), access, false) : first.address();
    }

    /** Performs an address translation operation: the value for PAR, B3.18 and "PAR, Physical Address Register". */
    long operation(Cpu cpu, AddressTranslation operation, int address) {
        boolean hyp = operation == AddressTranslation.ATS1HR || operation == AddressTranslation.ATS1HW;
        boolean bothStages = operation.name().startsWith("ATS12");
        boolean write = operation.name().endsWith("W");
        boolean user = operation.name().matches(".*U[RW]");
        boolean secure = !hyp && !bothStages && cpu.isSecure();
        Regime regime = new Regime(hyp, secure);
        Access access = new Access(write ? Access.Type.WRITE : Access.Type.READ, !user);
        boolean longFormat = usesLongFormat(regime) || bothStages && hasStage2(regime) && cpu.mode() == Mode.HYP;
        try {
            long output = translate(regime, address, access, bothStages) & ~0xfffL;
            return output | (secure ? 0 : PAR_NS) | (longFormat ? PAR_LPAE : 0);
        } catch (TranslationFault e) {
            return FaultStatus.par(e.fault(), longFormat);
        }
    }

    private Translation stage1(Regime regime, int address, Access access) {
        long input = Integer.toUnsignedLong(address);
        if ((control(regime) & SCTLR_M) == 0 || isStage1Off(regime)) {
            return Translation.flat(input);
        }
        if (regime.hyp) {
            int t0sz = processor.system.word(SystemRegister.HTCR) & 7;
            return walkLong(regime, input, t0sz, SystemRegister.HTTBR, access);
        }
        if (usesLongFormat(regime)) {
            return pl1Long(regime, input, access);
        }
        return (hasStage2(regime) ? shortDescriptorsThroughStage2 : shortDescriptors)
                .walk(address, access, regime.secure);
    }

    /** HCR.TGE and HCR.DC make the Non-secure PL1&0 stage 1 MMU behave as if it were off. */
    private boolean isStage1Off(Regime regime) {
        return !regime.hyp && !regime.secure && (processor.system.word(SystemRegister.HCR) & (HCR_TGE | HCR_DC)) != 0;
    }

    /** The choice between TTBR0 and TTBR1 by TTBCR.T0SZ and T1SZ: B3.6.4. */
    private Translation pl1Long(Regime regime, long input, Access access) {
        int ttbcr = processor.system.word(SystemRegister.TTBCR, regime.secure);
        int t0sz = ttbcr & 7;
        int t1sz = ttbcr >>> 16 & 7;
        boolean low = t0sz == 0 || input >>> 32 - t0sz == 0;
        boolean high = t1sz == 0 ? !low : (~input & 0xffff_ffffL) >>> 32 - t1sz == 0;
        if (high && (t1sz != 0 || !low) && (ttbcr & TTBCR_EPD1) == 0) {
            return walkLong(regime, input, t1sz, SystemRegister.TTBR1, access);
        }
        if (!high && low && (ttbcr & TTBCR_EPD0) == 0) {
            return walkLong(regime, input, t0sz, SystemRegister.TTBR0, access);
        }
        throw TranslationFault.longFormat(Fault.Type.TRANSLATION, 1, access);
    }

    private Translation walkLong(Regime regime, long input, int size, SystemRegister base, Access access) {
        int inputBits = 32 - size;
        if (base != SystemRegister.TTBR1 && input >>> inputBits != 0) {
            throw TranslationFault.longFormat(Fault.Type.TRANSLATION, 1, access);
        }
        LongDescriptors.Tables tables = new LongDescriptors.Tables(
                processor.system.get(base, regime.secure),
                inputBits,
                size < 2 ? 1 : 2,
                false,
                regime.hyp,
                control(regime));
        TableReader reader = hasStage2(regime) ? this::readThroughStage2 : this::readPhysical;
        return LongDescriptors.walk(reader, tables, input, access);
    }

    /** The second stage, for Non-secure PL1&0 while HCR.VM or HCR.DC is set: B3.6.3, VTCR and VTTBR. */
    private long stage2(long ipa, Access access, boolean onTableWalk) {
        int vtcr = processor.system.word(SystemRegister.VTCR);
        int inputBits = 32 - (vtcr << 28 >> 28);
        int startLevel = (vtcr >>> 6 & 3) == 1 ? 1 : 2;
        try {
            if (ipa >>> inputBits != 0) {
                throw TranslationFault.longFormat(Fault.Type.TRANSLATION, 1, access);
            }
            LongDescriptors.Tables tables = new LongDescriptors.Tables(
                    processor.system.get(SystemRegister.VTTBR), inputBits, startLevel, true, false, 0);
            Translation second = LongDescriptors.walk(this::readPhysical, tables, ipa, access);
            if (!second.permits(access)) {
                throw TranslationFault.longFormat(Fault.Type.PERMISSION, second.level(), access);
            }
            return second.address();
        } catch (TranslationFault e) {
            throw e.atStage2(ipa, onTableWalk);
        }
    }

    private boolean hasStage2(Regime regime) {
        return !regime.hyp && !regime.secure && (processor.system.word(SystemRegister.HCR) & (HCR_VM | HCR_DC)) != 0;
    }

    private boolean usesLongFormat(Regime regime) {
        return regime.hyp || (processor.system.word(SystemRegister.TTBCR, regime.secure) & TTBCR_EAE) != 0;
    }

    private long readThroughStage2(long ipa, int size, int level) {
        return readPhysical(stage2(ipa, new Access(Access.Type.READ, true), true), size, level);
    }

    private long readPhysical(long address, int size, int level) {
        if (!memory.ram().contains(address)) {
            boolean longFormat = usesLongFormat(Regime.of(processor));
            throw new TranslationFault(
                    new Fault(Fault.Type.EXTERNAL_ON_TABLE_WALK, level, 0, false, false, false, 0, longFormat));
        }
        int offset = memory.ram().offset(address);
        return size == 4
                ? Integer.toUnsignedLong(memory.ram().wordAt(offset))
                : memory.ram().doublewordAt(offset);
    }
}
