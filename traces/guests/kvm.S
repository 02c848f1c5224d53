@ A hypervisor after the manner of KVM on ARM, and the kernel that installs it through the stub and calls it. PERIOD says
@ after which Linux:
@   313  two-phase initialisation, alignment checks in Hyp mode, every r0 is a function's address
@   314  the same, and r0 = -1 reads HVBAR
@   412  one phase, no alignment checks, r0 below 3 is a call to the stub, which KVM answers
@ Switches: REINSTALLS=1 installs it a second time though it is there; RESTARTS=1 ends by SOFT_RESTART and not by RESET;
@ KEEPS_TLB=1 does not invalidate the TLB before the Hyp MMU goes on.
@
@ The kernel's virtual addresses are the physical ones plus 0x80000000. The tables have one block of 1 GiB for them and,
@ where code has to run at its physical address with the MMU on, one that maps RAM to itself.
    .include "guest.inc"
    .include "landing.inc"
    .if     PERIOD == 412
    .include "abi-g3.inc"
    .else
    .include "abi-g1.inc"
    .endif

    .equ VIRTUAL,       0x80000000
    .equ RAM_BLOCK,     0x40000741       @ 1 GiB from 0x40000000: Normal, shareable, accessed
    .equ HSCTLR_M,      1 << 0
    .equ HSCTLR_A,      1 << 1
    .equ HSCTLR_C,      1 << 2
    .equ HSCTLR_I,      1 << 12

    .macro load_virtual register, label
    load    \register, \label
    add     \register, \register, #VIRTUAL
    .endm

    .macro install
    load    r0, initial_vectors
    bl      __hyp_set_vectors
    .if     PERIOD < 412
    mov     r0, #0
    mov     r1, #0
    load    r2, boot_pgd
    mov     r3, #0
    bl      hypercall
    .endif
    load_virtual r0, hyp_stack
    load_virtual r1, hypervisor_vectors
    load    r2, runtime_pgd
    mov     r3, #0
    bl      hypercall
    .endm

    .section .caller, "ax"
    code
    function caller
    load    sp, 0x5d0000b1
    .if     PERIOD == 412
    bl      __hyp_reset_vectors          @ whoever is there
    .else
    bl      __hyp_get_vectors            @ the default
    mov     r10, r0
    .endif
    install
    load_virtual r0, sum
    load    r1, 0x1234
    load    r2, 0x4321
    bl      hypercall
    .if     PERIOD == 412
    load    r0, initial_vectors
    bl      __hyp_set_vectors            @ refused: a hypervisor is there
    .ifdef  RESTARTS
    load    r0, restarted
    bl      __hyp_soft_restart
    .else
    bl      __hyp_reset_vectors
    .endif
    .elseif PERIOD == 314
    bl      __hyp_get_vectors
    cmp     r0, r10
    bne     finish                       @ it is there already
    .endif
    .ifdef  REINSTALLS
    install
    .endif
    b       finish
    end_function caller

    landing
    .if     PERIOD < 412
    .section .wrapper, "ax"
    code
    hypercall_wrapper
    .endif

    .section .hypervisor, "awx"
    .arm
@ At physical addresses: what turns the Hyp MMU on, and what turns it off.
    vectors initial_vectors, initialise
    function initialise
    .if     PERIOD == 412
    cmp     r0, #3
    blo     stub_call
    .else
    cmp     r0, #0
    bne     second_phase
    .endif
    mov     sp, r0
    mcrr    p15, 4, r2, r3, c2           @ HTTBR
    mov     r0, #1 << 31
    mcr     p15, 4, r0, c2, c0, 2        @ HTCR: 32 bits of address
    mov     r0, #0xff
    mcr     p15, 4, r0, c10, c2, 0       @ HMAIR0: Normal, write-back
    .ifndef KEEPS_TLB
    mcr     p15, 4, r0, c8, c7, 0        @ TLBIALLH
    .endif
    dsb
    isb
    mrc     p15, 4, r0, c1, c0, 0
    orr     r0, r0, #HSCTLR_M | HSCTLR_C
    orr     r0, r0, #HSCTLR_I
    .if     PERIOD < 412
    orr     r0, r0, #HSCTLR_A
    .endif
    mcr     p15, 4, r0, c1, c0, 0        @ HSCTLR
    isb
    .if     PERIOD == 412
    mcr     p15, 4, r1, c12, c0, 0       @ HVBAR
    .endif
    eret
    .if     PERIOD < 412
