@ A hypervisor after Jailhouse's manner, and the kernel module that installs it: bootstrap vectors through the stub, a
@ bare HVC that they answer by going on in Hyp mode, and hypercalls by hvc #0x4a48 once its own vectors are in place.
@ OLD=1: it speaks the stub's ABI of Linux up to 4.11.
    .include "guest.inc"
    .include "landing.inc"
    .ifdef  OLD
    .include "abi-g1.inc"
    .else
    .include "abi-g3.inc"
    .endif

    .equ CALL,          0x4a48
    .equ GET_INFO,      5
    .equ PUTC,          8
    .equ NO_FUNCTION,   0x80
    .equ ENOSYS,        38

    .macro cell_call function, one=0, two=0
    load    r0, \function
    load    r1, \one
    load    r2, \two
    hvc     #CALL
    .endm

    .section .caller, "ax"
    code
    function caller
    load    r0, bootstrap_vectors
    .ifdef  OLD
    mov     r1, #0
    hvc     #0                           @ r0 is the address
    .else
    bl      __hyp_set_vectors
    .endif
    load    r0, in_hyp
    load    r1, stack
    hvc     #0
    b       lost                         @ nobody took us to Hyp mode
in_hyp:
    load    r0, jailhouse_vectors
    mcr     p15, 4, r0, c12, c0, 0       @ HVBAR
    isb
    mov     r0, #PSR_I | PSR_F | MODE_SVC
    orr     r0, r0, #PSR_A
    msr     SPSR_cxsf, r0
    adr     r0, cell
    msr     ELR_hyp, r0
    eret
cell:
    cell_call GET_INFO, 0
    cell_call GET_INFO, 1
    cell_call PUTC, 'j'
    cell_call NO_FUNCTION, 1, 2
    b       finish
    end_function caller

    landing

    .section .hypervisor, "awx"
    .arm
    vectors bootstrap_vectors, bootstrap
    function bootstrap
    mov     lr, r0
    mov     sp, r1
    bx      lr
    end_function bootstrap

    vectors jailhouse_vectors, jailhouse_hvc
    function jailhouse_hvc
    mrc     p15, 4, r3, c5, c2, 0        @ HSR
    push    {r4}
    load    r4, (0x12 << 26) | (1 << 25) | CALL
    cmp     r3, r4
    pop     {r4}
1:  bne     1b                           @ any other trap stops the cell
    cmp     r0, #GET_INFO
    beq     2f
    cmp     r0, #PUTC
    moveq   r0, #0
    mvnne   r0, #ENOSYS - 1
    eret
2:  cmp     r1, #4
    ldrlo   r3, =information
    ldrlo   r0, [r3, r1, lsl #2]
    mvnhs   r0, #21                      @ -EINVAL
    eret
    .ltorg
    end_function jailhouse_hvc
information:
    .word   0x40, 12, 0x100, 34
    .balign 8
    .space  64
stack:
