@ A caller of generation G2. With GET_FIRST=1 it begins with GET, else with an unknown opcode. With AS_POSTED=1 its
@ own vectors are those of the first posting.
    .include "guest.inc"
    .include "landing.inc"
    .include "abi-g2.inc"

    .section .caller, "awx"
    code
    function caller
    .ifdef  GET_FIRST
    call    1, __hyp_get_vectors, 0x60050000
    .else
    call    1, hypercall, 0x60050000
    .endif
    call    2, __hyp_reset_vectors, 0x900a0000
    call    3, __hyp_set_vectors, 0xf80f0000
    call    4, __hyp_get_vectors, 0x28030000
    call    5, hypercall, 0xc0090000
    call    6, __hyp_reset_vectors, 0x480c0000
    call    7, __hyp_soft_restart, 0xa8060000
    b       finish
    .balign 4
canaries_1: canaries 1, HVC_UNKNOWN
canaries_2: canaries 2
canaries_3: canaries 3, new_vectors
canaries_4: canaries 4
canaries_5: canaries 5, HVC_UNKNOWN + 1
canaries_6: canaries 6
canaries_7: canaries 7, restarted
    end_function caller

    landing
