@ Starts in Secure Supervisor mode and calls run() in Monitor mode; then switches the machine off by the Secure GPIO.
@ enter() runs code in another mode and world; whatever exception that ends in is recorded and leads back to Monitor mode.
        .syntax unified
        .arch armv7ve
        .arch_extension sec
        .arch_extension virt
        .text
        .arm
        .global _start, enter, record, argument, results, power_off

_start:
        mrs     r0, cpsr
        cps     #0x16
        ldr     sp, =0x40400000
        bl      run
power_off:
        ldr     r0, =0x090b0000
        mov     r1, #3
        str     r1, [r0, #0x400]
        mov     r1, #1
        str     r1, [r0, #4]
        b       .

        .macro  table name, id, to
        .balign 32
        .global \name
\name:
        .irp    slot, 0, 1, 2, 3, 4, 5, 6, 7
        b       \name\()_\slot
        .endr
        .irp    slot, 0, 1, 2, 3, 4, 5, 6, 7
\name\()_\slot:
        str     r0, saved
        mov     r0, #(\id << 4) | \slot
        b       \to
        .endr
        .endm

        table   monitor_vectors, 1, in_monitor
        table   secure_vectors, 2, in_pl1
        table   nonsecure_vectors, 3, in_pl1
        table   hyp_vectors, 4, in_hyp

@ Only the first exception counts.
        .macro  note link
        str     r1, saved + 4
        mrs     r1, cpsr
        str     r1, saved + 8
        ldr     r1, record
        cmp     r1, #0
        bne     1f
        str     r0, record
        ldr     r1, saved + 8
        str     r1, record + 4
        mrs     r1, spsr
        str     r1, record + 8
        \link
        str     r1, record + 12
1:
        .endm

in_pl1:
        note    "mov r1, lr"
        smc     #0
        b       .

in_hyp:
        note    "mrs r1, elr_hyp"
        mrc     p15, 4, r1, c5, c2, 0
        str     r1, record + 20
        smc     #0
        b       .

in_monitor:
        note    "mov r1, lr"
        mrc     p15, 0, r1, c1, c1, 0
        str     r1, record + 16
        mov     r1, #0
        mcr     p15, 0, r1, c1, c1, 0
        isb
        ldr     sp, saved + 12
        pop     {r4-r11, pc}

@ enter(SCR, CPSR, address)
enter:
        push    {r4-r11, lr}
        str     sp, saved + 12
        mov     r3, #0
        str     r3, record
        mcr     p15, 0, r0, c1, c1, 0
        isb
        msr     spsr_fsxc, r1
        mov     lr, r2
        ldr     r0, argument
        ldr     r1, argument + 4
        movs    pc, lr

saved:  .space  16
record: .space  24
argument: .space 8
results: .space 8

        .macro  code name, body
        .global \name
\name:  \body
        str     r0, results
        smc     #0
        b       .
        .endm

        code    code_smc
        code    code_svc, "svc #0x12"
        code    code_hvc, "hvc #0x34"
        code    code_udf, "udf #0"
        code    code_load, "ldr r0, [r0]"
        code    code_store, "str r1, [r0]"
        code    code_jump, "bx r0"
        code    code_read_scr, "mrc p15, 0, r0, c1, c1, 0"
        code    code_write_scr, "mcr p15, 0, r0, c1, c1, 0"
        code    code_read_sder, "mrc p15, 0, r0, c1, c1, 1"
        code    code_read_nsacr, "mrc p15, 0, r0, c1, c1, 2"
        code    code_write_nsacr, "mcr p15, 0, r0, c1, c1, 2"
        code    code_read_mvbar, "mrc p15, 0, r0, c12, c0, 1"
        code    code_read_hcr, "mrc p15, 4, r0, c1, c1, 0"
        code    code_read_isr, "mrc p15, 0, r0, c12, c1, 0"
        code    code_write_frequency, "mcr p15, 0, r0, c14, c0, 0"
        code    code_ats12, "mcr p15, 0, r0, c7, c8, 4"
        code    code_cps_monitor, "cps #0x16"
        code    code_cps_hyp, "cps #0x1a"
        code    code_msr_monitor, "msr cpsr_c, #0xd6"
        code    code_set_masks, "msr cpsr_c, r1"
        code    code_clear_masks, "cpsie aif"
        code    code_read_cpsr, "mrs r0, cpsr"
        code    code_sp_mon, "mrs r0, sp_mon"
        code    code_elr_hyp, "mrs r0, elr_hyp"
        code    code_wait, "b code_wait"
