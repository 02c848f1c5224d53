@ Executes short pieces of code on QEMU in any mode of the Non-secure world of a processor with the Virtualization Extensions,
@ and tells what they did: the state when the first exception is taken. Layout.java says where things lie and what the numbers
@ below mean.

        .syntax unified
        .arch   armv7ve
        .arch_extension virt
        .arch_extension sec
        .fpu    neon-vfpv4
        .arm
        .equ    MOST_CHANGES, 64
        .include "lockstep-common.inc"

        .text
        b       taken                           @ where the vectors lead
        .global _start
_start:
        ldr     r0, =VECTORS + 0x20
        mcr     p15, 4, r0, c12, c0, 0          @ HVBAR
        ldr     r0, =VECTORS
        mcr     p15, 0, r0, c12, c0, 0          @ VBAR
        mov     r0, #0xf00000
        mcr     p15, 0, r0, c1, c0, 2           @ CPACR
        ldr     r0, =SHORT_TABLE
        mcr     p15, 0, r0, c2, c0, 0           @ TTBR0
        mov     r0, #0
        mcr     p15, 0, r0, c2, c0, 2           @ TTBCR
        mov     r0, #1
        mcr     p15, 0, r0, c3, c0, 0           @ DACR
        mrc     p15, 0, r0, c1, c0, 0
        orr     r0, r0, #1
        bic     r0, r0, #2
        mcr     p15, 0, r0, c1, c0, 0           @ SCTLR: M, not A
        ldr     r0, =0x80803500
        mcr     p15, 4, r0, c2, c0, 2           @ HTCR
        mov     r0, #0xff
        mcr     p15, 4, r0, c10, c2, 0          @ HMAIR0
        ldr     r0, =HYP_TABLE
        mov     r1, #0
        mcrr    p15, 4, r0, r1, c2              @ HTTBR
        mcr     p15, 4, r0, c8, c7, 0           @ TLBIALLH
        mcr     p15, 4, r0, c8, c7, 4           @ TLBIALLNSNH
        dsb
        isb
        mrc     p15, 4, r0, c1, c0, 0
        orr     r0, r0, #1
        bic     r0, r0, #2
        mcr     p15, 4, r0, c1, c0, 0           @ HSCTLR: M, not A
        isb
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
        mov     r0, #0
        clear_faults
        clear_hyp_faults
        load_thread

        load_banked
        load    ELR_hyp, 36
        load    SPSR_cxsf, 37
        ldr     sp, [r10, #30 * 4]
        ldr     lr, [r10, #14 * 4]
        clrex
        ldm     r10, {r0-r12}
        eret

@ HTPIDR holds R0, PAR the vector.
taken:
        ldr     r0, =position
        ldr     r0, [r0, #8]
        add     r0, r0, #4
        stm     r0, {r1-r12}
        sub     r0, r0, #4
        str     lr, [r0, #14 * 4]
        str     sp, [r0, #30 * 4]
        system  0, 4, c13, c0, 2
        system  39, 0, c7, c4, 0
        save_banked
        save    ELR_hyp, 36
        save    SPSR, 37
        save_system
        save_extension
        finish_case

finished:
        ldr     r0, =0x84000008                 @ PSCI SYSTEM_OFF
        smc     #0
        b       .
        .ltorg

        .section .data, "aw"
        .balign 4096
position:
        .word   0, 0, 0                         @ case, how many are left, result

        .section .vectors, "ax"
        .macro  slot number
        hvc     #\number
        .endm
        .irp    number, 0, 1, 2, 3, 4, 5, 6, 7
        slot    \number
        .endr
        .irp    number, 0, 1, 2, 3, 4, 5, 6, 7
        b       hyp\number
        .endr
        .irp    number, 0, 1, 2, 3, 4, 5, 6, 7
hyp\number:
        mcr     p15, 4, r0, c13, c0, 2          @ HTPIDR
        mov     r0, #\number
        b       common
        .endr
common:
        mcr     p15, 0, r0, c7, c4, 0           @ PAR
        ldr     pc, =0x40100000                 @ Layout.java writes the same instructions into the emulator's memory
        .ltorg
