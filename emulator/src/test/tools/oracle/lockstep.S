@ Executes short pieces of code on QEMU in any mode of a processor with the Virtualization Extensions, and tells what they
@ did: the state when the first exception is taken. Layout.java says where things lie and what the numbers below mean.

        .syntax unified
        .arch   armv7ve
        .arch_extension virt
        .arch_extension sec
        .fpu    neon-vfpv4
        .arm
        .equ    VECTORS,   0x50000000           @ virtual
        .equ    CODE,      0x40201800           @ where the code is, physical
        .equ    DATA,      0x40202000           @ the memory of the case, physical
        .equ    PRISTINE,  0x40220000           @ what it holds before
        .equ    DATA_SIZE, 0x2000
        .equ    SHORT_TABLE, 0x40210000
        .equ    HYP_TABLE, 0x40215000
        .equ    CASES,     0x41000000
        .equ    RESULTS,   0x46000000
        .equ    CASE_SIZE, 128 * 4
        .equ    RESULT_SIZE, 256 * 4
        .equ    MOST_CHANGES, 64

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

        add     r0, r10, #40 * 4                @ the code
        ldr     r1, =CODE
        ldm     r0!, {r2-r9}
        stm     r1!, {r2-r9}
        ldm     r0!, {r2-r9}
        stm     r1!, {r2-r9}
        mov     r1, #0x40000000
        vmsr    fpexc, r1
        ldr     r1, [r10, #38 * 4]
        vmsr    fpscr, r1
        add     r0, r10, #64 * 4
        vldmia  r0!, {d0-d15}
        vldmia  r0!, {d16-d31}
        mov     r0, #0
        mcr     p15, 0, r0, c5, c0, 0           @ DFSR
        mcr     p15, 0, r0, c5, c0, 1           @ IFSR
        mcr     p15, 0, r0, c6, c0, 0           @ DFAR
        mcr     p15, 0, r0, c6, c0, 2           @ IFAR
        mcr     p15, 4, r0, c6, c0, 0           @ HDFAR
        mcr     p15, 4, r0, c6, c0, 2           @ HIFAR
        mcr     p15, 4, r0, c5, c2, 0           @ HSR
        ldr     r0, [r10, #56 * 4]
        mcr     p15, 0, r0, c13, c0, 2          @ TPIDRURW
        ldr     r0, [r10, #57 * 4]
        mcr     p15, 0, r0, c13, c0, 3          @ TPIDRURO
        ldr     r0, [r10, #58 * 4]
        mcr     p15, 0, r0, c13, c0, 4          @ TPIDRPRW

        .macro  load register, index
        ldr     r0, [r10, #\index * 4]
        msr     \register, r0
        .endm
        load    SP_usr, 13
        load    R8_fiq, 15
        load    R9_fiq, 16
        load    R10_fiq, 17
        load    R11_fiq, 18
        load    R12_fiq, 19
        load    SP_fiq, 20
        load    LR_fiq, 21
        load    SP_svc, 22
        load    LR_svc, 23
        load    SP_abt, 24
        load    LR_abt, 25
        load    SP_und, 26
        load    LR_und, 27
        load    SP_irq, 28
        load    LR_irq, 29
        load    SPSR_fiq, 31
        load    SPSR_svc, 32
        load    SPSR_abt, 33
        load    SPSR_und, 34
        load    SPSR_irq, 35
        load    ELR_hyp, 36
        load    SPSR_cxsf, 37
        ldr     sp, [r10, #30 * 4]
        ldr     lr, [r10, #14 * 4]
        clrex
        ldm     r10, {r0-r12}
        eret

        .macro  save register, index
        mrs     r1, \register
        str     r1, [r0, #\index * 4]
        .endm
        .macro  system index, opc1, crn, crm, opc2
        mrc     p15, \opc1, r1, \crn, \crm, \opc2
        str     r1, [r0, #\index * 4]
        .endm

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
        save    SP_usr, 13
        save    R8_fiq, 15
        save    R9_fiq, 16
        save    R10_fiq, 17
        save    R11_fiq, 18
        save    R12_fiq, 19
        save    SP_fiq, 20
        save    LR_fiq, 21
        save    SP_svc, 22
        save    LR_svc, 23
        save    SP_abt, 24
        save    LR_abt, 25
        save    SP_und, 26
        save    LR_und, 27
        save    SP_irq, 28
        save    LR_irq, 29
        save    SPSR_fiq, 31
        save    SPSR_svc, 32
        save    SPSR_abt, 33
        save    SPSR_und, 34
        save    SPSR_irq, 35
        save    ELR_hyp, 36
        save    SPSR, 37
        system  40, 4, c5, c2, 0
        system  41, 0, c5, c0, 0
        system  42, 0, c5, c0, 1
        system  43, 0, c6, c0, 0
        system  44, 0, c6, c0, 2
        system  45, 4, c6, c0, 0
        system  46, 4, c6, c0, 2
        system  47, 0, c13, c0, 2
        system  48, 0, c13, c0, 3
        system  49, 0, c13, c0, 4
        vmrs    r1, fpexc
        str     r1, [r0, #50 * 4]
        mov     r1, #0x40000000
        vmsr    fpexc, r1
        vmrs    r1, fpscr
        str     r1, [r0, #38 * 4]
        add     r1, r0, #64 * 4
        vstmia  r1!, {d0-d15}
        vstmia  r1!, {d16-d31}

        @ What of the memory has changed, and its restoration
        mov     r11, #0                         @ changes
        mov     r12, r1                         @ where to note the next one
        ldr     sp, =DATA
        ldr     r10, =PRISTINE
        ldr     lr, =DATA + DATA_SIZE
1:      ldm     sp!, {r1-r4}
        ldm     r10!, {r5-r8}
        eor     r1, r1, r5
        eor     r2, r2, r6
        eor     r3, r3, r7
        eor     r4, r4, r8
        orr     r1, r1, r2
        orr     r3, r3, r4
        orrs    r1, r1, r3
        bne     3f
2:      cmp     sp, lr
        bne     1b
        str     r11, [r0, #51 * 4]
        ldr     r0, =position
        ldm     r0, {r10-r12}
        add     r10, r10, #CASE_SIZE
        sub     r11, r11, #1
        add     r12, r12, #RESULT_SIZE
        stm     r0, {r10-r12}
        b       run

3:      sub     sp, sp, #16
        sub     r10, r10, #16
        mov     r9, #4
4:      ldr     r1, [sp]
        ldr     r2, [r10], #4
        cmp     r1, r2
        beq     5f
        cmp     r11, #MOST_CHANGES
        sublt   r3, sp, #DATA & 0xff000000
        strlt   r3, [r12], #4
        strlt   r1, [r12], #4
        add     r11, r11, #1
        str     r2, [sp]
5:      add     sp, sp, #4
        subs    r9, r9, #1
        bne     4b
        b       2b

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
