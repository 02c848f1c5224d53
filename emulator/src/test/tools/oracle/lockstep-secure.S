@ Executes short pieces of code on QEMU in Monitor mode and the Secure modes, as lockstep.S does in the Non-secure ones. A piece
@ that starts in Monitor mode may leave for the Non-secure world. SecureState.java says what the numbers below mean.

        .syntax unified
        .arch   armv7ve
        .arch_extension virt
        .arch_extension sec
        .fpu    neon-vfpv4
        .arm
        .equ    MOST_CHANGES, 56
        .include "lockstep-common.inc"

        .equ    SECURE_TABLE, VECTORS
        .equ    HYP_VECTORS, VECTORS + 0x20
        .equ    NONSECURE_TABLE, VECTORS + 0x40
        .equ    MONITOR_TABLE, VECTORS + 0x60
        .equ    LAUNCH,    CODE - 8             @ what RFE in Monitor mode finds at LR: the trial's PC and CPSR

        .text
        .org    0x200                           @ where the vectors lead, 16 bytes for each
        .macro  entry number, where, to
        str     r0, \where
        mov     r0, #\number
        b       \to
        nop
        .endm
        .irp    number, 0, 1, 2, 3, 4, 5, 6, 7
        entry   \number, saved, taken
        .endr
        .irp    number, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23
        entry   \number, saved_below, taken_below
        .endr
        .irp    number, 24, 25, 26, 27, 28, 29, 30, 31
        entry   \number, saved, taken
        .endr

