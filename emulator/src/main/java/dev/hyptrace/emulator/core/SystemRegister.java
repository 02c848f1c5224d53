package dev.hyptrace.emulator.core;

import java.util.List;

/**
 * The system registers whose value the machine holds, by their names in DDI 0406C.
 *
 * <p>How instructions reach them (coprocessor, opc1, CRn, CRm, opc2), with which rights, and what a write does besides
 * storing, is the table of the {@code system} package.
 */
public enum SystemRegister {
    HVBAR(32),
    HSR(32),
    HCR(32),
    HCPTR(32),
    HSTR(32),
    HDCR(32),
    HACR(32),
    HSCTLR(32),
    HACTLR(32),
    HTCR(32),
    HTTBR(64),
    HMAIR0(32),
    HMAIR1(32),
    HAMAIR0(32),
    HAMAIR1(32),
    VTCR(32),
    VTTBR(64),
    VPIDR(32),
    VMPIDR(32),
    HDFAR(32),
    HIFAR(32),
    HPFAR(32),
    HADFSR(32),
    HAIFSR(32),
    HTPIDR(32),
    VBAR(32, true),
    MVBAR(32),
    SCR(32),
    SDER(32),
    NSACR(32),
    ISR(32),
    SCTLR(32, true),
    ACTLR(32),
    CPACR(32),
    TTBR0(64, true),
    TTBR1(64, true),
    TTBCR(32, true),
    DACR(32, true),
    DFSR(32, true),
    IFSR(32, true),
    ADFSR(32),
    AIFSR(32),
    DFAR(32, true),
    IFAR(32, true),
    PAR(64, true),
    PRRR(32, true),
    NMRR(32, true),
    AMAIR0(32),
    AMAIR1(32),
    FCSEIDR(32),
    CONTEXTIDR(32, true),
    TPIDRURW(32, true),
    TPIDRURO(32, true),
    TPIDRPRW(32, true),
    CNTFRQ(32),
    CNTKCTL(32),
    CNTHCTL(32),
    CNTVOFF(64),
    CNTPCT(64),
    CNTVCT(64),
    CNTP_CTL(32, true),
    CNTP_CVAL(64, true),
    CNTV_CTL(32),
    CNTV_CVAL(64),
    CNTHP_CTL(32),
    CNTHP_CVAL(64),
    MIDR(32),
    CTR(32),
    TCMTR(32),
    TLBTR(32),
    MPIDR(32),
    REVIDR(32),
    ID_PFR0(32),
    ID_PFR1(32),
    ID_DFR0(32),
    ID_AFR0(32),
    ID_MMFR0(32),
    ID_MMFR1(32),
    ID_MMFR2(32),
    ID_MMFR3(32),
    ID_ISAR0(32),
    ID_ISAR1(32),
    ID_ISAR2(32),
    ID_ISAR3(32),
    ID_ISAR4(32),
    ID_ISAR5(32),
    CCSIDR(32),
    CLIDR(32),
    AIDR(32),
    CSSELR(32, true),
    CBAR(32),
    L2CTLR(32),
    L2ECTLR(32),
    DBGDIDR(32),
    DBGDSCR(32),
    DBGDRAR(64),
    DBGDSAR(64),
    DBGOSLSR(32),
    DBGOSDLR(32),
    DBGDEVID(32),
    DBGDEVID1(32),
    DBGDEVID2(32),
    DBGBVR0(32),
    DBGBVR1(32),
    DBGBVR2(32),
    DBGBVR3(32),
    DBGBVR4(32),
    DBGBVR5(32),
    DBGBCR0(32),
    DBGBCR1(32),
    DBGBCR2(32),
    DBGBCR3(32),
    DBGBCR4(32),
    DBGBCR5(32),
    DBGWVR0(32),
    DBGWVR1(32),
    DBGWVR2(32),
    DBGWVR3(32),
    DBGWCR0(32),
    DBGWCR1(32),
    DBGWCR2(32),
    DBGWCR3(32),
    PMCR(32),
    PMCNTENSET(32),
    PMCNTENCLR(32),
    PMOVSR(32),
    PMOVSSET(32),
    PMSELR(32),
    PMUSERENR(32),
    PMINTENSET(32),
    PMCCNTR(32),
    PMCCFILTR(32),
    PMXEVCNTR0(32),
    PMXEVCNTR1(32),
    PMXEVCNTR2(32),
    PMXEVCNTR3(32),
    PMXEVCNTR4(32),
    PMXEVCNTR5(32),
    PMXEVTYPER0(32),
    PMXEVTYPER1(32),
    PMXEVTYPER2(32),
    PMXEVTYPER3(32),
    PMXEVTYPER4(32),
    PMXEVTYPER5(32),
    TEECR(32),
    TEEHBR(32),
    JIDR(32),
    JOSCR(32),
    JMCR(32),
    FPSID(32),
    FPSCR(32),
    FPEXC(32),
    MVFR0(32),
    MVFR1(32);

    private static final List<SystemRegister> ALL = List.of(values());

    private final int width;
    private final boolean banked;

    SystemRegister(int width) {
        this(width, false);
    }

    SystemRegister(int width, boolean banked) {
        this.width = width;
        this.banked = banked;
    }

    /** All of them, in the order of declaration. */
    public static List<SystemRegister> all() {
        return ALL;
    }

    /** The width in bits, 32 or 64. */
    public int width() {
        return width;
    }

    /** Whether there is a Secure and a Non-secure copy: DDI 0406C B3.15.3 "Classification of system control registers". */
    public boolean isBanked() {
        return banked;
    }
}
