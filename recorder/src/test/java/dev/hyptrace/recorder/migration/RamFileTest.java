package dev.hyptrace.recorder.migration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hyptrace.traces.TraceFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RAM of streams that no QEMU at hand writes. */
class RamFileTest {
    private static final int PAGE = 4096;
    private static final int ZERO = 0x02;
    private static final int SIZES = 0x04;
    private static final int WHOLE = 0x08;
    private static final int END = 0x10;
    private static final int AGAIN = 0x20;
    private static final int DIFFERENCE = 0x40;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream stream = new DataOutputStream(bytes);

    private void begin(Object... blocks) throws IOException {
        stream.writeBytes("QEVM");
        stream.writeInt(3);
        stream.writeByte(1);
        stream.writeInt(2);
        name("ram");
        stream.writeInt(0);
        stream.writeInt(4);
        long total = 0;
        for (int i = 1; i < blocks.length; i += 2) {
            total += (long) blocks[i];
        }
        stream.writeLong(total | SIZES);
        for (int i = 0; i < blocks.length; i += 2) {
            name((String) blocks[i]);
            stream.writeLong((long) blocks[i + 1]);
        }
    }

    private void name(String name) throws IOException {
        stream.writeByte(name.length());
        stream.write(name.getBytes(StandardCharsets.US_ASCII));
    }

    private void whole(String block, long offset, int value) throws IOException {
        stream.writeLong(offset | WHOLE);
        name(block);
        stream.write(page(value));
    }

    private static byte[] page(int value) {
        byte[] page = new byte[PAGE];
        Arrays.fill(page, (byte) value);
        return page;
    }

    /** What the file holds after the stream, which has no devices and so is refused at its end. */
    private byte[] read(String problem) throws IOException {
        stream.writeLong(END);
        stream.writeByte(0x7e);
        stream.writeInt(2);
        Path file = folder.resolve("ram");
        try (RamFile ram = new RamFile(file, true)) {
            String message = assertThrows(
                            IOException.class,
                            () -> Migration.read("s", new ByteArrayInputStream(bytes.toByteArray()), event -> {}, ram))
                    .getMessage();
            assertEquals(problem, message.replaceFirst("byte [0-9]+", "byte N"));
        }
        return Files.readAllBytes(file);
    }

    @Test
    void pages_ofTheGreatestBlock_areWhereTheyBelong_theLastOneCounts() throws IOException {
        begin("small", (long) PAGE, "great", 4L * PAGE);
        whole("great", PAGE, 1);
        whole("small", 0, 9);
        whole("great", 2 * PAGE, 2);
        stream.writeLong(3 * PAGE | ZERO | AGAIN);
        stream.writeByte(7);
        stream.writeLong(PAGE | ZERO);
        name("great");
        stream.writeByte(0);
        byte[] expected = new byte[4 * PAGE];
        System.arraycopy(page(2), 0, expected, 2 * PAGE, PAGE);
        System.arraycopy(page(7), 0, expected, 3 * PAGE, PAGE);
        assertArrayEquals(expected, read("s: byte N: the stream ends, expected a section"));
    }

    @Test
    void page_outsideOfItsBlock_isRefused() throws IOException {
        begin("ram", 2L * PAGE);
        whole("ram", 2 * PAGE, 1);
        assertEquals(
                2 * PAGE, read("s: byte N: a page at 0x2000 of the block of RAM ram, which has 0x2000 bytes").length);
    }

    @Test
    void block_ofMoreThanAProcessorHas_isRefused() throws IOException {
        begin("ram", 1L << 33);
        assertEquals(
                0, read("s: byte N: the block of RAM ram has 0x200000000 bytes, expected up to 0x100000000").length);
    }

    @Test
    void page_asADifference_isRefused() throws IOException {
        begin("ram", 2L * PAGE);
        stream.writeLong(DIFFERENCE);
        name("ram");
        assertEquals(
                2 * PAGE,
                read("s: byte N: a page of RAM as a difference to the page before (xbzrle), whose content is not read:"
                                + " make the stream without that capability")
                        .length);
    }

    @Test
    void stream_thatEndsInAPage_isRefused_whatWasReadIsThere() throws IOException {
        begin("ram", 2L * PAGE);
        whole("ram", 0, 5);
        stream.writeLong(PAGE | WHOLE | AGAIN);
        byte[] expected = Arrays.copyOf(page(5), 2 * PAGE);
        assertArrayEquals(expected, read("s: byte N: the stream ends, expected a page of RAM"));
    }

    @Test
    void file_thatIsThere_isNotReplacedUnlessTold() throws IOException {
        Path file = Files.writeString(folder.resolve("there"), "kept");
        assertThrows(FileAlreadyExistsException.class, () -> new RamFile(file, false));
        assertEquals("kept", Files.readString(file));
    }

    @Test
    void pages_ifNobodyWantsThem_arePassedOver() throws IOException {
        begin("ram", 2L * PAGE);
        whole("ram", 8 * PAGE, 1);
        stream.writeLong(DIFFERENCE);
        name("ram");
        stream.writeByte(1);
        stream.writeShort(1);
        stream.writeByte(0);
        stream.writeLong(END);
        stream.writeByte(0x7e);
        stream.writeInt(2);
        TraceFormatException end = assertThrows(
                TraceFormatException.class,
                () -> Migration.read("s", new ByteArrayInputStream(bytes.toByteArray()), event -> {}));
        assertEquals("the stream ends, expected a section", end.getMessage().replaceFirst(".*: ", ""));
    }
}
