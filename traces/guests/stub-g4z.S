@ The stub of generation G4z, the zImage's from Linux 5.7 on: it leaves the timer alone.
    .include "guest.inc"
    .include "install.inc"
    .include "abi-g4z.inc"

    .equ INSTALL_ERETS,   0
    .equ INSTALL_TIMER,   0
    .equ INSTALL_CNTVOFF, 0
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
