package dev.hyptrace.emulator.disassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.ExampleWords;
import dev.hyptrace.emulator.decode.InstructionSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Instructions as text. {@link BinutilsTest} compares many more with objdump where that is installed. */
class DisassemblerTest {
    private final Disassembler disassembler = new Disassembler();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A32 | e0912003 | adds r2, r1, r3",
                "A32 | 10a42586 | adcne r2, r4, r6, lsl #11",
                "A32 | e1a0f00e | mov pc, lr",
                "A32 | e1a00062 | rrx r0, r2",
                "A32 | e0045176 | and r5, r4, r6, ror r1",
                "A32 | e2812c01 | add r2, r1, #256",
                "A32 | e3a01104 | mov r1, #4, 2",
                "A32 | e30f1fff | movw r1, #65535",
                "A32 | e25ef004 | subs pc, lr, #4",
                "A32 | e0854392 | umull r4, r5, r2, r3",
                "A32 | e14142a3 | smlaltb r4, r1, r3, r2",
                "A32 | e6ef1472 | uxtb r1, r2, ror #8",
                "A32 | e7d3249f | bfc r2, #9, #11",
                "A32 | e7aa4153 | sbfx r4, r3, #2, #11",
                "A32 | e5b12004 | ldr r2, [r1, #4]!",
                "A32 | e6912003 | ldr r2, [r1], r3",
                "A32 | e59f2008 | ldr r2, [pc, #8]",
                "A32 | e92d4010 | push {r4, lr}",
                "A32 | e8fd8001 | ldm sp!, {r0, pc}^",
                "A32 | eafffffe | b 0x1000",
                "A32 | e1400070 | hvc 0",
                "A32 | e12ff000 | msr CPSR_fsxc, r0",
                "A32 | e12bf30b | msr (UNDEF: 59), fp",
                "A32 | e10e0300 | mrs r0, ELR_hyp",
                "A32 | ee8c0f10 | mcr 15, 4, r0, cr12, cr0, {0}",
                "A32 | f10e00d3 | cpsid if, #19",
                "A32 | f57ff04f | dsb sy",
                "A32 | e160006e | eret",
                "A32 | e7900090 | .inst 0xe7900090",
                "A32 | ee310b02 | vadd.f64 d0, d1, d2",
                "A32 | edd11a02 | vldr s3, [r1, #8]",
                "A32 | ed2d8b10 | vpush {d8-d15}",
                "A32 | eefd0bc2 | vcvt.s32.f64 s1, d2",
                "A32 | ee234b10 | vmov.32 d3[1], r4",
                "A32 | eef1fa10 | vmrs APSR_nzcv, fpscr",
                "A32 | f38d1854 | vqrshrun.s16 d1, q2, #3",
                "A32 | f3920263 | vmlal.u16 q0, d2, d3[2]",
                "A32 | f4a1057d | vld2.16 {d0[1],d2[1]}, [r1 :32]!",
                "A32 | f40242f3 | vst1.64 {d4-d7}, [r2 :256], r3",
                "A32 | f2801e35 | vmov.i64 d1, #0x0000000000ff00ff",
                "T32 | fff10a44 | vtbx.8 d16, {d1-d3}, d4",
                "T32 | eb012243 | add.w r2, r1, r3, lsl #9",
                "T32 | f0010203 | and.w r2, r1, #3",
                "T32 | f1a17080 | sub.w r0, r1, #16777216",
                "T32 | ea4f0331 | mov.w r3, r1, rrx",
                "T32 | f000f800 | bl 0x1004",
                "T32 | e9d12302 | ldrd r2, r3, [r1, #8]",
                "T16 | 1888 | adds r0, r1, r2",
                "T16 | 4770 | bx lr",
                "T16 | b510 | push {r4, lr}",
                "T16 | 6808 | ldr r0, [r1, #0]",
                "T16 | bf16 | itet ne",
                "T16 | b662 | cpsie i",
                "T16 | de00 | udf #0",
                "T16 | b700 | .inst.n 0xb700"
            })
    void word_isWrittenInUnifiedSyntax(InstructionSet set, String word, String text) {
        assertEquals(text, disassembler.disassemble(Integer.parseUnsignedInt(word, 16), set, 0x1000));
    }

    @ParameterizedTest
    @EnumSource(InstructionSet.class)
    void everyLine_hasASyntaxThatCanBeFilled(InstructionSet set) {
        for (Encoding encoding : DecodeTable.of(set).encodings()) {
            String text = disassembler.disassemble(new ExampleWords(encoding, 1).next(), set, 0);
            assertEquals(-1, text.indexOf("{c}"), encoding + ": " + text);
            assertEquals(text.trim(), text, encoding + ": " + text);
        }
    }

    @Test
    void branchTarget_countsFromTheAddress() {
        assertEquals("b 0xffff8008", disassembler.disassemble(0xea000000, InstructionSet.A32, 0xffff8000));
    }
}
