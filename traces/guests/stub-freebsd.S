@ A stub after FreeBSD's manner: the handler of G1, and zero words for the vectors that no call uses. A zero word is
@ ANDEQ r0, r0, r0, so that what comes in there falls through to the handler of the HVC, or behind it.
    .include "guest.inc"
    .include "install.inc"
    .include "abi-g1.inc"

    .equ INSTALL_ERETS,   0
    .equ INSTALL_TIMER,   1
    .equ INSTALL_CNTVOFF, 1
    .equ INSTALL_GICV3,   0
    .equ INSTALL_IDS,     1
    .equ FIELD_IS_ONE,    1

    .section .install, "ax"
    code
    stub_install __hyp_stub_vectors

    .section .stub, "ax"
    code
    .balign 32
    .globl  __hyp_stub_vectors
    .type   __hyp_stub_vectors, %function
__hyp_stub_vectors:
    .word   0, 0, 0, 0, 0
    b       __hyp_stub_do_trap           @ 0x14
    .word   0, 0
    .size   __hyp_stub_vectors, . - __hyp_stub_vectors
    hvc_handler __hyp_stub_do_trap
