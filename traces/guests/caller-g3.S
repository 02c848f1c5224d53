@ A caller of generation G3. With MISSING=1 it leaves out call 4, with EXTRA=1 it makes call 5, which the good one
@ does not make.
    .include "guest.inc"
    .include "landing.inc"
    .include "abi-g3.inc"

    .ifdef  MISSING
    .equ CALL_4, 0
    .else
    .equ CALL_4, 1
    .endif
    .ifdef  EXTRA
    .equ CALL_5, 1
    .else
    .equ CALL_5, 0
    .endif

    .section .caller, "awx"
    code
    function caller
    call    1, __hyp_reset_vectors, 0x60050000
    call    2, hypercall, 0x900a0000
    call    3, __hyp_set_vectors, 0xf80f0000
    call    4, hypercall, 0x28030000, CALL_4
    call    5, hypercall, 0xc0090000, CALL_5
    call    6, __hyp_reset_vectors, 0x480c0000
    call    7, __hyp_soft_restart, 0xa8060000
    b       finish
    .balign 4
canaries_1: canaries 1
canaries_2: canaries 2, HVC_UNKNOWN
canaries_3: canaries 3, new_vectors
canaries_4: canaries 4, HVC_UNKNOWN + 1
canaries_5: canaries 5, HVC_UNKNOWN + 2
canaries_6: canaries 6
canaries_7: canaries 7, restarted
    end_function caller

    landing
