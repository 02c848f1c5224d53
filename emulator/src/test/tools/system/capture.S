@ Runs code from a given state until the first exception, and captures the state there.
@
@ run_code(initial) enters the state that `struct state` describes and comes back to Hyp mode with `captured` filled in.
@ Vectors of Hyp mode and of PL1 exist in A32 and in Thumb, for HSCTLR.TE and SCTLR.TE.
        .syntax unified
        .arch armv7ve
        .arch_extension sec
        .arch_extension virt

        @ struct state of exceptions.c
        .equ    R0, 0
        .equ    SP, 52
        .equ    LR, 56
        .equ    PC, 60
        .equ    CPSR, 64
        .equ    SPSR, 68
        .equ    TABLE, 72
        .equ    SLOT, 76
        .equ    BANKS, 80

        .text
        .arm
        .global _start, run_code, captured, hyp_vectors, pl1_vectors, hyp_vectors_thumb, pl1_vectors_thumb

_start:
        ldr     sp, =0x40800000
        bl      run
        ldr     r0, =0x84000008                 @ PSCI SYSTEM_OFF
        smc     #0
        b       .

run_code:
        push    {r4-r12, lr}
        ldr     r1, =c_stack
        str     sp, [r1]
        mov     lr, r0
        ldr     r0, [lr, #CPSR]
        msr     spsr_cxsf, r0
        ldr     r0, [lr, #PC]
        msr     elr_hyp, r0
        add     r1, lr, #BANKS
        ldm     r1!, {r2-r12}
        msr     sp_usr, r2
        mov     r0, r3                          @ LR_usr, last
        msr     sp_fiq, r4
        msr     lr_fiq, r5
        msr     spsr_fiq, r6
        msr     sp_irq, r7
        msr     lr_irq, r8
        msr     spsr_irq, r9
        msr     sp_svc, r10
        msr     lr_svc, r11
        msr     spsr_svc, r12
        ldm     r1!, {r2-r8}
        msr     sp_abt, r2
        msr     lr_abt, r3
        msr     spsr_abt, r4
        msr     sp_und, r5
        msr     lr_und, r6
        msr     spsr_und, r7
        mov     sp, r8
        ldr     r2, =0x55555555
        mcr     p15, 4, r2, c5, c2, 0           @ HSR
        mcr     p15, 4, r2, c6, c0, 0           @ HDFAR
        mcr     p15, 4, r2, c6, c0, 2           @ HIFAR
        mcr     p15, 4, r2, c6, c0, 4           @ HPFAR
        mcr     p15, 0, r2, c5, c0, 0           @ DFSR
        mcr     p15, 0, r2, c5, c0, 1           @ IFSR
        mcr     p15, 0, r2, c6, c0, 0           @ DFAR
        mcr     p15, 0, r2, c6, c0, 2           @ IFAR
        clrex
        mov     lr, r0
        ldm     r1!, {r0}
        push    {r0}
        mov     r0, r1
        ldm     r0, {r1-r12}
        pop     {r0}
        eret

@ One set of vectors. r0 and r1 are saved in registers that nothing else uses, so that no stack is needed.
        .macro  slots table, save_r0, save_psr, save_r1
        .set    slot, 0
        .rept   8
        b       10f + slot * SIZE
        .set    slot, slot + 1
        .endr
10:
        .set    slot, 0
        .rept   8
        \save_r0 r0
        mrs     r0, cpsr
        \save_psr r0
        setend  le
        \save_r1 r1
        movw    r0, #slot * 4
        b       \table
        .set    slot, slot + 1
        .endr
        .endm

        .macro  to_tpidrprw r
        mcr     p15, 0, \r, c13, c0, 4
        .endm
        .macro  to_tpidrurw r
        mcr     p15, 0, \r, c13, c0, 2
        .endm
        .macro  to_tpidruro r
        mcr     p15, 0, \r, c13, c0, 3
        .endm
        .macro  to_htpidr r
        mcr     p15, 4, \r, c13, c0, 2
        .endm
        .macro  to_hmair0 r
        mcr     p15, 4, \r, c10, c2, 0
        .endm
        .macro  to_hmair1 r
        mcr     p15, 4, \r, c10, c2, 1
        .endm

        .arm
        .equ    SIZE, 28
        .balign 32
hyp_vectors:
        slots   hyp_common, to_htpidr, to_hmair0, to_hmair1
        .balign 32
pl1_vectors:
        slots   pl1_common, to_tpidrprw, to_tpidrurw, to_tpidruro

        .thumb
        .purgem slots
        .macro  slots table, save_r0, save_psr, save_r1
        .set    slot, 0
        .rept   8
        b.w     10f + slot * THUMB_SIZE
        .set    slot, slot + 1
        .endr
10:
        .set    slot, 0
        .rept   8
        \save_r0 r0
        mrs     r0, cpsr
        \save_psr r0
        setend  le
        nop
        \save_r1 r1
        movw    r0, #slot * 4
        b.w     \table
        .set    slot, slot + 1
        .endr
        .endm
        .equ    THUMB_SIZE, 28
        .balign 32
hyp_vectors_thumb:
        slots   hyp_common_thumb, to_htpidr, to_hmair0, to_hmair1
        .balign 32
pl1_vectors_thumb:
        slots   pl1_common_thumb, to_tpidrprw, to_tpidrurw, to_tpidruro
        .balign 4
hyp_common_thumb:
        bx      pc
        nop
        .arm
        b       hyp_common
        .thumb
        .balign 4
pl1_common_thumb:
        bx      pc
        nop
        .arm
        b       pl1_common

@ r0: the slot. Everything else is as it was when the exception was taken, but for r1.
pl1_common:
        ldr     r1, =captured
        str     r0, [r1, #SLOT]
        mov     r0, #1
        str     r0, [r1, #TABLE]
        add     r0, r1, #8
        stm     r0, {r2-r14}
        mrc     p15, 0, r0, c13, c0, 4
        str     r0, [r1, #R0]
        mrc     p15, 0, r0, c13, c0, 3
        str     r0, [r1, #R0 + 4]
        mrc     p15, 0, r0, c13, c0, 2
        str     r0, [r1, #CPSR]
        mrs     r0, spsr
        str     r0, [r1, #SPSR]
        hvc     #0xffff

hyp_common:
        ldr     r1, =hyp_slot
        str     r0, [r1]
        mrc     p15, 4, r0, c5, c2, 0           @ HSR
        ldr     r1, =0x4a00ffff
        cmp     r0, r1
        beq     from_pl1
        ldr     r1, =hyp_slot
        ldr     r0, [r1]
        ldr     r1, =captured
        str     r0, [r1, #SLOT]
        mov     r0, #0
        str     r0, [r1, #TABLE]
        add     r0, r1, #8
        stm     r0, {r2-r14}
        mrc     p15, 4, r0, c13, c0, 2
        str     r0, [r1, #R0]
        mrc     p15, 4, r0, c10, c2, 1
        str     r0, [r1, #R0 + 4]
        mrc     p15, 4, r0, c10, c2, 0
        str     r0, [r1, #CPSR]
        mrs     r0, spsr
        str     r0, [r1, #SPSR]
        mrc     p15, 4, r0, c5, c2, 0
        b       finish
from_pl1:
        ldr     r0, =0x55555555                 @ HSR was not written by what was captured
finish:
        ldr     r1, =captured + BANKS
        mov     r2, r0
        mrs     r3, elr_hyp
        stm     r1!, {r2, r3}
        mrc     p15, 4, r2, c6, c0, 0
        mrc     p15, 4, r3, c6, c0, 2
        mrc     p15, 4, r4, c6, c0, 4
        mrc     p15, 0, r5, c5, c0, 0
        mrc     p15, 0, r6, c5, c0, 1
        mrc     p15, 0, r7, c6, c0, 0
        mrc     p15, 0, r8, c6, c0, 2
        stm     r1!, {r2-r8}
        mrs     r2, sp_usr
        mov     r3, lr
        mrs     r4, sp_fiq
        mrs     r5, lr_fiq
        mrs     r6, sp_irq
        mrs     r7, lr_irq
        mrs     r8, sp_svc
        mrs     r9, lr_svc
        mrs     r10, sp_abt
        mrs     r11, lr_abt
        stm     r1!, {r2-r11}
        mrs     r2, sp_und
        mrs     r3, lr_und
        mov     r4, sp
        mrs     r5, spsr_fiq
        mrs     r6, spsr_irq
        mrs     r7, spsr_svc
        mrs     r8, spsr_abt
        mrs     r9, spsr_und
        stm     r1!, {r2-r9}
        ldr     r1, =c_stack
        ldr     sp, [r1]
        pop     {r4-r12, pc}

        .bss
        .balign 8
captured:       .space 256
c_stack:        .space 4
hyp_slot:       .space 4
