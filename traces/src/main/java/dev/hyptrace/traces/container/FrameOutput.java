package dev.hyptrace.traces.container;

import com.google.protobuf.MessageLite;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A file to which frames are appended, by one thread at a time. */
final class FrameOutput implements Closeable {
    private final WritableByteChannel channel;
    private long position;
    private volatile long size;

    FrameOutput(WritableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * The bytes of a message as the body of a frame.
     *
     * @throws IOException when it is too long
     */
    static byte[] body(Frame.Kind kind, MessageLite message) throws IOException {
        byte[] body = message.toByteArray();
        if (body.length > Frame.MAX_BODY) {
            throw new IOException("a " + kind + " of " + body.length + " bytes is too long for a trace file");
        }
        return body;
    }

    /** Appends a frame, head and body. */
    void append(byte[] frame) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        position += frame.length;
        size = position;
    }

    /** The size of the file. Asked by any thread. */
    long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
