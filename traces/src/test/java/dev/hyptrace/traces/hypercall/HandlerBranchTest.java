package dev.hyptrace.traces.hypercall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.traces.model.Instruction;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encodings as the GNU assembler for cortex-a15 makes them. */
class HandlerBranchTest {
    @ParameterizedTest
    @CsvSource({
        "e12fff11, JUMP, bx r1",
        "e12fff22, JUMP, bxj r2",
        "e12fff33, CALL, blx r3",
        "012fff1e, JUMP, bxeq lr",
        "e1a0f004, JUMP, 'mov pc, r4'",
        "e081f002, JUMP, 'add pc, r1, r2'",
        "e281f004, JUMP, 'add pc, r1, #4'",
        "e591f004, JUMP, 'ldr pc, [r1, #4]'",
        "e79ff102, JUMP, 'ldr pc, [pc, r2, lsl #2]'",
        "e8918004, JUMP, 'ldm r1, {r2, pc}'",
        "e8bd8010, JUMP, 'pop {r4, pc}'",
        "e160006e, JUMP, eret",
        "e1b0f00e, JUMP, 'movs pc, lr'",
        "eafffffe, NONE, b",
        "ebfffffe, NONE, bl",
        "fa00000c, NONE, blx to a label",
        "e1a0400f, NONE, 'mov r4, pc'",
        "e15f0001, NONE, 'cmp pc, r1'",
        "e5df1002, NONE, 'ldrb r1, [pc, #2]'",
        "e581f000, NONE, 'str pc, [r1]'",
        "e59f1000, NONE, 'ldr r1, [pc]'",
        "e891000c, NONE, 'ldm r1, {r2, r3}'",
        "e32ff00f, NONE, 'msr CPSR_fsxc, #15'",
        "e10f1000, NONE, 'mrs r1, cpsr'",
        "e14fff7f, NONE, hvc #0xffff",
        "e0010392, NONE, 'mul r1, r2, r3'",
        "e30f1000, NONE, 'movw r1, #0xf000'",
        "e781f312, NONE, 'usad8 r1, r2, r3'",
        "e1cf00d0, NONE, 'ldrd r0, r1, [pc]'"
    })
    void a32_eachEncoding_isClassified(String encoding, HandlerBranch expected, String assembly) {
        Instruction instruction = Instruction.a32(Integer.parseUnsignedInt(encoding, 16));
        assertEquals(expected, HandlerBranch.of(Optional.of(instruction)), assembly);
    }

    @ParameterizedTest
    @CsvSource({
        "4708, JUMP, bx r1",
        "4798, CALL, blx r3",
        "46a7, JUMP, 'mov pc, r4'",
        "44a7, JUMP, 'add pc, r4'",
        "bd10, JUMP, 'pop {r4, pc}'",
        "e7fe, NONE, b",
        "bc10, NONE, 'pop {r4}'",
        "b510, NONE, 'push {r4, lr}'",
        "4679, NONE, 'mov r1, pc'"
    })
    void t16_eachEncoding_isClassified(String encoding, HandlerBranch expected, String assembly) {
        Instruction instruction = Instruction.t16(Integer.parseUnsignedInt(encoding, 16));
        assertEquals(expected, HandlerBranch.of(Optional.of(instruction)), assembly);
    }

    @ParameterizedTest
    @CsvSource({
        "e8918004, JUMP, 'ldm.w r1, {r2, pc}'",
        "e9118004, JUMP, 'ldmdb r1, {r2, pc}'",
        "f8d1f008, JUMP, 'ldr.w pc, [r1, #8]'",
        "f851fc08, JUMP, 'ldr.w pc, [r1, #-8]'",
        "f8dff008, JUMP, 'ldr.w pc, [pc, #8]'",
        "f851f022, JUMP, 'ldr.w pc, [r1, r2, lsl #2]'",
        "e8dff001, JUMP, 'tbb [pc, r1]'",
        "e8dff011, JUMP, 'tbh [pc, r1, lsl #1]'",
        "f3c28f00, JUMP, bxj r2",
        "f3de8f00, JUMP, eret",
        "f3de8f04, JUMP, 'subs pc, lr, #4'",
        "f7fffffe, NONE, bl",
        "f7ffbffe, NONE, b.w",
        "f000e810, NONE, blx to a label",
        "e891000c, NONE, 'ldm.w r1, {r2, r3}'",
        "e92d4030, NONE, 'push.w {r4, r5, lr}'",
        "f8df1008, NONE, 'ldr.w r1, [pc, #8]'",
        "f7ef8fff, NONE, hvc #0xffff",
        "e9df0100, NONE, 'ldrd r0, r1, [pc]'",
        "e9c20100, NONE, 'strd r0, r1, [r2]'",
        "f3ef8100, NONE, 'mrs r1, cpsr'"
    })
    void t32_eachEncoding_isClassified(String encoding, HandlerBranch expected, String assembly) {
        Instruction instruction = Instruction.t32(Integer.parseUnsignedInt(encoding, 16));
        assertEquals(expected, HandlerBranch.of(Optional.of(instruction)), assembly);
    }

    @Test
    void unrecordedEncoding_isNoBranch() {
        assertEquals(HandlerBranch.NONE, HandlerBranch.of(Optional.empty()));
    }
}
