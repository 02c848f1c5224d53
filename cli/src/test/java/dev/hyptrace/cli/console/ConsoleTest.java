package dev.hyptrace.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Console console(String... terminals) {
        return new Console(out, err, List.of(terminals), Map.of());
    }

    @Test
    void talk_withControlCharacters_isEscaped() {
        console().say("a\u001b[2Jb\nc\u202ed\u009be");
        assertEquals("a\\x1b[2Jb\\x0ac\\u202ed\\x9be\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void talk_inOtherLanguages_staysAsItIs() {
        console().say("Größe 大小 😀");
        assertEquals("Größe 大小 😀\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void color_isForTerminalsUnlessTheEnvironmentSaysOtherwise() {
        assertEquals(true, console("out").isColored(ColorChoice.AUTO));
        assertEquals(false, console("err").isColored(ColorChoice.AUTO));
        assertEquals(true, console().isColored(ColorChoice.ALWAYS));
        assertEquals(false, console("out").isColored(ColorChoice.NEVER));
        assertEquals(false, environment("NO_COLOR", "1").isColored(ColorChoice.AUTO));
        assertEquals(true, environment("NO_COLOR", "").isColored(ColorChoice.AUTO));
        assertEquals(false, environment("TERM", "dumb").isColored(ColorChoice.AUTO));
        assertEquals(true, environment("NO_COLOR", "1").isColored(ColorChoice.ALWAYS));
    }

    private Console environment(String name, String value) {
        return new Console(out, err, List.of("out"), Map.of(name, value));
    }

    @Test
    void output_whoseReaderWentAway_isABrokenPipe() throws IOException {
        Console console = new Console(failing("Broken pipe"), err, List.of(), Map.of());
        console.out().write("data");
        assertThrows(BrokenPipeException.class, console::flush);
    }

    @Test
    void output_thatCannotBeWritten_isAnErrorThatNamesIt() throws IOException {
        Console console = new Console(failing("No space left on device"), err, List.of(), Map.of());
        console.out().write("data");
        IOException thrown = assertThrows(IOException.class, console::flush);
        assertEquals("standard output: No space left on device", thrown.getMessage());
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }

    @Test
    void guestOutput_onATerminal_cannotCommandIt() throws IOException {
        assertEquals("a\\x1b[2J\tb\\xff\n", guestOutput(console("out")));
    }

    @Test
    void guestOutput_intoAFile_isAsItCame() throws IOException {
        guestOutput(console());
        assertEquals("a\u001b[2J\tb\u00ff\r\n", out.toString(StandardCharsets.ISO_8859_1));
    }

    private String guestOutput(Console console) throws IOException {
        IntConsumer guest = console.guestOutput();
        "a\u001b[2J\tb\u00ff\r\n".chars().forEach(guest);
        console.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void guestLine_thatNobodyReads_isDropped() {
        Console console = new Console(failing("Broken pipe"), err, List.of(), Map.of());
        console.guestLine("one");
        console.guestLine("two");
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void progress_ofShortWork_isNotShown() {
        try (Progress progress = console("err").progress()) {
            progress.show(() -> "1 %");
        }
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void progress_thatIsShown_isErasedBeforeTalk() {
        Console console = console("err");
        console.showProgress("50 %");
        console.say("done");
        assertEquals("\r\u001b[K50 %\r\u001b[Kdone\n", err.toString(StandardCharsets.UTF_8));
    }
}
