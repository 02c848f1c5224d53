@ Calls run() in Hyp mode with interrupts masked, then switches the machine off.
        .syntax unified
        .arch armv7ve
        .arch_extension sec
        .arch_extension virt
        .text
        .arm
        .global _start
_start:
        ldr     sp, =0x40400000
        bl      run
        ldr     r0, =0x84000008                 @ PSCI SYSTEM_OFF
        smc     #0
        b       .
