package dev.hyptrace.diff.abi.description;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpressionParserTest {
    private static final Map<String, Long> REGISTERS = Map.of("r1", 0x4000_0905L, "HVBAR", 0x4001_0240L, "r2", 3L);

    private static Expression parse(String text) {
        return ExpressionParser.parse(text, Abi.Architecture.AARCH32);
    }

    private static OptionalLong value(String text) {
        return parse(text)
                .evaluate(name ->
                        REGISTERS.containsKey(name) ? OptionalLong.of(REGISTERS.get(name)) : OptionalLong.empty());
    }

    @Test
    void operators_goFromLeftToRight() {
        assertEquals(OptionalLong.of(0x4000_0900L), value("r1 & ~0x1f"));
        assertEquals(OptionalLong.of(0x4000_0908L), value("r1 + r2"));
        assertEquals(OptionalLong.of(2), value("1 + 2 - 1"));
        assertEquals(OptionalLong.of(0xffff_fffeL), value("1 - r2"));
        assertEquals(OptionalLong.of(0x4000_0907L), value("r1 | (r2 & 2)"));
    }

    @Test
    void unknownRegisterAndOpenValue_giveNone() {
        assertEquals(OptionalLong.empty(), value("r3 + 1"));
        assertEquals(OptionalLong.empty(), value("?result"));
    }

    @Test
    void names_areThoseOfTheManualInAnyCase() {
        assertEquals("HVBAR & ~(r1 + SP_hyp)", parse("hvbar&~( R1+sp_HYP )").toString());
        assertEquals(Set.of("HVBAR", "r1"), parse("hvbar + r1").registers());
    }

    @Test
    void text_isReadBackAsTheSame() {
        for (String text :
                new String[] {"r1", "0", "0x0badca11", "?vectors", "r1 & ~0x1f", "r1 - (r2 - 3)", "~(r1 | 5)"}) {
            assertEquals(parse(text), parse(parse(text).toString()), text);
        }
    }

    @Test
    void mistakes_areNamedWithTheirPlace() {
        assertMistake(
                "r13",
                "expected a register of ARMv7 (r0 to r12, sp, lr, SP_hyp, HVBAR, ...) at character 1 of \"r13\", found \"r13\"");
        assertMistake(
                "r1 &", "expected a register, a number, ?NAME, ~ or \"(\" at character 5 of \"r1 &\", found the end");
        assertMistake("(r1", "expected \")\" at character 4 of \"(r1\", found the end");
        assertMistake(
                "0x100000000", "expected a number of 32 bits at character 1 of \"0x100000000\", found \"0x100000000\"");
        assertMistake("r1 r2", "expected an operator (& | + -) or the end at character 4 of \"r1 r2\", found \"r2\"");
    }

    @Test
    void depth_isBounded() {
        assertThrows(IllegalArgumentException.class, () -> parse("(".repeat(100_000)));
        assertThrows(IllegalArgumentException.class, () -> parse("~".repeat(100_000) + "r1"));
    }

    private static void assertMistake(String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> parse(text)).getMessage());
    }
}
