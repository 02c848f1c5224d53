package dev.hyptrace.traces.model;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The identity of a register of an ARMv7-A processor with the Security and Virtualization Extensions.
 *
 * <p>The names are those of the Arm Architecture Reference Manual, DDI 0406C ({@link #manualName}). A banked register is
 * one register per mode: there is no {@code SP}, only {@code SP_svc}, {@code SP_hyp} and so on; {@link Mode#stackPointer}
 * and {@link Mode#linkRegister} say which of them a mode sees. The order of the constants is the order in which registers
 * are shown; it is not stored anywhere (a file holds names).
 */
public enum Register {
    // Core registers, B1.3.2.
    R0("R0", 32, Group.CORE),
    R1("R1", 32, Group.CORE),
    R2("R2", 32, Group.CORE),
    R3("R3", 32, Group.CORE),
    R4("R4", 32, Group.CORE),
    R5("R5", 32, Group.CORE),
    R6("R6", 32, Group.CORE),
    R7("R7", 32, Group.CORE),
    R8("R8", 32, Group.CORE),
    R9("R9", 32, Group.CORE),
    R10("R10", 32, Group.CORE),
    R11("R11", 32, Group.CORE),
    R12("R12", 32, Group.CORE),
    // Banked registers, B1.3.2. Hyp mode has no LR of its own: it uses LR_usr.
    R8_FIQ("R8_fiq", 32, Group.BANKED),
    R9_FIQ("R9_fiq", 32, Group.BANKED),
    R10_FIQ("R10_fiq", 32, Group.BANKED),
    R11_FIQ("R11_fiq", 32, Group.BANKED),
    R12_FIQ("R12_fiq", 32, Group.BANKED),
    SP_USR("SP_usr", 32, Group.BANKED),
    SP_FIQ("SP_fiq", 32, Group.BANKED),
    SP_IRQ("SP_irq", 32, Group.BANKED),
    SP_SVC("SP_svc", 32, Group.BANKED),
    SP_ABT("SP_abt", 32, Group.BANKED),
    SP_UND("SP_und", 32, Group.BANKED),
    SP_MON("SP_mon", 32, Group.BANKED),
    SP_HYP("SP_hyp", 32, Group.BANKED),
    LR_USR("LR_usr", 32, Group.BANKED),
    LR_FIQ("LR_fiq", 32, Group.BANKED),
    LR_IRQ("LR_irq", 32, Group.BANKED),
    LR_SVC("LR_svc", 32, Group.BANKED),
    LR_ABT("LR_abt", 32, Group.BANKED),
    LR_UND("LR_und", 32, Group.BANKED),
    LR_MON("LR_mon", 32, Group.BANKED),
    // Program counter and program status registers, B1.3.3; ELR_hyp, B1.3.4.
    PC("PC", 32, Group.CORE),
    CPSR("CPSR", 32, Group.STATUS),
    SPSR_FIQ("SPSR_fiq", 32, Group.STATUS),
    SPSR_IRQ("SPSR_irq", 32, Group.STATUS),
    SPSR_SVC("SPSR_svc", 32, Group.STATUS),
    SPSR_ABT("SPSR_abt", 32, Group.STATUS),
    SPSR_UND("SPSR_und", 32, Group.STATUS),
    SPSR_MON("SPSR_mon", 32, Group.STATUS),
    SPSR_HYP("SPSR_hyp", 32, Group.STATUS),
    ELR_HYP("ELR_hyp", 32, Group.STATUS),
    // Virtualization Extensions registers.
    HVBAR("HVBAR", 32, Group.SYSTEM),
    HSR("HSR", 32, Group.SYSTEM),
    HCR("HCR", 32, Group.SYSTEM),
    HCPTR("HCPTR", 32, Group.SYSTEM),
    HSTR("HSTR", 32, Group.SYSTEM),
    HDCR("HDCR", 32, Group.SYSTEM),
    HACR("HACR", 32, Group.SYSTEM),
    HSCTLR("HSCTLR", 32, Group.SYSTEM),
    HACTLR("HACTLR", 32, Group.SYSTEM),
    HTCR("HTCR", 32, Group.SYSTEM),
    HTTBR("HTTBR", 64, Group.SYSTEM),
    HMAIR0("HMAIR0", 32, Group.SYSTEM),
    HMAIR1("HMAIR1", 32, Group.SYSTEM),
    HAMAIR0("HAMAIR0", 32, Group.SYSTEM),
    HAMAIR1("HAMAIR1", 32, Group.SYSTEM),
    VTCR("VTCR", 32, Group.SYSTEM),
    VTTBR("VTTBR", 64, Group.SYSTEM),
    VPIDR("VPIDR", 32, Group.SYSTEM),
    VMPIDR("VMPIDR", 32, Group.SYSTEM),
    HDFAR("HDFAR", 32, Group.SYSTEM),
    HIFAR("HIFAR", 32, Group.SYSTEM),
    HPFAR("HPFAR", 32, Group.SYSTEM),
    HADFSR("HADFSR", 32, Group.SYSTEM),
    HAIFSR("HAIFSR", 32, Group.SYSTEM),
    HTPIDR("HTPIDR", 32, Group.SYSTEM),
    // Vector bases and Security Extensions registers.
    VBAR("VBAR", 32, Group.SYSTEM),
    MVBAR("MVBAR", 32, Group.SYSTEM),
    SCR("SCR", 32, Group.SYSTEM),
    SDER("SDER", 32, Group.SYSTEM),
    NSACR("NSACR", 32, Group.SYSTEM),
    ISR("ISR", 32, Group.SYSTEM),
    // PL1 control, translation and fault registers (the Non-secure copy where banked).
    SCTLR("SCTLR", 32, Group.SYSTEM),
    ACTLR("ACTLR", 32, Group.SYSTEM),
    CPACR("CPACR", 32, Group.SYSTEM),
    TTBR0("TTBR0", 64, Group.SYSTEM),
    TTBR1("TTBR1", 64, Group.SYSTEM),
    TTBCR("TTBCR", 32, Group.SYSTEM),
    DACR("DACR", 32, Group.SYSTEM),
    DFSR("DFSR", 32, Group.SYSTEM),
    IFSR("IFSR", 32, Group.SYSTEM),
    ADFSR("ADFSR", 32, Group.SYSTEM),
    AIFSR("AIFSR", 32, Group.SYSTEM),
    DFAR("DFAR", 32, Group.SYSTEM),
    IFAR("IFAR", 32, Group.SYSTEM),
    PAR("PAR", 64, Group.SYSTEM),
    PRRR("PRRR", 32, Group.SYSTEM),
    NMRR("NMRR", 32, Group.SYSTEM),
    AMAIR0("AMAIR0", 32, Group.SYSTEM),
    AMAIR1("AMAIR1", 32, Group.SYSTEM),
    FCSEIDR("FCSEIDR", 32, Group.SYSTEM),
    CONTEXTIDR("CONTEXTIDR", 32, Group.SYSTEM),
    TPIDRURW("TPIDRURW", 32, Group.SYSTEM),
    TPIDRURO("TPIDRURO", 32, Group.SYSTEM),
    TPIDRPRW("TPIDRPRW", 32, Group.SYSTEM),
    // Generic Timer.
    CNTFRQ("CNTFRQ", 32, Group.SYSTEM),
    CNTKCTL("CNTKCTL", 32, Group.SYSTEM),
    CNTHCTL("CNTHCTL", 32, Group.SYSTEM),
    CNTVOFF("CNTVOFF", 64, Group.SYSTEM),
    CNTPCT("CNTPCT", 64, Group.SYSTEM),
    CNTVCT("CNTVCT", 64, Group.SYSTEM),
    CNTP_CTL("CNTP_CTL", 32, Group.SYSTEM),
    CNTP_CVAL("CNTP_CVAL", 64, Group.SYSTEM),
    CNTV_CTL("CNTV_CTL", 32, Group.SYSTEM),
    CNTV_CVAL("CNTV_CVAL", 64, Group.SYSTEM),
    CNTHP_CTL("CNTHP_CTL", 32, Group.SYSTEM),
    CNTHP_CVAL("CNTHP_CVAL", 64, Group.SYSTEM),
    // Identification.
    MIDR("MIDR", 32, Group.SYSTEM),
    CTR("CTR", 32, Group.SYSTEM),
    TCMTR("TCMTR", 32, Group.SYSTEM),
    TLBTR("TLBTR", 32, Group.SYSTEM),
    MPIDR("MPIDR", 32, Group.SYSTEM),
    REVIDR("REVIDR", 32, Group.SYSTEM),
    ID_PFR0("ID_PFR0", 32, Group.SYSTEM),
    ID_PFR1("ID_PFR1", 32, Group.SYSTEM),
    ID_DFR0("ID_DFR0", 32, Group.SYSTEM),
    ID_AFR0("ID_AFR0", 32, Group.SYSTEM),
    ID_MMFR0("ID_MMFR0", 32, Group.SYSTEM),
    ID_MMFR1("ID_MMFR1", 32, Group.SYSTEM),
    ID_MMFR2("ID_MMFR2", 32, Group.SYSTEM),
    ID_MMFR3("ID_MMFR3", 32, Group.SYSTEM),
    ID_ISAR0("ID_ISAR0", 32, Group.SYSTEM),
    ID_ISAR1("ID_ISAR1", 32, Group.SYSTEM),
    ID_ISAR2("ID_ISAR2", 32, Group.SYSTEM),
    ID_ISAR3("ID_ISAR3", 32, Group.SYSTEM),
    ID_ISAR4("ID_ISAR4", 32, Group.SYSTEM),
    ID_ISAR5("ID_ISAR5", 32, Group.SYSTEM),
    CCSIDR("CCSIDR", 32, Group.SYSTEM),
    CLIDR("CLIDR", 32, Group.SYSTEM),
    AIDR("AIDR", 32, Group.SYSTEM),
    CSSELR("CSSELR", 32, Group.SYSTEM),
    CBAR("CBAR", 32, Group.SYSTEM),
    L2CTLR("L2CTLR", 32, Group.SYSTEM),
    L2ECTLR("L2ECTLR", 32, Group.SYSTEM),
    // Debug.
    DBGDIDR("DBGDIDR", 32, Group.SYSTEM),
    DBGDSCR("DBGDSCR", 32, Group.SYSTEM),
    DBGDRAR("DBGDRAR", 64, Group.SYSTEM),
    DBGDSAR("DBGDSAR", 64, Group.SYSTEM),
    DBGOSLSR("DBGOSLSR", 32, Group.SYSTEM),
    DBGOSDLR("DBGOSDLR", 32, Group.SYSTEM),
    DBGDEVID("DBGDEVID", 32, Group.SYSTEM),
    DBGDEVID1("DBGDEVID1", 32, Group.SYSTEM),
    DBGDEVID2("DBGDEVID2", 32, Group.SYSTEM),
    DBGBVR0("DBGBVR0", 32, Group.SYSTEM),
    DBGBVR1("DBGBVR1", 32, Group.SYSTEM),
    DBGBVR2("DBGBVR2", 32, Group.SYSTEM),
    DBGBVR3("DBGBVR3", 32, Group.SYSTEM),
    DBGBVR4("DBGBVR4", 32, Group.SYSTEM),
    DBGBVR5("DBGBVR5", 32, Group.SYSTEM),
    DBGBCR0("DBGBCR0", 32, Group.SYSTEM),
    DBGBCR1("DBGBCR1", 32, Group.SYSTEM),
    DBGBCR2("DBGBCR2", 32, Group.SYSTEM),
    DBGBCR3("DBGBCR3", 32, Group.SYSTEM),
    DBGBCR4("DBGBCR4", 32, Group.SYSTEM),
    DBGBCR5("DBGBCR5", 32, Group.SYSTEM),
    DBGWVR0("DBGWVR0", 32, Group.SYSTEM),
    DBGWVR1("DBGWVR1", 32, Group.SYSTEM),
    DBGWVR2("DBGWVR2", 32, Group.SYSTEM),
    DBGWVR3("DBGWVR3", 32, Group.SYSTEM),
    DBGWCR0("DBGWCR0", 32, Group.SYSTEM),
    DBGWCR1("DBGWCR1", 32, Group.SYSTEM),
    DBGWCR2("DBGWCR2", 32, Group.SYSTEM),
    DBGWCR3("DBGWCR3", 32, Group.SYSTEM),
    // Performance Monitors.
    PMCR("PMCR", 32, Group.SYSTEM),
    PMCNTENSET("PMCNTENSET", 32, Group.SYSTEM),
    PMCNTENCLR("PMCNTENCLR", 32, Group.SYSTEM),
    PMOVSR("PMOVSR", 32, Group.SYSTEM),
    PMOVSSET("PMOVSSET", 32, Group.SYSTEM),
    PMSELR("PMSELR", 32, Group.SYSTEM),
    PMUSERENR("PMUSERENR", 32, Group.SYSTEM),
    PMINTENSET("PMINTENSET", 32, Group.SYSTEM),
    PMCCNTR("PMCCNTR", 32, Group.SYSTEM),
    PMCCFILTR("PMCCFILTR", 32, Group.SYSTEM),
    PMXEVCNTR0("PMXEVCNTR0", 32, Group.SYSTEM),
    PMXEVCNTR1("PMXEVCNTR1", 32, Group.SYSTEM),
    PMXEVCNTR2("PMXEVCNTR2", 32, Group.SYSTEM),
    PMXEVCNTR3("PMXEVCNTR3", 32, Group.SYSTEM),
    PMXEVCNTR4("PMXEVCNTR4", 32, Group.SYSTEM),
    PMXEVCNTR5("PMXEVCNTR5", 32, Group.SYSTEM),
    PMXEVTYPER0("PMXEVTYPER0", 32, Group.SYSTEM),
    PMXEVTYPER1("PMXEVTYPER1", 32, Group.SYSTEM),
    PMXEVTYPER2("PMXEVTYPER2", 32, Group.SYSTEM),
    PMXEVTYPER3("PMXEVTYPER3", 32, Group.SYSTEM),
    PMXEVTYPER4("PMXEVTYPER4", 32, Group.SYSTEM),
    PMXEVTYPER5("PMXEVTYPER5", 32, Group.SYSTEM),
    // ThumbEE and Jazelle.
    TEECR("TEECR", 32, Group.SYSTEM),
    TEEHBR("TEEHBR", 32, Group.SYSTEM),
    JIDR("JIDR", 32, Group.SYSTEM),
    JOSCR("JOSCR", 32, Group.SYSTEM),
    JMCR("JMCR", 32, Group.SYSTEM),
    // Secure copies of banked registers.
    SCTLR_S("SCTLR_s", 32, Group.SYSTEM),
    TTBR0_S("TTBR0_s", 64, Group.SYSTEM),
    TTBR1_S("TTBR1_s", 64, Group.SYSTEM),
    TTBCR_S("TTBCR_s", 32, Group.SYSTEM),
    DACR_S("DACR_s", 32, Group.SYSTEM),
    VBAR_S("VBAR_s", 32, Group.SYSTEM),
    DFSR_S("DFSR_s", 32, Group.SYSTEM),
    IFSR_S("IFSR_s", 32, Group.SYSTEM),
    DFAR_S("DFAR_s", 32, Group.SYSTEM),
    IFAR_S("IFAR_s", 32, Group.SYSTEM),
    PAR_S("PAR_s", 64, Group.SYSTEM),
    PRRR_S("PRRR_s", 32, Group.SYSTEM),
    NMRR_S("NMRR_s", 32, Group.SYSTEM),
    CONTEXTIDR_S("CONTEXTIDR_s", 32, Group.SYSTEM),
    CSSELR_S("CSSELR_s", 32, Group.SYSTEM),
    TPIDRURW_S("TPIDRURW_s", 32, Group.SYSTEM),
    TPIDRURO_S("TPIDRURO_s", 32, Group.SYSTEM),
    TPIDRPRW_S("TPIDRPRW_s", 32, Group.SYSTEM),
    // Advanced SIMD and Floating-point. S2n and S2n+1 are the halves of Dn.
    D0("D0", 64, Group.FLOATING_POINT),
    D1("D1", 64, Group.FLOATING_POINT),
    D2("D2", 64, Group.FLOATING_POINT),
    D3("D3", 64, Group.FLOATING_POINT),
    D4("D4", 64, Group.FLOATING_POINT),
    D5("D5", 64, Group.FLOATING_POINT),
    D6("D6", 64, Group.FLOATING_POINT),
    D7("D7", 64, Group.FLOATING_POINT),
    D8("D8", 64, Group.FLOATING_POINT),
    D9("D9", 64, Group.FLOATING_POINT),
    D10("D10", 64, Group.FLOATING_POINT),
    D11("D11", 64, Group.FLOATING_POINT),
    D12("D12", 64, Group.FLOATING_POINT),
    D13("D13", 64, Group.FLOATING_POINT),
    D14("D14", 64, Group.FLOATING_POINT),
    D15("D15", 64, Group.FLOATING_POINT),
    D16("D16", 64, Group.FLOATING_POINT),
    D17("D17", 64, Group.FLOATING_POINT),
    D18("D18", 64, Group.FLOATING_POINT),
    D19("D19", 64, Group.FLOATING_POINT),
    D20("D20", 64, Group.FLOATING_POINT),
    D21("D21", 64, Group.FLOATING_POINT),
    D22("D22", 64, Group.FLOATING_POINT),
    D23("D23", 64, Group.FLOATING_POINT),
    D24("D24", 64, Group.FLOATING_POINT),
    D25("D25", 64, Group.FLOATING_POINT),
    D26("D26", 64, Group.FLOATING_POINT),
    D27("D27", 64, Group.FLOATING_POINT),
    D28("D28", 64, Group.FLOATING_POINT),
    D29("D29", 64, Group.FLOATING_POINT),
    D30("D30", 64, Group.FLOATING_POINT),
    D31("D31", 64, Group.FLOATING_POINT),
    FPSCR("FPSCR", 32, Group.FLOATING_POINT),
    FPEXC("FPEXC", 32, Group.FLOATING_POINT),
    FPSID("FPSID", 32, Group.FLOATING_POINT),
    MVFR0("MVFR0", 32, Group.FLOATING_POINT),
    MVFR1("MVFR1", 32, Group.FLOATING_POINT);

    /** What kind of register it is: how reports group them. */
    public enum Group {
        CORE,
        BANKED,
        STATUS,
        SYSTEM,
        FLOATING_POINT
    }

    private static final List<Register> ALL = List.of(values());
    private static final Map<String, Register> BY_NAME = byName();

    private final String manualName;
    private final int width;
    private final Group group;

    Register(String manualName, int width, Group group) {
        this.manualName = manualName;
        this.width = width;
        this.group = group;
    }

    /** All registers in display order. */
    public static List<Register> all() {
        return ALL;
    }

    /** The core register {@code Rn}, n from 0 to 12. */
    public static Register r(int n) {
        if (n < 0 || n > 12) {
            throw new IllegalArgumentException("no unbanked core register R" + n + ", expected R0 to R12");
        }
        return ALL.get(n);
    }

    /** The register with this manual name, whatever the letter case; empty when there is none. */
    public static Optional<Register> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The name in the manual, such as {@code SP_hyp} or {@code HVBAR}. */
    public String manualName() {
        return manualName;
    }

    /** The width in bits, 32 or 64. */
    public int width() {
        return width;
    }

    public Group group() {
        return group;
    }

    /** The bits that a value of this register can have. */
    public long mask() {
        return width == 64 ? -1L : 0xffff_ffffL;
    }

    /** The value as users see it: {@code 0x} and 8 or 16 hexadecimal digits. */
    public String format(long value) {
        return width == 64 ? String.format(Locale.ROOT, "0x%016x", value) : Hex.word((int) value);
    }

    @Override
    public String toString() {
        return manualName;
    }

    private static Map<String, Register> byName() {
        Map<String, Register> map = new HashMap<>();
        for (Register register : ALL) {
            map.put(register.manualName.toLowerCase(Locale.ROOT), register);
        }
        return Map.copyOf(map);
    }
}
