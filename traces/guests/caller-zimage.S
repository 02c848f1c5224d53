@ What a zImage does with the stub: follows its own move with the vectors, decompresses, and goes back to Hyp through
@ re-entry vectors and a bare HVC, to enter the kernel there. GENERATION is 1, 3 or 4. With ARGUMENTS_FIRST=1 the
@ kernel's r1 and r2 are loaded before the last SET, as up to Linux 4.13, and not in the re-entry vector: right for G1,
@ and a mistake for 4.12 and 4.13, whose wrapper destroys r1.
@
@ Builds of a series differ in what does not matter besides: BUILD is the number in a version string, PADDING that of
@ instructions by which the code is longer, SWAPPED=1 loads two registers in the other order.
    .include "guest.inc"
    .include "landing.inc"
    .if     GENERATION == 1
    .include "abi-g1.inc"
    .elseif GENERATION == 3
    .include "abi-g3.inc"
    .else
    .include "abi-g4z.inc"
    .endif

    .macro kernel_arguments
    mov     r1, r7
    mov     r2, r8
    .endm

    .macro no_arguments                  @ as many instructions, so that nothing else moves
    nop
    nop
    .endm

    .section .caller, "ax"
    code
    function caller
    adr     lr, canaries_1
    ldm     lr, {r0-r12}
    .ifdef  PADDING
    .rept   PADDING
    nop
    .endr
    .endif
    load    r4, restarted                @ the kernel
    .ifdef  SWAPPED
    load    r8, DTB_ADDRESS
    load    r7, MACHINE_ID
    .else
    load    r7, MACHINE_ID
    load    r8, DTB_ADDRESS
    .endif
    .if     GENERATION == 1
    bl      __hyp_get_vectors
    load    r1, new_vectors
    load    r2, __hyp_stub_vectors
    sub     r1, r1, r2
    add     r0, r0, r1
    .else
    load    r0, new_vectors
    .endif
    bl      __hyp_set_vectors            @ the image has moved
    .ifdef  ARGUMENTS_FIRST
    kernel_arguments
    .else
    no_arguments
    .endif
    load    r0, reentry_vectors
    bl      __hyp_set_vectors
    hvc     #0                           @ with whatever is in r0 and r1
    b       lost
    .balign 4
canaries_1: canaries 1
    .ifdef  BUILD
    .ascii  "Guest zImage, build "
    .byte   '0' + BUILD / 10, '0' + BUILD % 10, 0
    .balign 4
    .endif
    end_function caller

    landing

    .section .vectors, "ax"
    code
    vectors reentry_vectors, reenter
    function reenter
    mov     r0, #0
    .ifdef  ARGUMENTS_FIRST
    no_arguments
    .else
    kernel_arguments
    .endif
    bx      r4
    end_function reenter
