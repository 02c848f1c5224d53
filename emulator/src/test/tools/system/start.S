@ The frame in which single instructions are probed: Hyp mode's vectors, those of PL1, and the way into a mode and back.
@
@ probe_in(psr, argument) puts `argument` into R0 and executes the instruction at probe_word in the mode and with the masks
@ of `psr`. However that ends, it comes back to Hyp mode, with R0 in probe_result and in R0 of the return value:
@   0      the instruction was executed
@   1      the Undefined Instruction exception was taken in the mode's own level (to Und mode, or Hyp's slot 0x04)
@   other  HSR, for an exception that was taken to Hyp mode
        .syntax unified
        .arch armv7ve
        .arch_extension sec
        .arch_extension virt
        .text
        .arm
        .global _start, probe_in, probe_word, probe_result, probe_result2, probe_entry, off

_start:
        ldr     sp, =0x40400000
        ldr     r0, =hyp_vectors
        mcr     p15, 4, r0, c12, c0, 0          @ HVBAR
        ldr     r0, =pl1_vectors
        mcr     p15, 0, r0, c12, c0, 0          @ VBAR
        bl      run
off:
        ldr     r0, =0x84000008                 @ PSCI SYSTEM_OFF
        smc     #0
        b       .

        .balign 32
hyp_vectors:
        b       .
        b       hyp_undefined
        b       hyp_call
        b       hyp_fault
        b       hyp_fault
        b       hyp_trap
        b       .
        b       .

        .balign 32
pl1_vectors:
        b       .
        hvc     #1                              @ Undefined Instruction
        hvc     #2                              @ SVC, which is how User mode ends a probe
        hvc     #3
        hvc     #4
        b       .
        b       .
        b       .

probe_in:
        push    {r4-r11, lr}
        msr     spsr_cxsf, r0
        mov     r12, r0
        ldr     r2, =probe_word
        and     r3, r0, #0x1f
        cmp     r3, #0x1a
        beq     2f
        msr     elr_hyp, r2
        mov     r0, r1
        mov     r1, #0
        eret
2:      mov     r0, r1                          @ in Hyp mode itself: no change of mode
        mov     r1, #0
        ldr     r3, =3f
        str     r3, [r2, #-4]                   @ back
        bx      r2
3:      mov     r2, #0                          @ executed
        b       finish

        .section .text.probe, "ax"
        .balign 4096
back:   .word   0
probe_word:
        nop
        .word   0xe51ff004                      @ ldr pc, [pc, #-4]: after_probe
        .word   after_probe
        .balign 4096

        .text
after_probe:
        mrs     r2, cpsr
        and     r2, r2, #0x1f
        cmp     r2, #0x1a
        ldreq   r2, =back
        ldreq   pc, [r2]
        cmp     r2, #0x10
        svceq   #0
        hvc     #0

hyp_undefined:
        mov     r2, #1
        b       finish

hyp_call:
hyp_fault:
        mrc     p15, 4, r2, c5, c2, 0           @ HSR
        b       finish

hyp_trap:
        mrc     p15, 4, r2, c5, c2, 0           @ HSR
        ldr     r3, =0x4a000000                 @ HVC #0: executed
        cmp     r2, r3
        moveq   r2, #0
        beq     finish
        add     r3, r3, #2                      @ HVC #2: executed in User mode
        cmp     r2, r3
        moveq   r2, #0
        beq     finish
        sub     r3, r3, #1                      @ HVC #1: undefined
        cmp     r2, r3
        moveq   r2, #1
finish:
        ldr     r3, =probe_result
        str     r0, [r3]
        str     r1, [r3, #4]
        mov     r0, r2
        pop     {r4-r11, pc}

        .bss
        .balign 8
probe_result:   .space 4
probe_result2:  .space 4
