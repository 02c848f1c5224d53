@ Firmware that uses the Hyp MMU and turns it off before it enters the kernel, with its translations still in the TLB:
@ the kernel's virtual addresses, from 0xc0000000 on, are the flash at 0 to it.
    .include "guest.inc"

    .section .firmware, "ax"
    .arm
    function firmware
    load    r0, firmware_pgd
    mov     r1, #0
    mcrr    p15, 4, r0, r1, c2           @ HTTBR
    mov     r0, #1 << 31
    mcr     p15, 4, r0, c2, c0, 2        @ HTCR
    mov     r0, #0xff
    mcr     p15, 4, r0, c10, c2, 0       @ HMAIR0
    mcr     p15, 4, r0, c8, c7, 0        @ TLBIALLH
    dsb
    isb
    mrc     p15, 4, r2, c1, c0, 0
    orr     r0, r2, #1
    mcr     p15, 4, r0, c1, c0, 0        @ HSCTLR.M
    isb
    load    r1, hypervisor_hvc
    add     r1, r1, #0x80000000
    ldr     r1, [r1]
    mcr     p15, 4, r2, c1, c0, 0
    isb
    bx      lr
    .balign 32
firmware_pgd:
    .quad   0, 0x40000741, 0, 0x00000741
    end_function firmware
