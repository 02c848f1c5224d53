@ The stub of generation G2.
    .include "guest.inc"
    .include "install.inc"
    .include "abi-g2.inc"

    .equ INSTALL_ERETS,   0
    .equ INSTALL_TIMER,   1
    .equ INSTALL_CNTVOFF, 1
    .equ INSTALL_GICV3,   1
    .equ INSTALL_IDS,     1
    .equ FIELD_IS_ONE,    1

    .section .install, "ax"
    code
    stub_install __hyp_stub_vectors

    .section .stub, "ax"
    code
    vectors __hyp_stub_vectors, __hyp_stub_do_trap
    hvc_handler __hyp_stub_do_trap
