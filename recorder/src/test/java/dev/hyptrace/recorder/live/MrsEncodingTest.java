package dev.hyptrace.recorder.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The instructions that are injected, against the assembler's. */
class MrsEncodingTest {
    @ParameterizedTest
    @ValueSource(strings = {"A32", "T32"})
    void everyRegisterReadableInAnyMode_hasTheAssemblersEncoding(String set, @TempDir Path folder) throws IOException {
        Assembler.assumeInstalled();
        StringBuilder source = new StringBuilder(set.equals("A32") ? ".arm\n" : ".thumb\n");
        List<Instruction> encodings = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            for (Register register : MrsEncoding.readable(mode)) {
                int d = encodings.size() % 13;
                source.append("mrs r" + d + ", ")
                        .append(operand(register, mode))
                        .append('\n');
                encodings.add(MrsEncoding.mrs(d, register, mode, InstructionSet.valueOf(set)));
            }
        }
        byte[] code = Assembler.bytes(folder, source.toString());
        assertEquals(encodings.size() * 4, code.length);
        for (int i = 0; i < encodings.size(); i++) {
            byte[] one = java.util.Arrays.copyOfRange(code, 4 * i, 4 * i + 4);
            Instruction assembled =
                    LiveProcessor.instruction(one, InstructionSet.valueOf(set)).orElseThrow();
            assertEquals(assembled, encodings.get(i), source.toString().split("\n")[i + 1]);
        }
    }

    private static String operand(Register register, Mode mode) {
        if (mode.savedStatus().filter(register::equals).isPresent()) {
            return "spsr";
        }
        String name = register.manualName().toLowerCase(Locale.ROOT);
        return name.contains("_") ? name : name + "_usr";
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void readableRegisters_areNoneThatTheModeShowsItself(Mode mode) {
        List<Register> readable = MrsEncoding.readable(mode);
        for (int n = 0; n < 16; n++) {
            assertFalse(readable.contains(mode.coreRegister(n)), mode + " R" + n);
        }
        assertEquals(mode == Mode.HYP, readable.contains(Register.ELR_HYP));
        assertEquals(readable.size(), readable.stream().distinct().count());
    }

    @Test
    void hypMode_readsEverythingTheExceptionSavedAndAllOtherModes() {
        List<Register> readable = MrsEncoding.readable(Mode.HYP);
        assertEquals(List.of(Register.SPSR_HYP, Register.ELR_HYP), readable.subList(0, 2));
        assertTrue(readable.containsAll(
                List.of(Register.SP_SVC, Register.LR_SVC, Register.SPSR_SVC, Register.SP_USR, Register.R8_FIQ)));
        assertEquals(23, readable.size());
    }

    @Test
    void userAndMonitorMode_readNothing() {
        assertEquals(List.of(), MrsEncoding.readable(Mode.USR));
        assertEquals(List.of(), MrsEncoding.readable(Mode.MON));
    }
}
