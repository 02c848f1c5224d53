@ A zImage that enters a kernel, and what the kernel does: its own stub, CNTVOFF, down to SVC, one call. Before 3.10 it
@ left CNTVOFF as it found it: KEEPS_CNTVOFF=1. The zImage never touches it.
    .include "guest.inc"
    .include "landing.inc"
    .include "abi-g1.inc"

    .section .caller, "ax"
    code
    function caller
    load    r4, kernel
    load    r7, MACHINE_ID
    load    r8, DTB_ADDRESS
    load    r0, reentry_vectors
    bl      __hyp_set_vectors
    hvc     #0                           @ with whatever is in r0 and r1
    b       lost
    end_function caller

    function kernel                      @ in Hyp
    mrs     r9, CPSR
    bl      __hyp_stub_install
    .ifndef KEEPS_CNTVOFF
    mov     r6, #0
    mcrr    p15, 4, r6, r6, c14          @ CNTVOFF
    .endif
    bic     r0, r9, #MODE_MASK
    orr     r0, r0, #PSR_F | PSR_I | MODE_SVC
    orr     r0, r0, #PSR_A
    msr     SPSR_cxsf, r0
    adr     lr, 1f
    msr     ELR_hyp, lr
    eret
1:  bl      __hyp_get_vectors
    b       finish
    end_function kernel

    landing

    .section .vectors, "ax"
    code
    vectors reentry_vectors, reenter
    function reenter
    mov     r0, #0
    mov     r1, r7
    mov     r2, r8
    bx      r4
    end_function reenter
