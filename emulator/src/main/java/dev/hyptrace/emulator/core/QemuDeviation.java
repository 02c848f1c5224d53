package dev.hyptrace.emulator.core;

/**
 * Where QEMU 7.2's Cortex-A15 does not do what the manual says, and software can tell. The emulated processor follows QEMU
 * in those that {@link Cpu#follows} names, and the manual in the others; a replay of a real board's recording follows none.
 *
 * <p>Choices that the manual leaves open (UNPREDICTABLE, IMPLEMENTATION DEFINED, UNKNOWN) are not deviations: there the
 * processor always does as QEMU does.
 *
 * <p>Two more are never followed, as no software can want them; the lock-step comparison leaves them out:
 *
 * <ul>
 *   <li>An instruction at the end of an IT block that calls a helper which may raise an exception (MRS and MSR of banked
 *       registers, transfers to and from coprocessors, VMRS, SRS) leaves its IT bits in CPSR if it ends a translation block:
 *       translate.c, {@code gen_set_condexec}, which writes them and never 0. What follows is then executed as if it were in
 *       the IT block, or saves the bits in an SPSR.
 *   <li>Bit 20 of CPSR, reserved, once an exception return has set it, is ARMv8's Illegal Execution state: every instruction is
 *       UNDEFINED. translate.c, {@code pstate_il}.
 * </ul>
 *
 * <p>Sources are those of QEMU 7.2.0, folder {@code target/arm}; each was seen to behave so in version 7.2.22.
 */
public enum QemuDeviation {
    /**
     * HCR.TID1 (but for AIDR), TID3, TIDCP, TSW, TPC and TPU, HCPTR.TCPAC, HCR.TWE,
     * HDCR.TPMCR, and HDCR.TDRA for MRRC trap nothing: helper.c has these traps for ARMv8 only, or not at all. SCTLR.CP15BEN does not make barriers UNDEFINED.
     */
    TRAPS_NOT_IMPLEMENTED,

    /** SCR.EA does not send synchronous external aborts to Monitor mode: helper.c, arm_cpu_do_interrupt_aarch32. */
    EXTERNAL_ABORTS_NOT_ROUTED,

    /** HVC in Secure state, UNDEFINED, enters Hyp mode if SCR.HCE is set. */
    SECURE_HVC,

    /**
     * Encodings that the manual leaves UNPREDICTABLE or UNDEFINED are registers: all of c3 is DACR, unused operations of c7
     * do nothing, c10's TLB lockdown and c15 read as zero, WFAR, MVFR-like ID space: helper.c, the wildcards of
     * {@code not_v8_cp_reginfo} and {@code dummy_c15_cp_reginfo}.
     */
    EXTRA_REGISTERS,

    /** DBGDEVID, DBGDEVID1 and DBGDEVID2 are at CRm = c0, opc2 = 2, 1, 0 and not at c2, c1, c0 and 7: debug_helper.c. */
    DEBUG_DEVICE_ID_ENCODING,

    /**
     * An abort in User mode that HCR.TGE sends to Hyp mode has status 0b111111 in HSR if PL1 uses the Short-descriptor
     * format, and never ISV: tlb_helper.c composes the syndrome before the exception is redirected (op_helper.c).
     */
    TGE_ABORT_SYNDROME,

    /**
     * An access to a coprocessor register that PL0 is denied by a control of PL1 (CNTKCTL, PMUSERENR, TEECR) and that
     * HCR.TGE sends to Hyp mode has the syndrome of a trapped access and not that of an Undefined Instruction exception:
     * op_helper.c, {@code access_check_cp_reg}.
     */
    TGE_ACCESS_SYNDROME,

    /** CNTHCTL.PL1PCEN, and not PL1PCTEN, traps reads of CNTPCT in User mode: helper.c, {@code gt_counter_access}. */
    CNTPCT_USER_TRAP,

    /**
     * RFE, LDM (exception return), and LDM and STM (User registers) are executed in Hyp mode, and not UNDEFINED: translate.c,
     * {@code trans_RFE}, {@code do_ldm}, {@code op_stm}.
     */
    LOADS_IN_HYP,

    /** SWP and SWPB are executed whatever SCTLR.SW says: translate.c, {@code op_swp}. */
    SWP_ALWAYS_ENABLED,

    /** SCTLR.WXN and UWXN have no effect in the Short-descriptor format: ptw.c, {@code get_phys_addr_v6}. */
    WXN_IN_LONG_FORMAT_ONLY,

    /**
     * A data abort of an address translation operation has neither WnR nor CM in DFSR: helper.c, {@code do_ats_write}. In
     * HSR it has both.
     */
    TRANSLATION_OPERATION_DFSR,

    /**
     * HPFAR lacks bits [39:32] of the intermediate physical address: internals.h, where {@code ARMMMUFaultInfo.s2addr} is a
     * {@code target_ulong}, of 32 bits in qemu-system-arm. A hypervisor that maps on demand beyond 4 GiB is caught in an
     * endless loop by it, as Xen is when its first domain looks at PCI; so a processor follows it only if it is told to.
     */
    HPFAR_BELOW_4_GIB,

    /** A stage 2 fault on a stage 1 table walk is reported with the level of the stage 1 lookup: ptw.c, {@code do_fault}. */
    STAGE_1_WALK_LEVEL,

    /**
     * CPACR.ASEDIS, NSACR.NSASEDIS and HCPTR.TASE have no effect: helper.c, {@code fp_exception_el}, looks at CP10 and TCP10
     * only. (CPACR.D32DIS and NSACR.NSD32DIS have none in either case.)
     */
    SIMD_ALWAYS_ENABLED,

    /**
     * Data-processing instructions that set flags and have the PC as destination, but for SUBS and MOVS with its shifts,
     * do not return from an exception: they set flags and branch, in every mode: translate.c, {@code DO_ANY3} and
     * {@code store_reg_kind}.
     */
    FLAG_SETTING_BRANCHES,

    /**
     * LDRD that has its base register as the first to load does not leave it as it was when the second access aborts:
     * translate.c, {@code trans_LDRD_ri_t32} and its kin, which store the first word before they load the second.
     */
    LDRD_LOSES_BASE,

    /** VLD1 and VST1 with an alignment of 256 bits check for 128 bits only: translate.c, {@code pow2_align}. */
    ALIGNMENT_256_NOT_CHECKED
}
