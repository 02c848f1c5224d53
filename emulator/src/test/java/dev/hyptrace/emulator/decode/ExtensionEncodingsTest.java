package dev.hyptrace.emulator.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExtensionEncodingsTest {
    @ParameterizedTest
    @CsvSource({
        "cccc 1110 0d11 nnnn | vadd | A2 | x, 1110 1110 0d11 nnnn | vadd | T2 | x",
        "1111 001U 0dzz nnnn | vqadd | A1 | x, 111U 1111 0dzz nnnn | vqadd | T1 | x",
        "1111 0011 1d11 nnnn | vtbl | A1 | x, 1111 1111 1d11 nnnn | vtbl | T1 | x",
        "1111 0100 0d10 nnnn | vld1 | A1 | x, 1111 1001 0d10 nnnn | vld1 | T1 | x"
    })
    void firstByte_isThatOfT32(String a32, String t32) {
        assertEquals(t32, ExtensionEncodings.t32(a32));
    }

    @ParameterizedTest
    @EnumSource(names = {"A32", "T32"})
    void words_areThoseOfTheTables(InstructionSet set) {
        for (Encoding encoding : DecodeTable.of(set).encodings()) {
            boolean coprocessor = encoding.heading().matches("(MCR|MRC|CDP|LDC|MCRR|MRRC|VM[RS][RS]).*");
            for (int word : new ExampleWords(encoding, 1).stream(20).toArray()) {
                boolean contained = ExtensionEncodings.contains(word, set.isThumb());
                assertTrue(coprocessor || contained == encoding.isExtension(), encoding.toString());
            }
        }
    }

    @Test
    void lineOfNoExtension_isRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> ExtensionEncodings.t32("cccc 0000 000S nnnn | and | A1 | x"));
    }
}
