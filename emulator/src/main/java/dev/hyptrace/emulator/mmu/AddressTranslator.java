package dev.hyptrace.emulator.mmu;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.Hcr;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.core.TranslationControl.AddressTranslation;
import dev.hyptrace.emulator.exception.FaultStatus;
import dev.hyptrace.emulator.mmu.Translator.Regime;

/**
 * Address translation operations: DDI 0406C B3.18, and what they leave in PAR.
 *
 * <p>The 32-bit format says nothing of memory attributes, the 64-bit one only of those of Long descriptors: as in QEMU.
 */
final class AddressTranslator {
    private static final long PAR_SUPERSECTION = 1 << 1;
    private static final long PAR_NS = 1 << 9;
    private static final long PAR_LPAE = 1 << 11;

    private final Translator translator;

    AddressTranslator(Translator translator) {
        this.translator = translator;
    }

    /**
     * The value for PAR.
     *
     * @throws ProcessorException when a descriptor could not be read: nothing answers there, or stage 2 has no translation
     *     for it and the operation was not Hyp mode's
     */
    long translate(Cpu cpu, AddressTranslation operation, int address) {
        Access access = new Access(operation.isWrite() ? Access.Type.WRITE : Access.Type.READ, !operation.isForUser());
        boolean secure = operation.isStage1OfPl1() && cpu.isSecure();
        Regime regime = new Regime(operation.isHyp(), secure);
        boolean longFormat = usesLongFormat(cpu, operation, regime);
        try {
            Translation translation = translator.translate(regime, address, access, operation.isBothStages());
            return longFormat ? longPar(translation, secure) : shortPar(translation, secure);
        } catch (TranslationFault e) {
            Fault fault = e.of(access, longFormat);
            boolean pl1 = cpu.mode() != Mode.HYP && !cpu.isSecure();
            if (e.isStage1WalkAtStage2() && pl1 && operation.isStage1OfPl1()) {
                throw ProcessorException.dataAbort(address, fault.ofMaintenance());
            }
            if (e.isExternal()) {
                throw ProcessorException.dataAbort(address, fault.ofMaintenance());
            }
            return FaultStatus.par(fault, longFormat);
        }
    }

    /** Operations from Hyp mode, and those that stage 2 takes part in, have the 64-bit format whatever TTBCR.EAE says. */
    private boolean usesLongFormat(Cpu cpu, AddressTranslation operation, Regime regime) {
        if (translator.usesLongFormat(regime)) {
            return true;
        }
        return operation.isBothStages()
                ? (cpu.system.word(SystemRegister.HCR) & (Hcr.VM | Hcr.DC)) != 0
                : cpu.mode() == Mode.HYP;
    }

    private static long longPar(Translation translation, boolean secure) {
        Attributes attributes = translation.attributes();
        return (long) attributes.type() << 56
                | translation.address() & ~0xfffL
                | PAR_LPAE
                | (secure && !translation.nonSecure() ? 0 : PAR_NS)
                | (long) attributes.shareability() << 7;
    }

    private static long shortPar(Translation translation, boolean secure) {
        long output = translation.supersection()
                ? translation.address() & 0xff00_0000L | PAR_SUPERSECTION
                : translation.address() & 0xffff_f000L;
        return output | (secure && !translation.nonSecure() ? 0 : PAR_NS);
    }
}
