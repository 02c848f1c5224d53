package dev.hyptrace.emulator.mmu;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.memory.PhysicalMemory;

/** Translates virtual addresses in the regime that the processor's state selects: DDI 0406C B3.3 "Address translation". */
final class Translator {
    private static final int SCTLR_M = 1;
    private static final int TTBCR_EAE = 1 << 31;
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

    /** SCTLR or, in Hyp mode, HSCTLR. */
    int control(Cpu cpu) {
        return cpu.mode() == Mode.HYP
                ? cpu.system.word(SystemRegister.HSCTLR)
                : cpu.system.word(SystemRegister.SCTLR, cpu.isSecure());
    }

    /** An alignment fault in the format of the current regime. */
    Fault alignment(Cpu cpu, boolean write) {
        return new Fault(Fault.Type.ALIGNMENT, 0, 0, write, false, false, 0, usesLongFormat(cpu));
    }

    /**
     * The physical address of a virtual one.
     *
     * @param unprivileged whether an access from PL1 has the rights of PL0 only
     * @throws TranslationFault when the access is not possible
     */
    long translate(Cpu cpu, int address, Access.Type type, boolean unprivileged) {
        Access access = new Access(type, cpu.mode() != Mode.USR && !unprivileged);
        Translation first = stage1(cpu, address, access);
        if (!first.permits(access)) {
            throw usesLongFormat(cpu)
                    ? TranslationFault.longFormat(Fault.Type.PERMISSION, first.level(), access)
                    : TranslationFault.shortFormat(Fault.Type.PERMISSION, first.level(), first.domain(), access);
        }
        return hasStage2(cpu) ? stage2(first.address(), access, false) : first.address();
    }

    private Translation stage1(Cpu cpu, int address, Access access) {
        long input = Integer.toUnsignedLong(address);
        if ((control(cpu) & SCTLR_M) == 0 || isStage1Off(cpu)) {
            return Translation.flat(input);
        }
        if (cpu.mode() == Mode.HYP) {
            int t0sz = cpu.system.word(SystemRegister.HTCR) & 7;
            return walkLong(cpu, input, t0sz, SystemRegister.HTTBR, false, access);
        }
        if (usesLongFormat(cpu)) {
            return pl1Long(cpu, input, access);
        }
        return (hasStage2(cpu) ? shortDescriptorsThroughStage2 : shortDescriptors)
                .walk(address, access, cpu.isSecure());
    }

    /** HCR.TGE and HCR.DC make the Non-secure PL1&0 stage 1 MMU behave as if it were off. */
    private boolean isStage1Off(Cpu cpu) {
        return cpu.mode() != Mode.HYP
                && !cpu.isSecure()
                && (cpu.system.word(SystemRegister.HCR) & (HCR_TGE | HCR_DC)) != 0;
    }

    /** The choice between TTBR0 and TTBR1 by TTBCR.T0SZ and T1SZ: B3.6.4. */
    private Translation pl1Long(Cpu cpu, long input, Access access) {
        boolean secure = cpu.isSecure();
        int ttbcr = cpu.system.word(SystemRegister.TTBCR, secure);
        int t0sz = ttbcr & 7;
        int t1sz = ttbcr >>> 16 & 7;
        boolean low = t0sz == 0 || input >>> 32 - t0sz == 0;
        boolean high = t1sz == 0 ? !low : (~input & 0xffff_ffffL) >>> 32 - t1sz == 0;
        if (low && (ttbcr & 1 << 7) == 0 && !(t0sz == 0 && t1sz != 0 && high)) {
            return walkLong(cpu, input, t0sz, SystemRegister.TTBR0, secure, access);
        }
        if (high && (ttbcr & 1 << 23) == 0) {
            return walkLong(cpu, input, t1sz, SystemRegister.TTBR1, secure, access);
        }
        throw TranslationFault.longFormat(Fault.Type.TRANSLATION, 1, access);
    }

    private Translation walkLong(Cpu cpu, long input, int size, SystemRegister base, boolean secure, Access access) {
        boolean hyp = cpu.mode() == Mode.HYP;
        int inputBits = 32 - size;
        if (base != SystemRegister.TTBR1 && input >>> inputBits != 0) {
            throw TranslationFault.longFormat(Fault.Type.TRANSLATION, 1, access);
        }
        LongDescriptors.Regime regime = new LongDescriptors.Regime(
                cpu.system.get(base, secure), inputBits, size < 2 ? 1 : 2, false, hyp, control(cpu));
        return LongDescriptors.walk(
                hasStage2(cpu) ? this::readThroughStage2 : this::readPhysical, regime, input, access);
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
            LongDescriptors.Regime regime = new LongDescriptors.Regime(
                    processor.system.get(SystemRegister.VTTBR), inputBits, startLevel, true, false, 0);
            Translation second = LongDescriptors.walk(this::readPhysical, regime, ipa, access);
            if (!second.permits(access)) {
                throw TranslationFault.longFormat(Fault.Type.PERMISSION, second.level(), access);
            }
            return second.address();
        } catch (TranslationFault e) {
            throw e.atStage2(ipa, onTableWalk);
        }
    }

    private static boolean hasStage2(Cpu cpu) {
        return cpu.mode() != Mode.HYP
                && (cpu.system.word(SystemRegister.HCR) & (HCR_VM | HCR_DC)) != 0
                && !cpu.isSecure();
    }

    private static boolean usesLongFormat(Cpu cpu) {
        return cpu.mode() == Mode.HYP || (cpu.system.word(SystemRegister.TTBCR, cpu.isSecure()) & TTBCR_EAE) != 0;
    }

    private long readThroughStage2(long ipa, int size, int level) {
        return readPhysical(stage2(ipa, new Access(Access.Type.READ, true), true), size, level);
    }

    private long readPhysical(long address, int size, int level) {
        if (!memory.ram().contains(address)) {
            throw new TranslationFault(new Fault(
                    Fault.Type.EXTERNAL_ON_TABLE_WALK, level, 0, false, false, false, 0, usesLongFormat(processor)));
        }
        int offset = memory.ram().offset(address);
        return size == 4
                ? Integer.toUnsignedLong(memory.ram().wordAt(offset))
                : memory.ram().doublewordAt(offset);
    }
}
