package dev.hyptrace.emulator.use;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.decode.InstructionSet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What single instructions use, by their words. */
class RegisterUseTest {
    private static final RegisterSet NOTHING = set("");

    /** A set from text: {@code R4 flags D7 SP_usr}. */
    private static RegisterSet set(String text) {
        int core = 0;
        int extension = 0;
        boolean flags = false;
        List<String> named = Arrays.stream(text.split(" "))
                .filter(word -> !word.matches("|flags|[RD]\\d+"))
                .sorted()
                .toList();
        for (String word : text.split(" ")) {
            flags |= word.equals("flags");
            core |= word.matches("R\\d+") ? 1 << Integer.parseInt(word.substring(1)) : 0;
            extension |= word.matches("D\\d+") ? 1 << Integer.parseInt(word.substring(1)) : 0;
        }
        return new RegisterSet(core, flags, extension, named);
    }

    private static void assertUse(String reads, String writes, RegisterUse use) {
        assertEquals(new RegisterUse(set(reads), set(writes)), use);
    }

    private static RegisterUse a32(int word, int mode) {
        return RegisterUse.of(InstructionSet.A32, word, false, mode);
    }

    private static RegisterUse a32(int word) {
        return a32(word, Mode.SVC);
    }

    @Test
    void addRegister_readsItsOperands() {
        assertUse("R1 R2", "R0", a32(0xe081_0002)); // add r0, r1, r2
        assertUse("R1 R2", "R0 flags", a32(0xe091_0002)); // adds r0, r1, r2
        assertUse("R1 R2 flags", "R0", a32(0x0081_0002)); // addeq r0, r1, r2
        assertUse("R1 R2 flags", "R0", a32(0xe081_0062)); // add r0, r1, r2, rrx
    }

    @Test
    void addRegister_T16_setsFlagsOutsideItBlocksOnly() {
        assertUse("R1 R2", "R0 flags", RegisterUse.of(InstructionSet.T16, 0x1888, false, Mode.SVC));
        assertUse("R1 R2 flags", "R0", RegisterUse.of(InstructionSet.T16, 0x1888, true, Mode.SVC));
    }

    @Test
    void movt_keepsTheLowerHalf() {
        assertUse("R3", "R3", a32(0xe340_3fff)); // movt r3, #0xfff
        assertUse("", "R3", a32(0xe300_3fff)); // movw r3, #0xfff
    }

    @Test
    void smlal_accumulates() {
        assertUse("R0 R1 R2 R3", "R0 R1", a32(0xe0e1_0392)); // smlal r0, r1, r2, r3
        assertUse("R2 R3", "R0 R1", a32(0xe0c1_0392)); // smull r0, r1, r2, r3
    }

    @Test
    void loadsAndStores_writeTheBaseBackIfTheySay() {
        assertUse("R1", "R0", a32(0xe591_0004)); // ldr r0, [r1, #4]
        assertUse("R1", "R0 R1", a32(0xe5b1_0004)); // ldr r0, [r1, #4]!
        assertUse("R1", "R0 R1", a32(0xe491_0004)); // ldr r0, [r1], #4
        assertUse("R0 R1 R2", "R1", a32(0xe681_0002)); // str r0, [r1], r2
        assertUse("R15", "R0", a32(0xe59f_0004)); // ldr r0, [pc, #4]
        assertUse("R2", "R0 R1", a32(0xe1c2_00d0)); // ldrd r0, r1, [r2]
    }

    @Test
    void loadStoreMultiple_usesTheList() {
        assertUse("R4 R13 R14", "R13", a32(0xe92d_4010)); // push {r4, lr}
        assertUse("R13", "R4 R13 R15", a32(0xe8bd_8010)); // pop {r4, pc}
        assertUse("R0", "R8 SP_usr LR_usr", a32(0xe8d0_6100)); // ldm r0, {r8, sp, lr}^
        assertUse("R0", "R8_usr SP_usr LR_usr", a32(0xe8d0_6100, Mode.FIQ));
        assertUse("R0", "R8 R13 R14", a32(0xe8d0_6100, Mode.SYS));
    }

    @Test
    void branches_writeThePc() {
        assertUse("", "R15", a32(0xea00_0000)); // b
        assertUse("R15", "R14 R15", a32(0xeb00_0000)); // bl
        assertUse("R3 R15", "R14 R15", a32(0xe12f_ff33)); // blx r3
        assertUse("R14", "R15", a32(0xe12f_ff1e)); // bx lr
    }

