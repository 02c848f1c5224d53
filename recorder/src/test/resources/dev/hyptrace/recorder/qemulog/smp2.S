 .syntax unified
 .arch armv7ve
 .arch_extension sec
 .arch_extension virt
 .text
 .global _start
_start:
 ldr r0,=0x84000003
 mov r1,#1
 ldr r2,=second
 mov r3,#0
 smc #0
 mov r4,#0
1: add r4,r4,#1
 ldr r6,=20000
 cmp r4,r6
 blt 1b
 ldr r0,=0x84000008
 smc #0
second:
 mov r5,#0
2: add r5,r5,#1
 b 2b
