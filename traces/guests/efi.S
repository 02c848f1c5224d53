@ Hypercalls made in Hyp itself, which enter the vectors at 0x08: one that returns to Hyp, and the last HVC of a zImage
@ that EFI firmware has entered in Hyp with the caches on (Linux 5.9 on). No stub: HVBAR is written directly. With THUMB=1
@ WITHOUT_TE=1 the firmware's HSCTLR.TE is left alone, so that Thumb vectors are entered in A32 state: the run ends there.
    .include "guest.inc"
    .include "landing.inc"
    .include "abi-g4z.inc"

    .section .start, "ax"
    .globl  _start
    .type   _start, %function
    code
_start:
    load    r0, 0x5b0000b1
    mov     sp, r0
    load    r0, hyp_vectors
    mcr     p15, 4, r0, c12, c0, 0       @ HVBAR
    mrc     p15, 4, r0, c1, c0, 0
    orr     r0, r0, #1 << 12
    orr     r0, r0, #1 << 2
    .ifdef  THUMB
    .ifndef WITHOUT_TE
    orr     r0, r0, #1 << 30
    .endif
    .endif
    mcr     p15, 4, r0, c1, c0, 0        @ HSCTLR.I, C and TE
    b       caller
    .size   _start, . - _start

    .section .stub, "ax"
    code
    vectors hyp_vectors, lost, lost, returning
    function returning
    mrs     r3, ELR_hyp
    mrs     r4, SPSR
    eret
    end_function returning
    .ifdef  WITHOUT_TE
    .arm                                 @ as A32 the code above is instructions whose conditions do not hold
    .balign 4
    load    r0, PSCI_SYSTEM_OFF
    smc     #0
    code
    .endif

    .section .caller, "ax"
    code
    function caller
    adr     lr, canaries_1
    ldm     lr, {r0-r12}
    load    lr, 0x900a0000
    msr     CPSR_fs, lr
    hvc     #0x1234
    adr     lr, canaries_2
    ldm     lr, {r0-r12}
    load    r4, restarted                @ the kernel
    load    r7, MACHINE_ID
    load    r8, DTB_ADDRESS
    load    r0, reentry_vectors
    mcr     p15, 4, r0, c12, c0, 0       @ HVBAR
    isb
    bl      __hyp_set_vectors            @ does not return: these vectors are in force already
    b       lost
    .balign 4
canaries_1: canaries 1
canaries_2: canaries 2
    end_function caller

    landing

    .section .vectors, "ax"
    code
    vectors reentry_vectors, lost, lost, reenter
    function reenter
    mrc     p15, 4, r0, c1, c0, 0        @ HSCTLR: M and C off
    bic     r0, r0, #0x5
    mcr     p15, 4, r0, c1, c0, 0
    isb
    mov     r0, #0
    mov     r1, r7
    mov     r2, r8
    bx      r4
    end_function reenter
