@ The stub of generation G1 as Linux 4.8 to 4.11 install it; with FIRST=1 as Linux 3.7 did (G1a), with ZIMAGE=1
@ as the zImage does, which leaves the timer alone.
    .include "guest.inc"
    .include "install.inc"
    .include "abi-g1.inc"

    .ifdef  FIRST
    .equ INSTALL_ERETS,   1
    .equ INSTALL_TIMER,   1
    .equ INSTALL_CNTVOFF, 0
    .equ INSTALL_GICV3,   0
    .equ INSTALL_IDS,     0
    .equ FIELD_IS_ONE,    1
    .else
    .equ INSTALL_ERETS,   0
    .ifdef  ZIMAGE
    .equ INSTALL_TIMER,   0
    .else
    .equ INSTALL_TIMER,   1
    .endif
    .equ INSTALL_CNTVOFF, 1
    .equ INSTALL_GICV3,   1
    .equ INSTALL_IDS,     1
    .equ FIELD_IS_ONE,    1
    .endif

    .section .install, "ax"
    code
    stub_install __hyp_stub_vectors

    .section .stub, "ax"
    code
    vectors __hyp_stub_vectors, __hyp_stub_do_trap
    hvc_handler __hyp_stub_do_trap
