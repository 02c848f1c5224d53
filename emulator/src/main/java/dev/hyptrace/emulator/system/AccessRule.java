package dev.hyptrace.emulator.system;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Hcr;
import dev.hyptrace.emulator.core.Hdcr;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.core.Sctlr;
import dev.hyptrace.emulator.core.SystemRegister;

/**
 * What stands between the right to access a register and the access: traps to Hyp mode, and what PL1 denies PL0. Named after
 * the controls: DDI 0406C B1.14 "Traps to the hypervisor", and the registers' descriptions.
 */
enum AccessRule {
    TID0("TID0", (cpu, read) -> hcr(cpu, Hcr.TID0)),
    TID1("TID1", (cpu, read) -> hcr(cpu, Hcr.TID1)),
    TID2("TID2", (cpu, read) -> hcr(cpu, Hcr.TID2)),
    TID3("TID3", (cpu, read) -> hcr(cpu, Hcr.TID3)),
    TIDCP("TIDCP", (cpu, read) -> hcr(cpu, Hcr.TIDCP)),
    TAC("TAC", (cpu, read) -> hcr(cpu, Hcr.TAC)),
    TSW("TSW", (cpu, read) -> hcr(cpu, Hcr.TSW)),
    TPC("TPC", (cpu, read) -> hcr(cpu, Hcr.TPC)),
    TPU("TPU", (cpu, read) -> hcr(cpu, Hcr.TPU)),
    TTLB("TTLB", (cpu, read) -> hcr(cpu, Hcr.TTLB)),
    /** Writes only. */
    TVM("TVM", (cpu, read) -> read ? Verdict.ALLOWED : hcr(cpu, Hcr.TVM)),
    TCPAC("TCPAC", (cpu, read) -> trapIf(isPl1(cpu) && (word(cpu, SystemRegister.HCPTR) & 1 << 31) != 0)),
    TTEE("TTEE", (cpu, read) -> trapIf(isBelowHyp(cpu) && (word(cpu, SystemRegister.HSTR) & 1 << 16) != 0)),
    TJDBX("TJDBX", (cpu, read) -> trapIf(isBelowHyp(cpu) && (word(cpu, SystemRegister.HSTR) & 1 << 17) != 0)),
    TPM("TPM", (cpu, read) -> hdcr(cpu, Hdcr.TPM)),
    TPMCR("TPMCR", (cpu, read) -> hdcr(cpu, Hdcr.TPMCR)),
    TDA("TDA", (cpu, read) -> debug(cpu, Hdcr.TDA)),
    TDOSA("TDOSA", (cpu, read) -> debug(cpu, Hdcr.TDOSA)),
    TDRA("TDRA", (cpu, read) -> debug(cpu, Hdcr.TDRA)),
    CNTHCTL_PCTEN("CNTHCTL.PCTEN", (cpu, read) -> counter(cpu)),
    CNTHCTL_PCEN(
            "CNTHCTL.PCEN", (cpu, read) -> trapIf(isBelowHyp(cpu) && (word(cpu, SystemRegister.CNTHCTL) & 2) == 0)),
    CNTKCTL_PCTEN("CNTKCTL.PCTEN", (cpu, read) -> user(cpu, SystemRegister.CNTKCTL, 1)),
    CNTKCTL_VCTEN("CNTKCTL.VCTEN", (cpu, read) -> user(cpu, SystemRegister.CNTKCTL, 2)),
    CNTKCTL_CTEN("CNTKCTL.PCTEN|VCTEN", (cpu, read) -> user(cpu, SystemRegister.CNTKCTL, 3)),
    CNTKCTL_VTEN("CNTKCTL.VTEN", (cpu, read) -> user(cpu, SystemRegister.CNTKCTL, 1 << 8)),
    CNTKCTL_PTEN("CNTKCTL.PTEN", (cpu, read) -> user(cpu, SystemRegister.CNTKCTL, 1 << 9)),
    PMUSERENR("PMUSERENR", (cpu, read) -> user(cpu, SystemRegister.PMUSERENR, 1)),
    TEECR_XED(
            "TEECR.XED",
            (cpu, read) -> cpu.mode() == Mode.USR && (word(cpu, SystemRegister.TEECR) & 1) != 0
                    ? Verdict.DENIED
                    : Verdict.ALLOWED),
    CP15BEN(
            "CP15BEN",
            (cpu, read) -> undefinedIf(
                    (word(cpu, cpu.mode() == Mode.HYP ? SystemRegister.HSCTLR : SystemRegister.SCTLR) & Sctlr.CP15BEN)
                            == 0)),
    /** Writes from the highest level that there is only. */
    HIGHEST(
            "HIGHEST",
            (cpu, read) ->
                    undefinedIf(!read && !(cpu.hasSecurityExtensions() ? cpu.isSecure() : cpu.mode() == Mode.HYP))),
    /** Exists with the Security Extensions only. */
    SECURITY("SECURITY", (cpu, read) -> undefinedIf(!cpu.hasSecurityExtensions())),
    /** Not in QEMU. */
    MANUAL("MANUAL", (cpu, read) -> undefinedIf(cpu.follows(QemuDeviation.EXTRA_REGISTERS))),
    /** Not in the manual. */
    QEMU("QEMU", (cpu, read) -> undefinedIf(!cpu.follows(QemuDeviation.EXTRA_REGISTERS)));

