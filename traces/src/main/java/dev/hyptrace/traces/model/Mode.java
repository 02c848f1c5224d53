package dev.hyptrace.traces.model;

import java.util.Optional;

/** A processor mode: CPSR.M, DDI 0406C B1.3.1 "ARM processor modes". */
public enum Mode {
    USR(0x10, Register.SP_USR, Register.LR_USR, null),
    FIQ(0x11, Register.SP_FIQ, Register.LR_FIQ, Register.SPSR_FIQ),
    IRQ(0x12, Register.SP_IRQ, Register.LR_IRQ, Register.SPSR_IRQ),
    SVC(0x13, Register.SP_SVC, Register.LR_SVC, Register.SPSR_SVC),
    MON(0x16, Register.SP_MON, Register.LR_MON, Register.SPSR_MON),
    ABT(0x17, Register.SP_ABT, Register.LR_ABT, Register.SPSR_ABT),
    HYP(0x1a, Register.SP_HYP, Register.LR_USR, Register.SPSR_HYP),
    UND(0x1b, Register.SP_UND, Register.LR_UND, Register.SPSR_UND),
    SYS(0x1f, Register.SP_USR, Register.LR_USR, null);

    /** CPSR[4:0]. */
    public static final int MASK = 0x1f;

    private static final Mode[] BY_ENCODING = new Mode[32];

    static {
        for (Mode mode : values()) {
            BY_ENCODING[mode.encoding] = mode;
        }
    }

    private final int encoding;
    private final Register stackPointer;
    private final Register linkRegister;
    private final Register savedStatus;

    Mode(int encoding, Register stackPointer, Register linkRegister, Register savedStatus) {
        this.encoding = encoding;
        this.stackPointer = stackPointer;
        this.linkRegister = linkRegister;
        this.savedStatus = savedStatus;
    }

    /** The mode in a program status register; empty when its M field holds no ARMv7 mode. */
    public static Optional<Mode> ofStatus(long psr) {
        return Optional.ofNullable(BY_ENCODING[(int) psr & MASK]);
    }

    /** The five bits of CPSR.M. */
    public int encoding() {
        return encoding;
    }

    /** The register that R13 is in this mode. */
    public Register stackPointer() {
        return stackPointer;
    }

    /** The register that R14 is in this mode: LR_usr in Hyp mode. */
    public Register linkRegister() {
        return linkRegister;
    }

    /** The SPSR of this mode; User and System have none. */
    public Optional<Register> savedStatus() {
        return Optional.ofNullable(savedStatus);
    }

    /** The register that R{@code n} is in this mode, n from 0 to 15. */
    public Register coreRegister(int n) {
        return switch (n) {
            case 13 -> stackPointer;
            case 14 -> linkRegister;
            case 15 -> Register.PC;
            default ->
                this == FIQ && n >= 8 && n <= 12
                        ? Register.all().get(Register.R8_FIQ.ordinal() + n - 8)
                        : Register.r(n);
        };
    }

    /** The privilege level: 0, 1 or 2. */
    public int privilegeLevel() {
        return switch (this) {
            case USR -> 0;
            case HYP -> 2;
            default -> 1;
        };
    }

    /** The manual's suffix, as in {@code SPSR_hyp}: usr, fiq, irq, svc, mon, abt, hyp, und, sys. */
    public String suffix() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
