package dev.hyptrace.recorder.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which instructions a recorder recognises, as the assembler encodes them. */
class InstructionKindsTest {
    private static Set<String> kinds(Instruction instruction) {
        Set<String> kinds = new LinkedHashSet<>();
        add(kinds, "hvc", instruction.isHvc());
        add(kinds, "wfi", InstructionKinds.isWfi(instruction));
        add(kinds, "system", InstructionKinds.writesCoprocessor(instruction));
        add(kinds, "mode", InstructionKinds.writesMode(instruction));
        add(kinds, "return", InstructionKinds.isExceptionReturn(instruction));
        add(kinds, "fixed", InstructionKinds.isFixed(instruction));
        return kinds;
    }

    private static void add(Set<String> kinds, String name, boolean yes) {
        if (yes) {
            kinds.add(name);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hvc #0x1234 | hvc",
                "wfi | wfi",
                "wfe | ''",
                "nop | ''",
                "mcr p15, 4, r1, c12, c0, 0 | system",
                "mcr p15, 0, r0, c1, c0, 0 | system",
                "mcrr p15, 4, r0, r1, c2 | system",
                "mrc p15, 4, r1, c12, c0, 0 | ''",
                "mrrc p15, 4, r0, r1, c2 | ''",
                "msr cpsr_c, r1 | mode",
                "msr cpsr_cxsf, r1 | mode",
                "msr spsr_cxsf, r1 | ''",
                "msr elr_hyp, r1 | ''",
                "mrs r0, cpsr | ''",
                "cps #0x13 | mode",
                "cpsid if, #0x1f | mode",
                "cpsid i | ''",
                "eret | return",
                "rfeia sp! | return",
                "rfedb r3 | return",
                "subs pc, lr, #4 | return",
                "bx lr | ''",
                "mov pc, r4 | ''",
                "ldr pc, [r0] | ''",
                "add r0, r0, r1 | ''",
                "muls r0, r0, r1 | ''",
                "cmp r0, #3 | ''",
                "b .+0x400 | fixed",
                "bl .+0x400 | fixed",
                "svc #1 | ''",
                "ldmia sp!, {r0, pc} | ''",
            })
    void instructionOfBothSets_isOfTheseKinds(String text, String kinds, @TempDir Path folder) throws IOException {
        Assembler.assumeInstalled();
        Set<String> expected = new LinkedHashSet<>(Arrays.asList(kinds.isEmpty() ? new String[0] : kinds.split(" ")));
        assertEquals(expected, kinds(assembled(".arm\n" + text, InstructionSet.A32, folder)), "A32 " + text);
        String thumb = text.startsWith("muls") ? "muls r0, r1, r0" : text;
        assertEquals(expected, kinds(assembled(".thumb\n" + thumb, InstructionSet.T32, folder)), "T32 " + thumb);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "movs pc, lr | return",
                "ldmia sp!, {r0, pc}^ | return",
                "ldmia sp, {r0, lr}^ | ''",
                "msr cpsr_c, #0xd3 | mode",
                "msr cpsr_f, #0 | mode",
                "moveqs pc, lr | return",
                "blx .+0x400 | fixed",
                "mcr2 p15, 0, r0, c1, c0, 0 | system",
            })
    void instructionOfA32Only_isOfTheseKinds(String text, String kinds, @TempDir Path folder) throws IOException {
        Assembler.assumeInstalled();
        Set<String> expected = new LinkedHashSet<>(Arrays.asList(kinds.isEmpty() ? new String[0] : kinds.split(" ")));
        String source = ".syntax divided\n.arm\n" + text;
        assertEquals(expected, kinds(assembled(source, InstructionSet.A32, folder)), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"cbz r0, .+20 | fixed", "bne .+20 | fixed", "b.n .+20 | fixed", "b.w .+20 | fixed"})
    void branchOfT32_isFixed(String text, String kinds, @TempDir Path folder) throws IOException {
        Assembler.assumeInstalled();
        assertEquals(Set.of(kinds), kinds(assembled(".thumb\n" + text, InstructionSet.T32, folder)), text);
    }

    private static Instruction assembled(String source, InstructionSet set, Path folder) throws IOException {
        byte[] code = Assembler.bytes(folder, source + "\n");
        assertTrue(code.length == 2 || code.length == 4, source + ": " + code.length + " bytes");
        return LiveProcessor.instruction(code, set).orElseThrow();
    }

    @Test
    void firstHalfOfAWideInstruction_isNoInstruction() {
        byte[] half = {(byte) 0xe0, (byte) 0xf7};
        assertEquals(Optional.empty(), LiveProcessor.instruction(half, InstructionSet.T32));
        assertEquals(Optional.empty(), LiveProcessor.instruction(half, InstructionSet.A32));
        byte[] narrow = {0x10, (byte) 0xb5};
        assertEquals(Optional.of(Instruction.t16(0xb510)), LiveProcessor.instruction(narrow, InstructionSet.T32));
    }
}
