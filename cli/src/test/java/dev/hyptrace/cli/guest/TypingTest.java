package dev.hyptrace.cli.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypingTest {
    private static String typedWhile(Typing typing, String sent) {
        StringBuilder typed = new StringBuilder();
        for (byte character : sent.getBytes(StandardCharsets.UTF_8)) {
            typed.append(new String(typing.answer(character), StandardCharsets.UTF_8));
        }
        return typed.toString();
    }

    @Test
    void answers_areGivenOneAfterTheOther() throws IOException {
        Typing typing = Typing.of(
                List.of(Typing.Answer.parse("login: ->root\\r"), Typing.Answer.parse("# ->poweroff\\n")), null);
        assertEquals("", typedWhile(typing, "# no login yet"));
        assertEquals("root\r", typedWhile(typing, "\nlogin: "));
        assertEquals("poweroff\n", typedWhile(typing, "# "));
        assertEquals("", typedWhile(typing, "# login: # "));
    }

    @Test
    void answer_isSplitAtItsFirstArrow() {
        assertEquals(new Typing.Answer("=> ", "a->b\t\\x"), Typing.Answer.parse("=> ->a->b\\t\\\\x"));
    }

    @Test
    void answer_withoutTextOrArrow_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Typing.Answer.parse("->x"));
        assertThrows(IllegalArgumentException.class, () -> Typing.Answer.parse("x"));
    }

    @Test
    void input_isTypedAtTheBeginning(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), "abc");
        assertEquals("abc", new String(Typing.of(List.of(), file).beginning(), StandardCharsets.UTF_8));
    }
}
