package dev.hyptrace.traces.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The head of a frame, which is all that a {@code .htr} file consists of, apart from its trailer.
 *
 * <pre>
 * byte  0  8  marker: 89 48 54 52 0d 0a 1a 0a
 *       8  1  kind: 'H' header, 'C' chunk, 'I' index, 'E' trailer
 *       9  1  1 if the body is a Zstandard frame, 0 if it is as it is
 *      10  2  1, the version of this layout
 *      12  4  length of the body in the file
 *      16  4  length of the body once decoded
 *      20  4  CRC-32C of the body as it is in the file
 *      24  4  CRC-32C of bytes 0 to 23
 *      28     body
 * </pre>
 *
 * <p>All numbers are little-endian. The trailer is a frame without a compressed body, too: eight bytes that hold the
 * position of the index, so that it has a fixed size at the end of the file.
 *
 * @param kind what the body is
 * @param compressed whether the body is a Zstandard frame
 * @param length of the body in the file
 * @param decodedLength of the body once decoded
 * @param checksum of the body as it is in the file
 */
record Frame(Kind kind, boolean compressed, int length, int decodedLength, int checksum) {
    static final int HEAD_SIZE = 28;
    static final int TRAILER_SIZE = HEAD_SIZE + Long.BYTES;
    /** No body is longer, stored or decoded: a greater length is damage and not a reason to allocate. */
    static final int MAX_BODY = 1 << 24;

    static final int LAYOUT_VERSION = 1;

    private static final byte[] MARKER = {(byte) 0x89, 'H', 'T', 'R', '\r', '\n', 0x1a, '\n'};

    /** What a frame holds. */
    enum Kind {
        HEADER('H'),
        CHUNK('C'),
        INDEX('I'),
        TRAILER('E');

        private final byte code;

        Kind(char code) {
            this.code = (byte) code;
        }

        private static Kind of(byte code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            return null;
        }
    }

    static byte[] marker() {
        return MARKER.clone();
    }

    static boolean isMarker(byte[] bytes, int offset) {
        return bytes.length - offset >= MARKER.length
                && Arrays.equals(bytes, offset, offset + MARKER.length, MARKER, 0, MARKER.length);
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** The frame whose body is given, head and body. */
    static byte[] encode(Kind kind, byte[] stored, int decodedLength) {
        ByteBuffer buffer = ByteBuffer.allocate(HEAD_SIZE + stored.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MARKER).put(kind.code).put((byte) (stored.length == decodedLength ? 0 : 1));
        buffer.putShort((short) LAYOUT_VERSION).putInt(stored.length).putInt(decodedLength);
        buffer.putInt(checksum(stored, 0, stored.length));
        buffer.putInt(checksum(buffer.array(), 0, buffer.position()));
        return buffer.put(stored).array();
    }

    /**
     * The frame whose head this is.
     *
     * @param head {@value #HEAD_SIZE} bytes
     * @throws CorruptChunkException when it is no head
     */
    static Frame decode(byte[] head) throws CorruptChunkException {
        if (!isMarker(head, 0)) {
            throw new CorruptChunkException("no frame begins here, expected its marker");
        }
        ByteBuffer buffer = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        if (buffer.getInt(24) != checksum(head, 0, 24)) {
            throw new CorruptChunkException("the checksum of the frame's head is wrong");
        }
        if (buffer.getShort(10) != LAYOUT_VERSION) {
            throw new CorruptChunkException(
                    "the frame's layout has version " + buffer.getShort(10) + ", expected " + LAYOUT_VERSION);
        }
        Kind kind = Kind.of(head[8]);
        Frame frame = new Frame(kind, head[9] == 1, buffer.getInt(12), buffer.getInt(16), buffer.getInt(20));
        if (kind == null || frame.length < 0 || frame.length > MAX_BODY || !frame.isDecodedLengthSound()) {
            throw new CorruptChunkException("the frame's head has a correct checksum but no sound content");
        }
        return frame;
    }

    private boolean isDecodedLengthSound() {
        return decodedLength >= 0 && decodedLength <= MAX_BODY && (compressed || decodedLength == length);
    }

    /** The body, decoded. */
    byte[] decodeBody(byte[] stored) throws CorruptChunkException {
        if (checksum(stored, 0, stored.length) != checksum) {
            throw new CorruptChunkException("the checksum of the frame's body is wrong");
        }
        return compressed ? Zstandard.decompress(stored, decodedLength) : stored;
    }
}