    @Test
    void exceptionReturns_readTheSpsrOfTheMode() {
        assertUse("R14 SPSR_svc", "R15 flags CPSR", a32(0xe160_006e)); // eret
        assertUse("ELR_hyp SPSR_hyp", "R15 flags CPSR", a32(0xe160_006e, Mode.HYP));
        assertUse("R14 SPSR_irq", "R15 flags CPSR", a32(0xe25e_f004, Mode.IRQ)); // subs pc, lr, #4
        assertUse("R0", "R0 R15 flags CPSR", a32(0xf8b0_0a00)); // rfeia r0!
        assertUse("R0 SPSR_abt", "R1 R15 flags CPSR", a32(0xe8d0_8002, Mode.ABT)); // ldm r0, {r1, pc}^
    }

    @Test
    void srs_usesTheStackOfItsMode() {
        assertUse("R14 SPSR_irq SP_svc", "SP_svc", a32(0xf96d_0513, Mode.IRQ)); // srsdb sp!, #19
        assertUse("R13 R14 SPSR_svc", "R13", a32(0xf96d_0513, Mode.SVC));
    }

    @Test
    void bankedRegisters_haveTheirNames() {
        assertUse("SP_usr", "R0", a32(0xe105_0200, Mode.HYP)); // mrs r0, sp_usr
        assertUse("ELR_hyp", "R0", a32(0xe10e_0300, Mode.HYP)); // mrs r0, elr_hyp
        assertUse("R3", "SPSR_svc", a32(0xe162_f303, Mode.HYP)); // msr spsr_svc, r3
        assertUse("SPSR_hyp", "R0", a32(0xe14f_0000, Mode.HYP)); // mrs r0, spsr
        assertUse("CPSR flags", "R0", a32(0xe10f_0000)); // mrs r0, cpsr
        assertUse("R1", "CPSR", a32(0xe121_f001)); // msr cpsr_c, r1
        assertUse("R1", "CPSR flags", a32(0xe128_f001)); // msr cpsr_f, r1
    }

    @Test
    void systemRegisters_haveTheNamesOfTheirTable() {
        assertUse("R0", "HVBAR", a32(0xee8c_0f10, Mode.HYP)); // mcr p15, 4, r0, c12, c0, 0
        assertUse("HSR", "R2", a32(0xee95_2f12, Mode.HYP)); // mrc p15, 4, r2, c5, c2, 0
        assertUse("R4 R5", "VTTBR", a32(0xec45_4f62, Mode.HYP)); // mcrr p15, 6, r4, r5, c2
        assertUse("R0", "ATS1CPR PAR", a32(0xee07_0f18)); // mcr p15, 0, r0, c7, c8, 0
        assertUse("FPSCR", "flags", a32(0xeef1_fa10)); // vmrs apsr_nzcv, fpscr
    }

    @Test
    void extensionRegisters_areDoublewords() {
        assertUse("D1 D2 FPSCR", "D0 FPSCR", a32(0xee31_0b02)); // vadd.f64 d0, d1, d2
        assertUse("D0 D2 FPSCR", "D0 FPSCR", a32(0xee30_0a82)); // vadd.f32 s0, s1, s4
        assertUse("D2 FPSCR", "D0 FPSCR", a32(0xeeb7_0ac2)); // vcvt.f64.f32 d0, s4
        assertUse("R0 D3", "D3", a32(0xee43_0b30)); // vmov.8 d3[1], r0
        assertUse("R0", "R0 D4 D5 D6", a32(0xecb0_4b06)); // vldmia r0!, {d4-d6}
        assertUse("D2 D3 D4 D5 D6 D7", "D2 D3", a32(0xf224_2946)); // vmla.i32 q1, q2, q3
    }

    @Test
    void exceptionCalls_andUndefinedWords_useNothing() {
        assertUse("", "", a32(0xef00_0000)); // svc #0
        assertUse("", "", a32(0xe140_0070)); // hvc #0
        assertUse("flags", "", a32(0x0f00_0000)); // svceq #0
        assertEquals(new RegisterUse(NOTHING, NOTHING), a32(0xe7f0_00f0)); // udf #0
    }
}
