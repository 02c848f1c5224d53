package dev.hyptrace.recorder.gdb;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The bytes to and from a stub, with a deadline for each wait. For one thread.
 *
 * <p>Deadlines are values of {@link System#nanoTime}.
 */
public final class GdbChannel implements Closeable {
    private static final int BUFFER = 64 * 1024;
    private static final long RETRY_MILLIS = 5;

    private final String name;
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer input = ByteBuffer.allocate(BUFFER).flip();

    private GdbChannel(String name, SocketChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    /**
     * Connects, trying again while nobody listens there yet.
     *
     * @param name what to call the stub in messages
     * @param address a UNIX socket or a TCP address
     * @param patience how long to try
     * @param mayStillCome whether it makes sense to go on trying, such as "the process is alive"
     * @throws GdbException of kind {@code UNREACHABLE}
     */
    public static GdbChannel connect(
            String name, SocketAddress address, Duration patience, BooleanSupplier mayStillCome) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return new GdbChannel(name, open(address));
            } catch (IOException | UnresolvedAddressException e) {
                if (!mayStillCome.getAsBoolean() || System.nanoTime() - deadline >= 0) {
                    throw new GdbException(GdbException.Kind.UNREACHABLE, name, "no connection: " + reason(e));
                }
                pause();
            }
        }
    }

    private static SocketChannel open(SocketAddress address) throws IOException {
        if (address instanceof UnixDomainSocketAddress) {
            return connected(SocketChannel.open(StandardProtocolFamily.UNIX), address);
        }
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return connected(channel, address);
    }

    private static SocketChannel connected(SocketChannel channel, SocketAddress address) throws IOException {
        try {
            channel.connect(address);
            return channel;
        } catch (IOException | UnresolvedAddressException e) {
            channel.close();
            throw e;
        }
    }

    private static String reason(Exception e) {
        return e instanceof UnresolvedAddressException ? "the host name is not known" : String.valueOf(e.getMessage());
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while connecting", e);
        }
    }

    /** The TCP address in {@code HOST:PORT}, for {@link #connect}. */
    public static InetSocketAddress tcp(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        String port = hostAndPort.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            throw new IllegalArgumentException("'" + hostAndPort + "' is no HOST:PORT, such as localhost:3333");
        }
        return new InetSocketAddress(hostAndPort.substring(0, colon), Integer.parseInt(port));
    }

    String name() {
        return name;
    }

    /**
     * Writes all bytes.
     *
     * @throws GdbException when the stub does not take them in time or has closed the connection
     */
    void write(byte[] bytes, long deadline) throws IOException {
        ByteBuffer output = ByteBuffer.wrap(bytes);
        while (output.hasRemaining()) {
            if (transfer(output, true) == 0 && !await(SelectionKey.OP_WRITE, deadline)) {
                throw new GdbException(GdbException.Kind.TIMEOUT, name, "takes no more commands: it hangs");
            }
        }
    }

    /**
     * The next byte, 0 to 255; -1 when none came before the deadline.
     *
     * @throws GdbException when the stub has closed the connection
     */
    int read(long deadline) throws IOException {
        while (!input.hasRemaining()) {
            input.clear();
            int count = transfer(input, false);
            input.flip();
            if (count == 0 && !await(SelectionKey.OP_READ, deadline)) {
                return -1;
            }
        }
        return input.get() & 0xff;
    }

    private int transfer(ByteBuffer buffer, boolean out) throws GdbException {
        int count;
        try {
            count = out ? channel.write(buffer) : channel.read(buffer);
        } catch (IOException e) {
            throw new GdbException(GdbException.Kind.CLOSED, name, "the connection broke: " + reason(e));
        }
        if (count < 0) {
            throw new GdbException(GdbException.Kind.CLOSED, name, "the connection was closed");
        }
        return count;
    }

    private boolean await(int operation, long deadline) throws IOException {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            return false;
        }
        key.interestOps(operation);
        selector.select(nanos / 1_000_000 + 1);
        selector.selectedKeys().clear();
        return true;
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
