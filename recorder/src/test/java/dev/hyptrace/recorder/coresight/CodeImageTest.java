package dev.hyptrace.recorder.coresight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.TraceFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of code. */
class CodeImageTest {
    private static final int WORD = 0xe160_006e;

    @TempDir
    private Path folder;

    /** An ELF file of one segment of one word at 0xc0008000. */
    private static ByteBuffer elf(ByteOrder order) {
        ByteBuffer file = ByteBuffer.allocate(52 + 32 + 4);
        boolean big = order == ByteOrder.BIG_ENDIAN;
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 1, (byte) (big ? 2 : 1)}).order(order);
        file.putShort(18, (short) 40).putInt(28, 52).putInt(36, big ? 0x0080_0000 : 0);
        file.putShort(42, (short) 32).putShort(44, (short) 1);
        file.putInt(52, 1).putInt(56, 84).putInt(60, 0xc000_8000).putInt(68, 4);
        file.order(ByteOrder.LITTLE_ENDIAN).putInt(84, WORD);
        return file.order(order);
    }

    private static byte[] bytes(ByteBuffer elf) {
        byte[] bytes = new byte[elf.capacity()];
        elf.get(0, bytes);
        return bytes;
    }

    private Path write(ByteBuffer elf) throws IOException {
        return Files.write(folder.resolve("code"), bytes(elf));
    }

    @Test
    void elf_liesAtItsVirtualAddresses() throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            CodeImages code = CodeImages.of(CodeImage.elf(write(elf(order))));
            assertEquals(Integer.toUnsignedLong(WORD), code.word(0xc000_8000));
            assertEquals(-1, code.word(0xc000_8002));
            assertEquals(-1, code.word(0xc000_7ffe));
        }
    }

    @Test
    void raw_liesWhereItIsPut_andTheFirstCounts() throws IOException {
        Path file = Files.write(folder.resolve("raw"), new byte[] {1, 2, 3, 4});
        CodeImages code =
                CodeImages.of(List.of(CodeImage.raw(file, 0xffff_fffc), new CodeImage(0xffff_fffa, new byte[6])));
        assertEquals(0x0403_0201, code.word(0xffff_fffc));
        assertEquals(0x0201_0000L, code.word(0xffff_fffa));
        assertTrue(assertThrows(TraceFormatException.class, () -> CodeImage.raw(file, 0xffff_fffe))
                .getMessage()
                .endsWith("raw: byte 0: 4 bytes of code, which do not fit behind the address"));
    }

    @Test
    void elfThatIsNone_isRefusedWithThePlace() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "x".repeat(100));
        assertRefused(text, ": byte 0: no ELF file of a 32-bit program, expected one, or FILE@ADDRESS");
        assertRefused(
                Files.writeString(folder.resolve("short"), "x"),
                ": byte 0: the file ends at byte 1, expected 52 bytes here");
        ByteBuffer other = elf(ByteOrder.LITTLE_ENDIAN).putShort(18, (short) 62);
        assertRefused(
                write(other),
                ": byte 18: an ELF file of another processor, expected Arm with little-endian instructions");
        ByteBuffer be32 = elf(ByteOrder.BIG_ENDIAN).putInt(36, 0);
        assertRefused(
                write(be32),
                ": byte 18: an ELF file of another processor, expected Arm with little-endian instructions");
        ByteBuffer huge = elf(ByteOrder.LITTLE_ENDIAN).putInt(68, -1);
        assertRefused(write(huge), ": byte 52: segments of more than 134217728 bytes");
        byte[] cut = Arrays.copyOf(bytes(elf(ByteOrder.LITTLE_ENDIAN)), 86);
        assertRefused(
                Files.write(folder.resolve("cut"), cut), ": byte 84: the file ends at byte 86, expected 4 bytes here");
    }

    private static void assertRefused(Path file, String message) {
        assertEquals(
                file + message,
                assertThrows(TraceFormatException.class, () -> CodeImage.elf(file))
                        .getMessage());
    }
}