second_phase:
    mov     sp, r0
    mcr     p15, 4, r1, c12, c0, 0       @ HVBAR
    load_virtual r0, 1f
    bx      r0
1:  mcrr    p15, 4, r2, r3, c2           @ HTTBR: from here on no address of RAM is mapped to itself
    isb
    mcr     p15, 4, r0, c8, c7, 0        @ TLBIALLH
    dsb
    isb
    eret
    .endif
    end_function initialise

    .if     PERIOD == 412
    function stub_call
    cmp     r0, #HVC_SOFT_RESTART
    bne     1f
    msr     ELR_hyp, r1
    mrs     r0, CPSR
    msr     SPSR_cxsf, r0
    b       2f
1:  cmp     r0, #HVC_RESET_VECTORS
    bne     3f
2:  mrc     p15, 4, r1, c1, c0, 0
    bic     r1, r1, #HSCTLR_M | HSCTLR_A | HSCTLR_C
    bic     r1, r1, #HSCTLR_I
    mcr     p15, 4, r1, c1, c0, 0        @ HSCTLR
    isb
    load    r1, __hyp_stub_vectors
    mcr     p15, 4, r1, c12, c0, 0       @ HVBAR
    mov     r0, #0
    eret
3:  load    r0, HVC_ERROR
    eret
    end_function stub_call
    .endif

@ At virtual addresses.
    vectors hypervisor_vectors, hypervisor_hvc, hypervisor_panic
    .globl  hypervisor_hvc
    function hypervisor_hvc
    push    {r0, r1}
    mrrc    p15, 6, r0, r1, c2           @ VTTBR
    ubfx    r1, r1, #16, #8
    cmp     r1, #0
    mrceq   p15, 4, r1, c5, c2, 0        @ HSR
    lsreq   r1, r1, #26
    cmpeq   r1, #0x12
    pop     {r0, r1}
    bne     hypervisor_panic             @ a guest's, and there is none
    .if     PERIOD == 314
    cmn     r0, #1
    mrceq   p15, 4, r0, c12, c0, 0
    ereteq
    .elseif PERIOD == 412
    cmp     r0, #3
    movwlo  r12, #:lower16:stub_call
    movtlo  r12, #:upper16:stub_call
    bxlo    r12
    .endif
    push    {r4, lr}
    mrs     r4, SPSR
    mov     lr, r0
    mov     r0, r1
    mov     r1, r2
    mov     r2, r3
    blx     lr
    msr     SPSR_cxsf, r4
    pop     {r4, lr}
    eret
    end_function hypervisor_hvc

    function hypervisor_panic            @ to the kernel, which ends the run
    mrs     r1, ELR_hyp
    mov     r0, #PSR_I | PSR_F | MODE_SVC
    orr     r0, r0, #PSR_A
    msr     SPSR_cxsf, r0
    load    r0, lost
    msr     ELR_hyp, r0
    eret
    end_function hypervisor_panic

    function sum
    add     r0, r0, r1
    bx      lr
    end_function sum

    .balign 32
boot_pgd:
    .quad   0, RAM_BLOCK, 0, RAM_BLOCK
runtime_pgd:
    .if     PERIOD == 412
    .quad   0, RAM_BLOCK, 0, RAM_BLOCK
    .else
    .quad   0, 0, 0, RAM_BLOCK
    .endif
    .space  128
hyp_stack:
