package dev.hyptrace.cli.guest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.BootImageException;
import dev.hyptrace.traces.hostile.HostileInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Images with bytes and words of their headers changed: they are refused with a sentence, or have sound segments. */
class MutatedImageTest {
    private static final Path GUESTS = Path.of("..", "traces", "guests", "bin");

    @Test
    void mutatedImage_isRefusedOrSound() throws IOException {
        List<byte[]> samples =
                List.of(elf("g3-on-g3.elf"), elf("g3-on-g3-be8.elf"), elf("kvm-4.12-on-g3.elf"), zImage());
        HostileInput.binary("image", samples, "\177ELF", "\30\50\157\1", "ARM\144", "\47\5\31\126", "\37\213")
                .refusedWith(BootImageException.class, "image: ")
                .read(5000, MutatedImageTest::parse);
    }

    private static byte[] elf(String guest) throws IOException {
        return Files.readAllBytes(GUESTS.resolve(guest));
    }

    private static byte[] zImage() {
        byte[] image = new byte[300];
        image[0x24] = 0x18;
        image[0x25] = 0x28;
        image[0x26] = 0x6f;
        image[0x27] = 1;
        return image;
    }

    private static String parse(byte[] input) throws BootImageException {
        BootImage image = BootImage.parse("image", input);
        long bytes = 0;
        for (BootImage.Segment segment : image.segments()) {
            assertTrue(segment.bytes().length <= segment.memorySize());
            bytes += segment.bytes().length;
        }
        assertTrue(bytes <= 2L * input.length, "segments of " + bytes + " bytes");
        return image.kind() + " " + image.bigEndian() + " "
                + "x".repeat(Math.min(image.segments().size(), 10));
    }
}
