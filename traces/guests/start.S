@ Entry of every guest that has a stub, in Hyp as QEMU's -M virt,virtualization=on enters an ELF file: canaries into
@ the stack pointers of all modes and into the system registers that the stub sets up, the stub installed, and down
@ to SVC, in the order of the kernel's start. With FIRMWARE=1 a function "firmware" comes first.
    .include "guest.inc"

    .section .start, "ax"
    .globl  _start
    .type   _start, %function
    .arm
_start:
    .ifdef  THUMB
    adr     r12, 1f + 1
    bx      r12
    .endif
    code
1:  load    r0, 0x5b0000b1
    mov     sp, r0                       @ SP_hyp
    add     r0, r0, #0x01000000
    msr     SP_usr, r0                   @ 0x5c0000b1
    add     r0, r0, #0x01000000
    msr     SP_svc, r0                   @ 0x5d0000b1
    add     r0, r0, #0x01000000
    msr     SP_abt, r0                   @ 0x5e0000b1
    add     r0, r0, #0x01000000
    msr     SP_und, r0                   @ 0x5f0000b1
    add     r0, r0, #0x01000000
    msr     SP_irq, r0                   @ 0x600000b1
    add     r0, r0, #0x01000000
    msr     SP_fiq, r0                   @ 0x610000b1

    mov     r0, #0                       @ what the stub should set up, set otherwise
    mcr     p15, 4, r0, c14, c1, 0       @ CNTHCTL
    mcr     p15, 4, r0, c0, c0, 0        @ VPIDR
    mcr     p15, 4, r0, c0, c0, 5        @ VMPIDR
    mov     r0, #1 << 13
    mcr     p15, 4, r0, c1, c1, 0        @ HCR.TWI
    mov     r0, #1 << 31
    mcr     p15, 4, r0, c1, c1, 2        @ HCPTR.TCPAC
    mov     r0, #1 << 13
    mcr     p15, 4, r0, c1, c1, 3        @ HSTR.T13
    mrc     p15, 4, r0, c1, c1, 1
    orr     r0, r0, #1 << 9
    mcr     p15, 4, r0, c1, c1, 1        @ HDCR.TDA

    .ifdef  FIRMWARE
    bl      firmware
    .endif
    mrs     r9, CPSR                     @ the mode we were entered in
    adr     lr, canaries_0
    ldm     lr, {r0-r3}
    bl      __hyp_stub_install

@ What safe_svcmode_maskall does: from Hyp an exception return into SVC with A, I and F set, else a write of CPSR_c.
    mrs     r0, CPSR
    and     r2, r0, #MODE_MASK
    cmp     r2, #MODE_HYP
    bne     2f
    bic     r0, r0, #MODE_MASK
    orr     r0, r0, #PSR_I | PSR_F | MODE_SVC
    orr     r0, r0, #PSR_A
    .ifdef  THUMB
    orr     r0, r0, #PSR_T
    .endif
    msr     SPSR_cxsf, r0
    adr     lr, 3f
    .ifdef  THUMB
    orr     lr, lr, #T_BIT
    .endif
    msr     ELR_hyp, lr
    eret
2:  mov     r0, #PSR_I | PSR_F | MODE_SVC
    msr     CPSR_c, r0
3:  msr     SPSR_cxsf, r9                @ the zImage keeps its entry CPSR here
    b       caller
    .balign 4
canaries_0:
    .word   0xca0000fe, MACHINE_ID, DTB_ADDRESS, 0xca0003fe
    .size   _start, . - _start