    /** What a rule says. */
    enum Verdict {
        ALLOWED,
        /** A trap to Hyp mode. */
        TRAPPED,
        /** The Undefined Instruction exception, because PL1 denies PL0 the access. */
        DENIED,
        UNDEFINED
    }

    @FunctionalInterface
    private interface Check {
        Verdict check(Cpu cpu, boolean read);
    }

    private final String token;

    @SuppressWarnings("ImmutableEnumChecker") // A function of its arguments alone.
    private final Check check;

    AccessRule(String token, Check check) {
        this.token = token;
        this.check = check;
    }

    /** The rule that the table calls so. */
    static AccessRule named(String token) {
        for (AccessRule rule : values()) {
            if (rule.token.equals(token)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("\"" + token + "\": no such access rule");
    }

    Verdict check(Cpu cpu, boolean read) {
        return check.check(cpu, read);
    }

    private static Verdict trapIf(boolean trapped) {
        return trapped ? Verdict.TRAPPED : Verdict.ALLOWED;
    }

    private static Verdict undefinedIf(boolean undefined) {
        return undefined ? Verdict.UNDEFINED : Verdict.ALLOWED;
    }

    private static int word(Cpu cpu, SystemRegister register) {
        return cpu.system.word(register, cpu.isSecure());
    }

    private static boolean isBelowHyp(Cpu cpu) {
        return cpu.mode() != Mode.HYP && !cpu.isSecure();
    }

    private static boolean isPl1(Cpu cpu) {
        return cpu.mode() != Mode.USR && isBelowHyp(cpu);
    }

    /** A bit of HCR that traps accesses from PL1. */
    private static Verdict hcr(Cpu cpu, int bit) {
        return trapIf(isPl1(cpu) && (Hcr.effective(cpu) & bit) != 0);
    }

    /** A bit of HDCR that traps accesses from PL1 and PL0. */
    private static Verdict hdcr(Cpu cpu, int bit) {
        return trapIf(isBelowHyp(cpu) && (word(cpu, SystemRegister.HDCR) & bit) != 0);
    }

    /** Debug registers are trapped too if debug exceptions go to Hyp mode, by HDCR.TDE or HCR.TGE. */
    private static Verdict debug(Cpu cpu, int bit) {
        boolean routed = isBelowHyp(cpu) && (Hcr.effective(cpu) & Hcr.TGE) != 0;
        return routed ? Verdict.TRAPPED : hdcr(cpu, bit | Hdcr.TDE);
    }

    /** CNTHCTL.PL1PCTEN traps reads of CNTPCT. */
    private static Verdict counter(Cpu cpu) {
        int bit = cpu.mode() == Mode.USR && cpu.follows(QemuDeviation.CNTPCT_USER_TRAP) ? 2 : 1;
        return trapIf(isBelowHyp(cpu) && (word(cpu, SystemRegister.CNTHCTL) & bit) == 0);
    }

    /** What PL0 may only if PL1 has set a bit. */
    private static Verdict user(Cpu cpu, SystemRegister register, int bits) {
        return cpu.mode() == Mode.USR && (word(cpu, register) & bits) == 0 ? Verdict.DENIED : Verdict.ALLOWED;
    }
}
