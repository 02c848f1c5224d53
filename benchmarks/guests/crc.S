@ CRC-32 (reflected, table driven) over 64 KiB, PASSES times: loads and data-dependent addresses. A32, MMU off.
@ At `done` r1 is the register of the CRC over all passes, not inverted.
    .syntax unified
    .arch armv7-a
    .arch_extension virt
    .arch_extension sec
    .include "end.inc"
    .arm
    .text
    .globl _start
_start:
    ldr   r2, =table
    @ ---- build table: 256 entries, 8 steps each
    mov   r0, #0
    ldr   r5, =0xEDB88320
1:  mov   r1, r0
    mov   r3, #8
2:  lsrs  r1, r1, #1
    eorcs r1, r1, r5
    subs  r3, r3, #1
    bne   2b
    str   r1, [r2, r0, lsl #2]
    add   r0, r0, #1
    cmp   r0, #256
    bne   1b
    @ ---- fill 64 KiB buffer
    ldr   r0, =buf
    mov   r3, #0
3:  eor   r1, r3, r3, lsr #8
    strb  r1, [r0, r3]
    add   r3, r3, #1
    cmp   r3, #65536
    bne   3b
    ldr   r6, =PASSES
    mvn   r1, #0
    .globl kernel
kernel:
    ldr   r0, =buf
    mov   r4, #65536
    .balign 16
loop:
    ldrb  r3, [r0], #1
    eor   r3, r3, r1
    and   r3, r3, #255
    ldr   r3, [r2, r3, lsl #2]
    eor   r1, r3, r1, lsr #8
    subs  r4, r4, #1
    bne   loop
    subs  r6, r6, #1
    bne   kernel
    .globl done
done:
    ldr   r0, =result
    str   r1, [r0]
    power_off
    .ltorg
    .bss
    .balign 4096
result: .space 4096
table:  .space 1024
    .balign 4096
buf:    .space 65536
