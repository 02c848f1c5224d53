    @ Runs the experiments of load_store_vectors.py one after the other: fills the arena, puts the code into it, loads the
    @ registers, goes there in the experiment's mode, and keeps what the exception that ends it finds. COUNT is the number
    @ of experiments, defined on the command line. An experiment is 128 bytes, as experiment() packs it; a result 256.
    .syntax unified
    .arch armv7ve
    .arch_extension sec
    .equ ARENA, 0x40100000
    .equ REFERENCE, 0x40108000
    .equ FRAME, 0x40110000
    .equ RESULTS, 0x41000000
    .arm
    .globl _start
_start:
    mrs   r0, cpsr
    bic   r0, r0, #0x1f
    orr   r0, r0, #0xd3
    msr   spsr_cxsf, r0
    adr   r1, in_svc
    msr   elr_hyp, r1
    eret
in_svc:
    ldr   r0, =vectors
    mcr   p15, 0, r0, c12, c0, 0
    mrc   p15, 0, r0, c1, c0, 0
    orr   r0, r0, #1 << 10          @ SW
    bic   r0, r0, #2                @ A
    mcr   p15, 0, r0, c1, c0, 0
    ldr   sp, =FRAME
    ldr   r0, =experiments
    ldr   r1, =RESULTS
    ldr   r2, =COUNT
    stm   sp, {r0-r2}
next:
    ldr   r4, [sp]
    @ ---- memory
    ldr   r0, =arenas
    ldr   r1, [r4, #8]
    add   r0, r0, r1, lsl #14
    ldr   r1, =ARENA
    ldr   r2, =REFERENCE
    mov   r3, #0x4000
1:  ldm   r0!, {r5-r12}
    stm   r1!, {r5-r12}
    stm   r2!, {r5-r12}
    subs  r3, r3, #32
    bne   1b
    ldr   r1, =ARENA
    ldr   r2, =REFERENCE
    ldr   r3, [r4, #4]
    add   r1, r1, r3
    add   r2, r2, r3
    ldr   r3, [r4, #12]
    add   r5, r4, #16
2:  ldrh  r6, [r5], #2
    strh  r6, [r1], #2
    strh  r6, [r2], #2
    subs  r3, r3, #2
    bne   2b
    @ ---- banked registers
    add   r0, sp, #64
    cps   #0x1b
    mov   sp, r0
    cps   #0x17
    mov   sp, r0
    cps   #0x12
    ldr   sp, [r4, #108]
    ldr   lr, [r4, #112]
    ldr   r0, [r4, #116]
    msr   spsr_cxsf, r0
    cps   #0x1f
    ldr   sp, [r4, #100]
    ldr   lr, [r4, #104]
    cps   #0x13
    ldr   r0, [r4]
    msr   spsr_cxsf, r0
    ldr   lr, =ARENA
    ldr   r0, [r4, #4]
    add   lr, lr, r0
    clrex
    add   r0, r4, #48
    ldm   r0, {r0-r12}
    movs  pc, lr

    .macro save type
    stm   sp, {r0-r14}^
    nop
    str   lr, [sp, #60]
    mrs   r0, spsr
    str   r0, [sp, #64]
    mov   r0, #\type
    str   r0, [sp, #68]
    cps   #0x13
    .endm
undefined:
    save  1
    b     collect
prefetch_abort:
    save  3
    b     collect
data_abort:
    save  4
    b     collect
supervisor_call:
    add   sp, sp, #64
    save  2
    sub   sp, sp, #64
collect:
    ldr   r0, [sp, #4]              @ the result
    add   r1, sp, #64
    mov   r2, #18
1:  ldr   r3, [r1], #4
    str   r3, [r0], #4
    subs  r2, r2, #1
    bne   1b
    cps   #0x12
    mov   r1, sp
    mov   r2, lr
    mrs   r3, spsr
    cps   #0x13
    stm   r0!, {r1-r3}
    @ ---- changed words
    mov   r7, r0                    @ where their number goes
    add   r0, r0, #4
    mov   r8, #0
    ldr   r1, =ARENA
    ldr   r2, =REFERENCE
    mov   r3, #0
2:  ldr   r5, [r1, r3]
    ldr   r6, [r2, r3]
    cmp   r5, r6
    beq   3f
    cmp   r8, #20
    bhs   3f
    stm   r0!, {r3, r5}
    add   r8, r8, #1
3:  add   r3, r3, #4
    cmp   r3, #0x4000
    bne   2b
    str   r8, [r7]
    @ ---- on to the next experiment
    ldm   sp, {r0-r2}
    add   r0, r0, #128
    add   r1, r1, #256
    subs  r2, r2, #1
    stm   sp, {r0-r2}
    bne   next
    @ ---- write the results to a file
    mov   r0, #1
    adr   r1, open
    svc   0x123456
    adr   r1, write
    str   r0, [r1]
    mov   r0, #5
    svc   0x123456
    mov   r0, #0x18
    ldr   r1, =0x20026
    svc   0x123456
    b     .
open:
    .word name, 5, 10
write:
    .word 0, RESULTS, COUNT * 256
name:
    .asciz "result.bin"
    .ltorg
    .balign 32
vectors:
    b     .
    b     undefined
    b     supervisor_call
    b     prefetch_abort
    b     data_abort
    b     .
    b     .
    b     .
    .balign 4096
arenas:
    .incbin "arenas.bin"
experiments:
    .incbin "experiments.bin"
