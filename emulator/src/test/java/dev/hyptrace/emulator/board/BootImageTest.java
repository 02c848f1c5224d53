package dev.hyptrace.emulator.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Images that are not what linkers make. */
class BootImageTest {
    private static final int HEADER = 52;
    private static final int PROGRAM_HEADER = 32;

    /** Would take 65,535 times its size. */
    @Test
    void elfFile_whoseSegmentsAreAllTheWholeFile_isRefused() {
        int count = 0xffff;
        int size = HEADER + count * PROGRAM_HEADER;
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x464c_457f).put(4, (byte) 1).put(5, (byte) 1).putShort(18, (short) 40);
        file.putInt(28, HEADER).putShort(44, (short) count);
        for (int i = 0; i < count; i++) {
            int header = HEADER + i * PROGRAM_HEADER;
            file.putInt(header, 1).putInt(header + 12, 0x4000_0000);
            file.putInt(header + 16, size).putInt(header + 20, size);
        }
        String message = assertThrows(BootImageException.class, () -> BootImage.parse("x.elf", file.array()))
                .getMessage();
        assertEquals("x.elf: byte 116: with this segment they take 6291516 bytes of a file of 2097172", message);
    }

    @Test
    void elfFile_ofALinker_isItsSegments() throws IOException, BootImageException {
        try (InputStream in = BootImageTest.class.getResourceAsStream("devices.elf")) {
            BootImage image = BootImage.parse("devices.elf", in.readAllBytes());
            assertEquals(BootImage.Kind.ELF, image.kind());
            assertEquals(1, image.segments().size());
        }
    }
}
