@ A caller of generation G4z that ends by SOFT_RESTART.
    .include "guest.inc"
    .include "landing.inc"
    .include "abi-g4z.inc"

    .section .caller, "awx"
    code
    function caller
    call    1, hypercall, 0x60050000
    call    2, __hyp_set_vectors, 0x900a0000
    call    3, hypercall, 0xf80f0000
    call    4, __hyp_soft_restart, 0xa8060000
    b       finish
    .balign 4
canaries_1: canaries 1, HVC_UNKNOWN
canaries_2: canaries 2, new_vectors
canaries_3: canaries 3, 2
canaries_4: canaries 4, restarted
    end_function caller

    landing
