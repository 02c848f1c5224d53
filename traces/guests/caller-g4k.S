@ A caller of generation G4k: a kernel that only ever restarts (kexec), after two calls the stub must refuse.
    .include "guest.inc"
    .include "landing.inc"
    .include "abi-g4k.inc"

    .section .caller, "awx"
    code
    function caller
    call    1, hypercall, 0x60050000
    call    2, hypercall, 0x900a0000
    call    3, __hyp_soft_restart, 0xa8060000
    b       finish
    .balign 4
canaries_1: canaries 1, HVC_UNKNOWN
canaries_2: canaries 2, 0xffffffff
canaries_3: canaries 3, restarted
    end_function caller

    landing
