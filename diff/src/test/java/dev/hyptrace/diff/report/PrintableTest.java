package dev.hyptrace.diff.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintableTest {
    @ParameterizedTest
    @CsvSource({
        "plain text, plain text",
        "'\u001b[2J', \\u{1b}[2J",
        "a\u0007b, a\\u{7}b",
        "'\u009b31m', \\u{9b}31m",
        "'\u202egnp', \\u{202e}gnp",
        "a\u200bb, a\\u{200b}b",
        "größe, größe",
        "\ud83d\ude00, \ud83d\ude00",
    })
    void text_isMadeHarmless(String text, String expected) {
        assertEquals(expected, Printable.of(text));
    }

    @Test
    void lineEnds_areEscaped() {
        assertEquals("a\\u{a}b\\u{d}c\\u{2028}d", Printable.of("a\nb\rc\u2028d"));
    }

    @Test
    void halfOfASurrogatePair_isEscaped() {
        assertEquals("\\u{d800}x", Printable.of("\ud800x"));
    }

    @Test
    void longText_isCut() {
        assertEquals("y".repeat(400) + "...", Printable.of("y".repeat(1 << 20)));
    }
}
