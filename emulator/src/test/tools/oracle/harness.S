@ Executes single instructions on QEMU and tells what they did.
@
@ The cases lie at CASES: a word with their number, and from CASES + 64 on 136 words each:
@     r0 to r14, CPSR, 4 words of code, 48 words of memory, D0 to D31, FPSCR
@ For each, the code is copied to SLOT and the memory to DATA, and execution goes to SLOT in the case's mode (User or System)
@ until an exception is taken: what follows the instruction in question is UDF, and what it may branch to is UDF or not
@ executable.
@ The results go to RESULTS, 136 words each:
@     r0 to r14, LR of the exception, SPSR of the exception, its vector (1 UNDEFINED, 2 SVC, 3 prefetch abort, 4 data abort),
@     DFSR or IFSR, DFAR or IFAR, 48 words of memory, D0 to D31, FPSCR
@ and at the end to the file results.bin, through semihosting.
@
@ Memory is mapped one to one, in sections: the harness and SLOT are executable, and all of it may be read and written.

        .arch   armv7-a
        .fpu    neon-vfpv4
        .arm
        .equ    CASES,   0x41000000
        .equ    RESULTS, 0x48000000
        .equ    SLOT,    0x50000100
        .equ    DATA,    0x51000100
        .equ    SIZE,    136 * 4

        .text
        .global _start
_start:
        b       start

        .balign 32
vectors:
        b       .                       @ reset
        b       undefined
        b       supervisor
        b       prefetch_abort
        b       data_abort
        b       .
        b       .
        b       .

@ SP of the mode of the exception points to the result.
        .macro  finish vector, status, address
        stmia   sp, {r0-r14}^
        nop
        str     lr, [sp, #60]
        mrs     r0, spsr
        str     r0, [sp, #64]
        mov     r0, #\vector
        str     r0, [sp, #68]
        mrc     p15, 0, r0, c5, c0, \status
        str     r0, [sp, #72]
        mrc     p15, 0, r0, c6, c0, \address
        str     r0, [sp, #76]
        mov     r4, sp
        cpsid   if, #0x13
        b       next
        .endm

undefined:
        finish  1, 0, 0
supervisor:
        finish  2, 0, 0
prefetch_abort:
        finish  3, 1, 2
data_abort:
        finish  4, 0, 0

start:
        ldr     r0, =vectors
        mcr     p15, 0, r0, c12, c0, 0  @ VBAR
        bl      enable_mmu
        mov     r0, #0xf00000
        mcr     p15, 0, r0, c1, c0, 2   @ CPACR
        isb
        mov     r0, #0x40000000
        vmsr    fpexc, r0
        bl      fill
        ldr     r10, =CASES
        ldr     r11, [r10], #64         @ r11: how many are left
        ldr     r0, =position
        ldr     r1, =RESULTS
        stm     r0, {r1, r10, r11}      @ result, case, count
        b       run

@ Takes the memory over into the result at r4, and goes on to the next case.
next:
        clrex
        add     r0, r4, #80
        ldr     r1, =DATA
        mov     r2, #48
1:      ldr     r3, [r1], #4
        str     r3, [r0], #4
        subs    r2, r2, #1
        bne     1b
        vstmia  r0!, {d0-d15}
        vstmia  r0!, {d16-d31}
        vmrs    r3, fpscr
        str     r3, [r0]
        ldr     r0, =position
        ldm     r0, {r1, r10, r11}
        add     r1, r1, #SIZE
        add     r10, r10, #SIZE
        sub     r11, r11, #1
        stm     r0, {r1, r10, r11}

run:
        cmp     r11, #0
        beq     finished
        cps     #0x1b
        mov     sp, r1
        cps     #0x17
        mov     sp, r1
        cps     #0x13
        mov     sp, r1

        add     r0, r10, #64            @ the code
        ldr     r1, =SLOT
        ldm     r0!, {r2-r5}
        stm     r1, {r2-r5}
        ldr     r1, =DATA
        mov     r2, #48
1:      ldr     r3, [r0], #4
        str     r3, [r1], #4
        subs    r2, r2, #1
        bne     1b
        vldmia  r0!, {d0-d15}
        vldmia  r0!, {d16-d31}
        ldr     r3, [r0]
        vmsr    fpscr, r3

        ldr     r0, [r10, #60]
        msr     spsr_fsxc, r0
        ldr     lr, =SLOT
        mov     sp, r10
        dsb
        isb
        ldmia   sp, {r0-r14}^
        nop
        ldr     sp, =position
        ldr     sp, [sp]
        movs    pc, lr

finished:
        ldr     r4, =RESULTS
        ldr     r5, =position
        ldr     r5, [r5]
        sub     r5, r5, r4              @ bytes of results
        mov     r0, #1                  @ SYS_OPEN
        adr     r1, open
        svc     #0x123456
        adr     r1, write
        str     r0, [r1]
        str     r4, [r1, #4]
        str     r5, [r1, #8]
        mov     r0, #5                  @ SYS_WRITE
        svc     #0x123456
        adr     r1, write
        mov     r0, #2                  @ SYS_CLOSE
        svc     #0x123456
        mov     r0, #0x18               @ SYS_EXIT
        ldr     r1, =0x20026            @ ADP_Stopped_ApplicationExit
        svc     #0x123456
        b       .

        .balign 4
position:
        .word   0, 0, 0
open:
        .word   name, 5, 11             @ "wb"
write:
        .word   0, 0, 0
name:
        .asciz  "results.bin"
        .balign 4
        .ltorg

@ Sections one to one for 0x40000000 to 0x5fffffff; only the harness and SLOT may be executed.
enable_mmu:
        ldr     r0, =table
        ldr     r1, =0x40000c12         @ section, read and write for all, not executable
        mov     r2, #512
        add     r3, r0, #0x400 * 4
1:      str     r1, [r3], #4
        add     r1, r1, #0x100000
        subs    r2, r2, #1
        bne     1b
        ldr     r1, =0x40100c02
        ldr     r2, =0x401 * 4
        str     r1, [r0, r2]
        ldr     r1, =0x50000c02
        ldr     r2, =0x500 * 4
        str     r1, [r0, r2]
        mcr     p15, 0, r0, c2, c0, 0   @ TTBR0
        mov     r0, #0
        mcr     p15, 0, r0, c2, c0, 2   @ TTBCR
        mov     r0, #1
        mcr     p15, 0, r0, c3, c0, 0   @ DACR
        mcr     p15, 0, r0, c8, c7, 0   @ TLBIALL
        dsb
        isb
        mrc     p15, 0, r0, c1, c0, 0
        orr     r0, r0, #1
        bic     r0, r0, #2
        mcr     p15, 0, r0, c1, c0, 0   @ SCTLR.M, not A
        isb
        bx      lr
        .ltorg

@ Fills the section of SLOT with UDF: a word that is UDF in A32, and in T32 UDF and a branch back to it.
fill:
        ldr     r0, =0x50000000
        ldr     r1, =0xe7fddef0
        ldr     r2, =0x100000 / 4
1:      str     r1, [r0], #4
        subs    r2, r2, #1
        bne     1b
        bx      lr
        .ltorg

        .balign 0x4000
table:
        .space  0x4000