@ In the Non-secure world: what Monitor mode cannot see any more is noted, and it goes there.
taken_below:
        str     r0, saved_below + 4
        mrs     r0, cpsr
        str     r0, saved_below + 8
        smc     #0
        b       .

        .macro  note registers, vector, status
        ldr     r1, \registers
        str     r1, [r0]
        ldr     r1, \registers + 4
        str     r1, [r0, #39 * 4]
        ldr     r1, \registers + 8
        str     r1, [r0, #37 * 4]
        .endm
        .macro  clear_copies
        mcr     p15, 0, r0, c2, c0, 1           @ TTBR1
        mcr     p15, 0, r0, c10, c2, 0          @ PRRR
        mcr     p15, 0, r0, c10, c2, 1          @ NMRR
        mcr     p15, 0, r0, c13, c0, 1          @ CONTEXTIDR
        mcr     p15, 0, r0, c7, c4, 0           @ PAR
        mcr     p15, 2, r0, c0, c0, 0           @ CSSELR
        .endm
        .macro  save_copies from
        system  (\from + 0), 0, c2, c0, 1
        system  (\from + 1), 0, c10, c2, 0
        system  (\from + 2), 0, c10, c2, 1
        system  (\from + 3), 0, c13, c0, 1
        system  (\from + 4), 0, c7, c4, 0
        system  (\from + 5), 2, c0, c0, 0
        .endm
        .macro  security ns
        mov     r1, #\ns
        mcr     p15, 0, r1, c1, c1, 0           @ SCR
        isb
        .endm

@ In a Secure mode or in Monitor mode.
taken:
        str     r0, saved + 4
        mrs     r0, cpsr
        str     r0, saved + 8
        cps     #0x16
        ldr     r0, position + 8
        stmib   r0, {r1-r12}
        str     lr, [r0, #62 * 4]
        str     sp, [r0, #61 * 4]
        save    SPSR, 59
        note    saved
        ldr     r1, saved_below + 4
        cmp     r1, #0
        beq     1f
        note    saved_below
        mov     r1, #0                          @ SMC has overwritten these
        str     r1, saved_below + 4
        str     r1, [r0, #62 * 4]
        str     r1, [r0, #59 * 4]
1:      save    LR_usr, 14
        save    SP_hyp, 30
        save    ELR_hyp, 36
        save    SPSR_hyp, 63
        save_banked
        system  60, 0, c1, c1, 0                @ SCR
        security 0
        save_system
        save_copies 240
        system  252, 0, c1, c1, 1               @ SDER
        security 1
        system  52, 0, c5, c0, 0
        system  53, 0, c5, c0, 1
        system  54, 0, c6, c0, 0
        system  55, 0, c6, c0, 2
        system  56, 0, c13, c0, 2
        system  57, 0, c13, c0, 3
        system  58, 0, c13, c0, 4
        save_copies 246
        security 0
        save_extension
        finish_case
        .ltorg

        .macro  control vectors
        ldr     r0, =\vectors
        mcr     p15, 0, r0, c12, c0, 0          @ VBAR
        ldr     r0, =SHORT_TABLE
        mcr     p15, 0, r0, c2, c0, 0           @ TTBR0
        mov     r0, #0
        mcr     p15, 0, r0, c2, c0, 2           @ TTBCR
        mov     r0, #1
        mcr     p15, 0, r0, c3, c0, 0           @ DACR
        mcr     p15, 0, r0, c8, c7, 0           @ TLBIALL
        dsb
        isb
        mrc     p15, 0, r0, c1, c0, 0
        orr     r0, r0, #1
        bic     r0, r0, #2
        mcr     p15, 0, r0, c1, c0, 0           @ SCTLR: M, not A
        isb
        .endm

        .global _start
_start:
        cps     #0x16
        ldr     r0, =MONITOR_TABLE
        mcr     p15, 0, r0, c12, c0, 1          @ MVBAR
        ldr     r0, =0xc00
        mcr     p15, 0, r0, c1, c1, 2           @ NSACR
        mov     r0, #0xf00000
        mcr     p15, 0, r0, c1, c0, 2           @ CPACR
        security 1
        ldr     r0, =HYP_VECTORS
        mcr     p15, 4, r0, c12, c0, 0          @ HVBAR
        ldr     r0, =0x80803500
        mcr     p15, 4, r0, c2, c0, 2           @ HTCR
        mov     r0, #0xff
        mcr     p15, 4, r0, c10, c2, 0          @ HMAIR0
        ldr     r0, =HYP_TABLE
        mov     r1, #0
        mcrr    p15, 4, r0, r1, c2              @ HTTBR
        mrc     p15, 4, r0, c1, c0, 0
        orr     r0, r0, #1
        bic     r0, r0, #2
        mcr     p15, 4, r0, c1, c0, 0           @ HSCTLR: M, not A
        control NONSECURE_TABLE
        security 0
        control SECURE_TABLE
        ldr     r10, =CASES
        ldr     r11, [r10], #64                 @ how many
        ldr     r12, =RESULTS
        ldr     r0, =position
        stm     r0, {r10-r12}

run:
        ldr     r0, =position
        ldm     r0, {r10-r12}
        cmp     r11, #0
        beq     finished

        load_code
        load_extension
        security 1
        mov     r0, #0
        clear_faults
        mcr     p15, 0, r0, c13, c0, 2          @ TPIDRURW
        mcr     p15, 0, r0, c13, c0, 3          @ TPIDRURO
        mcr     p15, 0, r0, c13, c0, 4          @ TPIDRPRW
        clear_copies
        security 0
        clear_faults
        clear_copies
        clear_hyp_faults
        mcr     p15, 0, r0, c1, c1, 1           @ SDER
        load_thread
        load_banked
        load    LR_usr, 14
        load    SP_hyp, 30
        load    ELR_hyp, 36
        load    SPSR_hyp, 63
        cps     #0x1f
        load    SPSR_mon, 59                    @ all of it, as MSR in Monitor mode would not
        cps     #0x16
        ldr     r0, =LAUNCH
        ldr     r1, =0x52000800                 @ the same as CODE, virtual
        ldr     r2, [r10, #37 * 4]
        stm     r0, {r1, r2}
        ldr     sp, [r10, #61 * 4]
        ldr     lr, [r10, #62 * 4]
        ldr     r0, [r10, #60 * 4]
        mcr     p15, 0, r0, c1, c1, 0           @ SCR
        isb
        clrex
        ldm     r10, {r0-r12}
        rfeia   lr

finished:
        mrc     p15, 0, r0, c1, c0, 0
        bic     r0, r0, #1
        mcr     p15, 0, r0, c1, c0, 0           @ SCTLR: not M
        isb
        ldr     r0, =0x090b0000                 @ the Secure GPIO, of which line 0 switches off
        mov     r1, #3
        str     r1, [r0, #0x400]
        mov     r1, #1
        str     r1, [r0, #4]
        b       .
        .ltorg

        .org    0x1000
position:
        .word   0, 0, 0                         @ case, how many are left, result
saved:
        .word   0, 0, 0                         @ R0, vector, CPSR
saved_below:
        .word   0, 0, 0
