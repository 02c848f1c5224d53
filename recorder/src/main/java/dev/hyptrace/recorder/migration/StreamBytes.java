package dev.hyptrace.recorder.migration;

import dev.hyptrace.traces.TraceFormatException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;

/** Big-endian numbers from a stream, and where it is. */
final class StreamBytes {
    private final String name;
    private final InputStream in;
    private long position;

    StreamBytes(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    long position() {
        return position;
    }

    /** The next byte; -1 at the end. */
    int next() throws IOException {
        try {
            int value = in.read();
            position += value < 0 ? 0 : 1;
            return value;
        } catch (EOFException | ZipException damaged) {
            throw error("the compressed data is damaged here (" + damaged.getMessage() + ")");
        }
    }

    int u8(String what) throws IOException {
        int value = next();
        if (value < 0) {
            throw error("the stream ends, expected " + what);
        }
        return value;
    }

    int u16(String what) throws IOException {
        return u8(what) << 8 | u8(what);
    }

    int u32(String what) throws IOException {
        return u16(what) << 16 | u16(what);
    }

    long u64(String what) throws IOException {
        return (long) u32(what) << 32 | u32(what) & 0xffff_ffffL;
    }

    /** A name of up to 255 bytes. */
    String name(String what) throws IOException {
        return text(u8(what), what);
    }

    String text(int length, String what) throws IOException {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) u8(what);
        }
        return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
    }

    /** Fills the array. */
    void fill(byte[] target, String what) throws IOException {
        try {
            int count = in.readNBytes(target, 0, target.length);
            position += count;
            if (count < target.length) {
                throw error("the stream ends, expected " + what);
            }
        } catch (EOFException | ZipException damaged) {
            throw error("the compressed data is damaged here (" + damaged.getMessage() + ")");
        }
    }

    void skip(long count, String what) throws IOException {
        long left = count;
        while (left > 0) {
            long skipped;
            try {
                skipped = in.skip(left);
            } catch (EOFException | ZipException damaged) {
                throw error("the compressed data is damaged here (" + damaged.getMessage() + ")");
            }
            position += skipped;
            left -= skipped;
            if (left > 0 && skipped == 0) {
                u8(what);
                left--;
            }
        }
    }

    /** Everything up to the end, of which there may be so many bytes. */
    byte[] rest(int most) throws IOException {
        byte[] bytes;
        try {
            bytes = in.readNBytes(most + 1);
        } catch (EOFException | ZipException damaged) {
            throw error("the compressed data is damaged behind here (" + damaged.getMessage() + ")");
        }
        if (bytes.length > most) {
            throw error("more than " + most + " bytes of devices");
        }
        position += bytes.length;
        return bytes;
    }

    TraceFormatException error(String problem) {
        return new TraceFormatException(name, "byte " + position, problem);
    }
}
