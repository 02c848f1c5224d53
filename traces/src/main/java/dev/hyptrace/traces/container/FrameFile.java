package dev.hyptrace.traces.container;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of frames, read at any position by any thread. What is appended after it was opened is not seen. */
final class FrameFile implements Closeable {
    /** What is looked at first for a marker, which is often near; then twice as much each time, up to the most. */
    private static final int FIRST_BLOCK = 1 << 8;

    private static final int SEARCH_BLOCK = 1 << 16;

    private final FileChannel channel;
    private final long size;

    private FrameFile(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    static FrameFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new FrameFile(channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    long size() {
        return size;
    }

    /**
     * The frame at a position, with its body.
     *
     * @throws CorruptChunkException when there is none, or only a part of one
     */
    Body read(long offset) throws IOException, CorruptChunkException {
        Frame frame = head(offset);
        byte[] body = frame.decodeBody(bytes(offset + Frame.HEAD_SIZE, frame.length()));
        return new Body(frame, UnsafeByteOperations.unsafeWrap(body));
    }

    /**
     * A frame that was read.
     *
     * @param bytes its body, decoded
     */
    record Body(Frame frame, ByteString bytes) {
        /** The position after the frame, if it began at this one. */
        long end(long offset) {
            return offset + Frame.HEAD_SIZE + frame.length();
        }

        /** The body, if the frame is of this kind and the body can be parsed as a message in bounded memory. */
        ByteString message(Frame.Kind kind) throws CorruptChunkException {
            ByteString message = expect(kind);
            MessageSize.check(message);
            return message;
        }

        ByteString expect(Frame.Kind kind) throws CorruptChunkException {
            if (frame.kind() != kind) {
                throw new CorruptChunkException("a frame of kind " + frame.kind() + " stands here, expected " + kind);
            }
            return bytes;
        }
    }

    /** The head of the frame at a position, whose body is then known to lie in the file. */
    Frame head(long offset) throws IOException, CorruptChunkException {
        long left = size - offset;
        if (left < Frame.HEAD_SIZE) {
            throw new CorruptChunkException(
                    "the file ends after " + left + " bytes of a frame's head, expected " + Frame.HEAD_SIZE);
        }
        Frame frame = Frame.decode(bytes(offset, Frame.HEAD_SIZE));
        if (left - Frame.HEAD_SIZE < frame.length()) {
            throw new CorruptChunkException("the file ends after " + (left - Frame.HEAD_SIZE)
                    + " bytes of a frame's body, expected " + frame.length());
        }
        return frame;
    }

    /** The position of the next marker at or after a position; the size of the file when there is none. */
    long findMarker(long from) throws IOException {
        int overlap = Frame.marker().length - 1;
        int length = FIRST_BLOCK;
        for (long start = from; start < size; start += length, length = Math.min(2 * length, SEARCH_BLOCK)) {
            byte[] block = bytes(start, (int) Math.min(length + overlap, size - start));
            for (int i = 0; i + overlap < block.length; i++) {
                if (Frame.isMarker(block, i)) {
                    return start + i;
                }
            }
        }
        return size;
    }

    /** Bytes that are known to lie in the file. */
    byte[] bytes(long offset, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new IOException("the file has become shorter while it was read");
            }
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
