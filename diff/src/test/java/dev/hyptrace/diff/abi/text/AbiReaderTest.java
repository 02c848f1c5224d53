package dev.hyptrace.diff.abi.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hyptrace.diff.abi.description.Abi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AbiReaderTest {
    private static final String HEAD = "name: \"mine\"\nparty: STUB\nentry { selector: \"r0\" }\n";

    static Iterable<Abi> library() {
        return AbiLibrary.all();
    }

    @ParameterizedTest
    @MethodSource("library")
    void description_writtenAndReadAgain_isTheSame(Abi abi) throws AbiFormatException {
        assertEquals(abi, AbiReader.parse("again", AbiWriter.write(abi)));
    }

    @ParameterizedTest
    @MethodSource("library")
    void seeAlso_namesDescriptions(Abi abi) {
        abi.seeAlso()
                .forEach(name ->
                        assertEquals(name, AbiLibrary.named(name).orElseThrow().name()));
    }

    /** {@code $} stands for a description's beginning of three lines. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $function { nam: "X" }                              | f:4:12: there is no field hyptrace.abi.Function.nam
            $function { selector { from: 1 }                    | f:4:32: Expected "}".
            $function { set { register: "r99" value: "0" } }    | f:4:18: register: expected a register of ARMv7 (r0 to r12, sp, lr, SP_hyp, HVBAR, ...), found "r99"
            $function { set { register: "r0" value: "r1 +" } }  | f:4:33: value: expected a register, a number, ?NAME, ~ or "(" at character 5 of "r1 +", found the end
            $function { selector { from: 1 } } function { selector { from: 0 to: 3 } } | f:4:35: function: a selector that an earlier function has already, 1
            $function { } function { }                          | f:4:14: function: a second function without a selector
            $function { ending: JUMPS }                         | f:4:12: ending: JUMPS needs a target
            $function { target: "r1" }                          | f:4:12: target: a target needs ending: JUMPS
            $function { } slot { offset: 3 }                    | f:4:21: offset: expected the offset of a vector: 0, 4, 8 to 0x1c
            $function { ending: RETURN }                        | f:4:20: Enum type "hyptrace.abi.Ending" has no value named "RETURN".
            $function { ending: 9 }                             | f:4:12: ending: expected one of [RETURNS, JUMPS, SPINS, UNSETTLED]
            $architecture: 7 function { }                       | f:4:1: architecture: expected one of [AARCH32, AARCH64]
            party: STUB                                         | f: name: expected a name
            name: "A b"                                         | f:1:1: name: expected small letters, digits, . + and -
            """)
    void mistake_isNamedWithLineAndColumn(String text, String message) {
        String whole = text.strip().replace("$", HEAD);
        AbiFormatException mistake = assertThrows(AbiFormatException.class, () -> AbiReader.parse("f", whole));
        assertEquals(message.strip(), mistake.getMessage());
    }

    @Test
    void nesting_isBounded() {
        assertThrows(AbiFormatException.class, () -> AbiReader.parse("f", "function { ".repeat(100_000)));
    }
}
