package dev.hyptrace.traces.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracesTest {
    @TempDir
    private Path folder;

    private String refusal(byte[] content) throws IOException {
        Path file = folder.resolve("given");
        Files.write(file, content);
        String message = assertThrows(TraceFormatException.class, () -> Traces.open(file))
                .getMessage();
        return message.replace(file.toString(), "FILE");
    }

    @Test
    void traceFile_isOpened() throws IOException {
        List<Event> events = RandomEvents.of(3, 50);
        Path file = HtrFiles.write(folder.resolve("whatever.name"), events, 20);
        try (HtrTrace trace = Traces.open(file)) {
            assertEquals(file.toString(), trace.name());
            HtrFiles.assertSame(events, HtrFiles.read(trace), "events");
        }
    }

    @Test
    void emptyFile_isRefused() throws IOException {
        assertEquals("FILE: byte 0: this is an empty file, expected a .htr trace file", refusal(new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "a QEMU log, '----------------\\nIN: \\n0x40000000:  e3a00000  mov r0, #0\\n'",
        "a QEMU log, 'Trace 0: 0x7ffb64000100 [00000400/40000000/00000060/ff000201] \\n'",
        "a QEMU log, 'Taking exception 11 [Hypervisor Call] on CPU 0\\n'",
        "an ftrace text, '# tracer: nop\\n#\\n'",
        "a Tarmac trace, '0 clk IT (0) 00008000 e3a00000 A svc_s : MOV r0,#0\\n'",
        "a CSV table, 'hypercall,cpu,call.R0\\r\\n1,0,0x00000000\\r\\n'",
        "text, 'Hello\\tworld\\n'"
    })
    void text_isRefusedWithTheCommandThatImportsIt(String what, String content) throws IOException {
        byte[] bytes = content.translateEscapes().getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "FILE: byte 0: this is " + what
                        + ", expected a .htr trace file; to make one of it: hyptrace import -o OUT.htr FILE",
                refusal(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "an ELF file, 7f454c4601010100",
        "a gzip file, 1f8b0800",
        "a Zstandard file, 28b52ffd04",
        "no trace, 0001020304",
        "the first bytes of a .htr trace file that was cut, 89485452"
    })
    void binary_isRefusedByWhatItLooksLike(String what, String hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertEquals("FILE: byte 0: this is " + what + ", expected a .htr trace file", refusal(bytes));
    }

    @Test
    void damagedHeader_isRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(HtrFiles.write(folder.resolve("whole"), List.of(), 20));
        bytes[40] ^= 1;
        assertEquals("FILE: byte 0: the checksum of the frame's body is wrong", refusal(bytes));
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        assertEquals(
                "FILE: byte 0: the file ends after 12 bytes of a frame's body, expected " + length,
                refusal(Arrays.copyOf(bytes, 40)));
    }

    @Test
    void folderAndMissingFile_areRefused() {
        TraceFormatException e = assertThrows(TraceFormatException.class, () -> Traces.open(folder));
        assertEquals(folder + ": byte 0: a folder, expected a .htr trace file", e.getMessage());
        assertThrows(NoSuchFileException.class, () -> Traces.open(folder.resolve("missing")));
    }
}
