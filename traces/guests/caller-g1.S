@ A caller of generation G1: what KVM and the zImage do with the vectors, get, set, get, restore, get.
    .include "guest.inc"
    .include "landing.inc"
    .include "abi-g1.inc"

    .section .caller, "awx"
    code
    function caller
    call    1, __hyp_get_vectors, 0x60050000
    adr     r1, canaries_4
    str     r0, [r1]                     @ what call 4 restores
    call    2, __hyp_set_vectors, 0x900a0000
    call    3, __hyp_get_vectors, 0xf80f0000
    call    4, __hyp_set_vectors, 0x28030000
    call    5, __hyp_get_vectors, 0x480c0000
    mrc     p15, 0, r2, c0, c0, 0        @ MIDR and MPIDR as VPIDR and VMPIDR give them: 3.7 left those alone
    mrc     p15, 0, r3, c0, c0, 5
    b       finish
    .balign 4
canaries_1: canaries 1
canaries_2: canaries 2, new_vectors
canaries_3: canaries 3
canaries_4: canaries 4, 0
canaries_5: canaries 5
    end_function caller

    landing
