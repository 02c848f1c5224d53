@ The stub of generation G4k, the kernel's own from Linux 5.7 on.
    .include "guest.inc"
    .include "install.inc"
    .include "abi-g4k.inc"

    .equ INSTALL_ERETS,   0
    .equ INSTALL_TIMER,   1
    .equ INSTALL_CNTVOFF, 1
    .equ INSTALL_GICV3,   1
    .equ INSTALL_IDS,     1
    .equ FIELD_IS_ONE,    0

    .section .install, "ax"
    code
    stub_install __hyp_stub_vectors

    .section .stub, "ax"
    code
    vectors __hyp_stub_vectors, __hyp_stub_do_trap
    hvc_handler __hyp_stub_do_trap
