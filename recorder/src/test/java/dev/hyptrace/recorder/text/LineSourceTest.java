package dev.hyptrace.recorder.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSourceTest {
    @Test
    void lines_withAndWithoutCarriageReturn_areGivenWithoutTheirEnds() throws IOException {
        assertEquals(List.of("one", "", "two", "three\rx", "four"), lines("one\n\ntwo\r\nthree\rx\nfour"));
    }

    @Test
    void lastLine_withoutEnd_saysSo() throws IOException {
        LineSource source = source("a\nb");
        assertTrue(source.advance());
        assertTrue(source.isTerminated());
        assertTrue(source.advance());
        assertFalse(source.isTerminated());
        assertEquals(2, source.line());
        assertEquals(3, source.bytes());
        assertFalse(source.advance());
    }

    @Test
    void stream_ofNoBytes_hasNoLine() throws IOException {
        assertFalse(source("").advance());
    }

    /** The next line is whole, whatever the length of the one before, also where the buffer ends within either. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                LineSource.MAX_LINE - 1,
                LineSource.MAX_LINE,
                LineSource.MAX_LINE + 1,
                256 * 1024 - 1,
                256 * 1024,
                256 * 1024 + 1,
                1_000_000
            })
    void line_ofAnyLength_isCountedAndTheNextIsWhole(int length) throws IOException {
        LineSource source = source("x".repeat(length) + "\nnext\n");
        assertTrue(source.advance());
        assertEquals(length, source.length());
        assertEquals(length > LineSource.MAX_LINE, source.isTooLong());
        assertTrue(source.end() - source.start() >= Math.min(length, LineSource.MAX_LINE));
        assertTrue(source.advance());
        assertEquals("next", text(source));
        assertEquals(length + 6L, source.bytes());
    }

    @Test
    void lines_ofRandomLengthsInRandomPortions_areThoseWritten() throws IOException {
        Random random = new Random(7);
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            written.add("l".repeat(random.nextInt(random.nextInt(10) == 0 ? 2000 : 60)));
        }
        InputStream all =
                new ByteArrayInputStream((String.join("\n", written) + "\n").getBytes(StandardCharsets.US_ASCII));
        InputStream portions = new InputStream() {
            @Override
            public int read() throws IOException {
                return all.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return all.read(buffer, offset, Math.min(length, 1 + random.nextInt(700)));
            }
        };
        assertEquals(written, lines(new LineSource(portions)));
    }

    @Test
    void compressedStream_thatBreaksOff_givesWhatCameBefore() throws IOException {
        InputStream broken = new InputStream() {
            private final InputStream data = new ByteArrayInputStream("one\ntw".getBytes(StandardCharsets.US_ASCII));

            @Override
            public int read() throws IOException {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = data.read(buffer, offset, length);
                if (count < 0) {
                    throw new EOFException("Unexpected end of ZLIB input stream");
                }
                return count;
            }
        };
        LineSource source = new LineSource(broken);
        assertEquals(List.of("one", "tw"), lines(source));
        assertEquals("the compressed data is damaged here (Unexpected end of ZLIB input stream)", source.damage());
    }

    private static LineSource source(String text) {
        return new LineSource(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static List<String> lines(String text) throws IOException {
        return lines(source(text));
    }

    private static List<String> lines(LineSource source) throws IOException {
        List<String> lines = new ArrayList<>();
        while (source.advance()) {
            lines.add(text(source));
        }
        return lines;
    }

    private static String text(LineSource source) {
        return new String(source.buffer(), source.start(), source.end() - source.start(), StandardCharsets.US_ASCII);
    }
}
