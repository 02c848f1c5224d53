@ A program for QEMU's virt machine (no EL3) that makes multi-instruction blocks with device accesses, A32 and T32.
    .syntax unified
    .arch armv7ve
    .arch_extension sec
    .text
    .arm
    .global _start
_start:
    ldr   r1, =0x09000000          @ the PL011
    mov   r0, #'H'
    mov   r2, #1
    str   r0, [r1]
    ldr   r3, [r1, #0x18]
    add   r2, r2, #1
    str   r0, [r1]
    add   r2, r2, #1
    ldr   r4, =thumb + 1
    blx   r4
    ldr   r0, =0x84000008          @ PSCI SYSTEM_OFF
    smc   #0
    b     .
    .thumb
thumb:
    movs  r5, #3
    cmp   r5, #3
    it    eq
    addeq r5, #1
    ldr.w r6, [r1, #0x18]
    add.w r5, r5, #0x100
    bx    lr
