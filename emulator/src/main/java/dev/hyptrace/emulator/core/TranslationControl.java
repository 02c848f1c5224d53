package dev.hyptrace.emulator.core;

/** What writes to system registers make the memory management unit do. */
public interface TranslationControl {
    /** Address translation operations: DDI 0406C B3.18 "Address translation operations". */
    enum AddressTranslation {
        ATS1CPR,
        ATS1CPW,
        ATS1CUR,
        ATS1CUW,
        ATS12NSOPR,
        ATS12NSOPW,
        ATS12NSOUR,
        ATS12NSOUW,
        ATS1HR,
        ATS1HW;

        /** Whether it is for a write. */
        public boolean isWrite() {
            return name().endsWith("W");
        }

        /** Whether it is for an access from PL0. */
        public boolean isForUser() {
            return name().charAt(name().length() - 2) == 'U';
        }

        /** Whether it is for Hyp mode. */
        public boolean isHyp() {
            return this == ATS1HR || this == ATS1HW;
        }

        /** Whether it is stage 1 and stage 2 of the Non-secure PL1&0 regime. */
        public boolean isBothStages() {
            return name().startsWith("ATS12");
        }

        /** Whether it is stage 1 of the PL1&0 regime in the current security state. */
        public boolean isStage1OfPl1() {
            return name().startsWith("ATS1C");
        }
    }

    /** No memory management unit: addresses are physical. */
    TranslationControl NONE = new TranslationControl() {
        @Override
        public void invalidate(Cpu cpu, TlbMaintenance operation, int value) {}

        @Override
        public void contextChanged(Cpu cpu) {}

        @Override
        public long translate(Cpu cpu, AddressTranslation operation, int address) {
            return address & 0xffff_f000L;
        }
    };

    /** TLB maintenance operations, wherever they are broadcast to: DDI 0406C B3.18 "TLB maintenance operations". */
    enum TlbMaintenance {
        /** The regime of the security state, under the current VMID if it is Non-secure: TLBIALL. */
        ALL,
        /** The same for one ASID: TLBIASID. */
        ASID,
        /** The same for one address, of one ASID or global: TLBIMVA. */
        ADDRESS,
        /** The same for one address, of every ASID: TLBIMVAA. */
        ADDRESS_OF_ALL_ASIDS,
        /** The PL2 regime: TLBIALLH. */
        HYP,
        /** One address of the PL2 regime: TLBIMVAH. */
        HYP_ADDRESS,
        /** The Non-secure PL1&0 regime under every VMID: TLBIALLNSNH. */
        NON_SECURE_NON_HYP
    }

    /**
     * Forgets at least the translations that a TLB maintenance operation is for.
     *
     * @param value what was written: a virtual address in [31:12], an ASID in [7:0], or neither
     */
    void invalidate(Cpu cpu, TlbMaintenance operation, int value);

    /**
     * A register on which translation depends has been written (SCTLR, HSCTLR, TTBR0, TTBCR, DACR, CONTEXTIDR, MAIR0, HCR,
     * HTCR, HTTBR, VTCR, VTTBR, SCR, ...): what was cached under its old value must not be used.
     */
    void contextChanged(Cpu cpu);

    /**
     * Translates a virtual address.
     *
     * @return the value for PAR, in the format that the translation regime selects, fault or not
     * @throws ProcessorException when the operation itself aborts, as a stage 1 operation may at stage 2
     */
    long translate(Cpu cpu, AddressTranslation operation, int address);
}
