@ Firmware that has used the virtual timer and leaves CNTVOFF as it was.
    .include "guest.inc"

    .section .firmware, "ax"
    .arm
    function firmware
    load    r0, 0x12345678
    mov     r1, #0
    mcrr    p15, 4, r0, r1, c14          @ CNTVOFF
    bx      lr
    end_function firmware
