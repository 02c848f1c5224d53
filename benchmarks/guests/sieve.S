@ Byte sieve of Eratosthenes over 64 KiB, PASSES times: stores and short blocks. A32, MMU off.
@ At `done` r7 is the number of primes below 65536.
    .syntax unified
    .arch armv7-a
    .arch_extension virt
    .arch_extension sec
    .include "end.inc"
    .arm
    .text
    .globl _start
_start:
    ldr   r0, =buf
    ldr   r6, =PASSES
    mov   r8, #0
    mov   r9, #1
    .globl kernel
kernel:
    @ fill with 1, word at a time
    ldr   r1, =0x01010101
    mov   r2, #0
1:  str   r1, [r0, r2]
    add   r2, r2, #4
    cmp   r2, #65536
    bne   1b
    mov   r3, #2           @ p
2:  ldrb  r4, [r0, r3]
    cmp   r4, #0
    beq   4f
    mul   r5, r3, r3
    cmp   r5, #65536
    bhs   5f
3:  strb  r8, [r0, r5]
    add   r5, r5, r3
    cmp   r5, #65536
    blo   3b
4:  add   r3, r3, #1
    b     2b
5:  @ count primes
    mov   r7, #0
    mov   r2, #2
6:  ldrb  r4, [r0, r2]
    add   r7, r7, r4
    add   r2, r2, #1
    cmp   r2, #65536
    bne   6b
    subs  r6, r6, #1
    bne   kernel
    .globl done
done:
    ldr   r0, =result
    str   r7, [r0]
    power_off
    .ltorg
    .bss
    .balign 4096
result: .space 4096
buf:    .space 65536
