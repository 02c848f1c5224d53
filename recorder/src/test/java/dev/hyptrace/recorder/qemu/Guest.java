package dev.hyptrace.recorder.qemu;

import dev.hyptrace.recorder.live.Assembler;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A guest of a few instructions for QEMU's virt machine: entered in HYP, it sets HVBAR, drops to SVC and runs the text it is
 * given; another text is its HVC handler. Each part has one address.
 *
 * @param set {@code .arm} or {@code .thumb}: of everything after the first dozen instructions
 * @param svc what runs in SVC; the end of it powers off
 * @param handler what slots 0x14 and 0x08 lead to
 */
record Guest(String set, String svc, String handler) {
    /** Where HVBAR points to first. */
    static final int VECTORS = Assembler.BASE + 0x200;
    /** A second table, whose handler sets r0 to 0x55 and returns. */
    static final int OTHER_VECTORS = Assembler.BASE + 0x240;
    /** Where the text that runs in SVC begins. */
    static final int SVC = Assembler.BASE + 0x100;
    /** Where the handler begins. */
    static final int HANDLER = Assembler.BASE + 0x280;

    static final int SP_HYP = 0x4008_0000;
    static final int SP_SVC = 0x4007_0000;
    static final int LR_USR = 0x1111_1111;
    static final int LR_SVC = 0x2222_2222;

    private static final String SOURCE = """
            .equ thumb, %d
            .global _start
            .arm
            _start:
                ldr sp, =0x40080000
                ldr r0, =vectors
                mcr p15, 4, r0, c12, c0, 0
                mov r0, #thumb << 30
                mcr p15, 4, r0, c1, c0, 0
                mov r1, #0xd3 + (thumb << 5)
                msr spsr_cxsf, r1
                ldr r0, =svc
                msr elr_hyp, r0
                ldr lr, =0x11111111
                eret
                .ltorg
            %s
            .org 0x100
            svc:
                %s
                ldr r0, =0x84000008
                smc #0
                .ltorg
            .macro table to
                .rept 2
                b.w .
                .endr
                b.w \\to
                .rept 2
                b.w .
                .endr
                b.w \\to
                b.w .
                b.w .
            .endm
            .org 0x200
            vectors: table handler
            .org 0x240
            other_vectors: table other
            .org 0x280
            handler:
                %s
                .ltorg
            .org 0x380
            other:
                mov r0, #0x55
                eret
            """;

    /** Assembles it. */
    Path build(Path folder) throws IOException {
        boolean thumb = set.equals(".thumb");
        String source = SOURCE.formatted(thumb ? 1 : 0, set, svc, handler);
        return Assembler.guest(folder, thumb ? source : source.replace("b.w", "b"));
    }

    /** Three hypercalls from two places; the first moves HVBAR to the second table. */
    static Guest threeCalls(String set) {
        return new Guest(set, """
                ldr sp, =0x40070000
                ldr lr, =0x22222222
                movs r4, #2
                again:
                movs r0, r4
                b call
                .org 0x140
                call: hvc #0x1234
                subs r4, r4, #1
                bne again
                b last
                .org 0x180
                last: hvc #7
                """, """
                adds r0, r0, #1
                ldr r2, =other_vectors
                mcr p15, 4, r2, c12, c0, 0
                eret
                """);
    }

    /** One hypercall at {@code SVC + 0x40}, r0 before it being 1. */
    static Guest oneCall(String set, String handler) {
        return new Guest(set, """
                ldr sp, =0x40070000
                ldr lr, =0x22222222
                movs r0, #1
                b call
                .org 0x140
                call: hvc #0
                mov r5, #6
                mov r6, #7
                """, handler);
    }
}
