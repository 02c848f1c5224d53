package dev.hyptrace.recorder.gdb;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A server that has said all it will say when it is connected to, whatever it is asked, and then says that this was all: nobody waits
 * for anything. It and its client share one thread.
 */
public final class ScriptedStub implements Closeable {
    /** What the channels call it. */
    public static final String NAME = "stub";

    private static final int MOST_BYTES = 100_000;

    private final UnixDomainSocketAddress address;
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);

    /** @param folder has place for a socket */
    public ScriptedStub(Path folder) throws IOException {
        address = UnixDomainSocketAddress.of(folder.resolve("stub"));
        server.bind(address);
    }

    /** Talks to it. */
    @FunctionalInterface
    public interface Talk {
        String with(GdbChannel channel) throws IOException;
    }

    /** A connection on which all this has been said; what came of it. */
    public String said(byte[] bytes, Talk talk) throws IOException {
        try (GdbChannel channel = GdbChannel.connect(NAME, address, Duration.ZERO, () -> false);
                SocketChannel accepted = server.accept()) {
            ByteBuffer output = ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, MOST_BYTES));
            while (output.hasRemaining()) {
                accepted.write(output);
            }
            accepted.shutdownOutput();
            return talk.with(channel);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
