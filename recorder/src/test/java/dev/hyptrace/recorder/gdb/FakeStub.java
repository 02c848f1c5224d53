package dev.hyptrace.recorder.gdb;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A GDB stub on a loopback port that answers by a script: each payload that arrives is given to a function, whose result goes out
 * byte for byte. {@link #packet} makes a proper packet. Null says nothing; {@link #HANG_UP} closes the connection.
 */
public final class FakeStub implements Closeable {
    /** Closes the connection in place of an answer. */
    public static final String HANG_UP = "hang up";

    private final ServerSocket server;
    private final Function<String, String> script;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::serve, "fake-stub");

    /** Starts listening. */
    public FakeStub(Function<String, String> script) throws IOException {
        this.script = script;
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        thread.setDaemon(true);
        thread.start();
    }

    /** The usual answers to a client's greeting, and the script's to everything else. */
    public static Function<String, String> greeting(Function<String, String> script) {
        return payload -> {
            if (payload.startsWith("qSupported")) {
                return packet("PacketSize=1000;qXfer:features:read+");
            }
            return switch (payload) {
                case "QStartNoAckMode" -> packet("OK");
                case "?" -> packet("T05thread:01;");
                case "+" -> null;
                default -> script.apply(payload);
            };
        };
    }

    /** A packet with its checksum, the payload as it is: without escapes or repeats. */
    public static String packet(String payload) {
        int sum = payload.chars().sum();
        return "$" + payload + "#" + "%02x".formatted(sum & 0xff);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** The payloads that have arrived; a {@code +}, a {@code -} and an interrupt (as {@code ^C}) stand for themselves. */
    public List<String> received() {
        return List.copyOf(received);
    }

    private void serve() {
        try (Socket socket = server.accept();
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            for (String payload = next(in); payload != null; payload = next(in)) {
                received.add(payload);
                String answer = script.apply(payload);
                if (HANG_UP.equals(answer)) {
                    return;
                }
                if (answer != null) {
                    out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    out.flush();
                }
            }
        } catch (IOException e) {
            // The client went away, which ends this stub's part.
        }
    }

    private static String next(InputStream in) throws IOException {
        int c = in.read();
        if (c < 0 || c != '$') {
            return c < 0 ? null : c == 3 ? "^C" : String.valueOf((char) c);
        }
        StringBuilder payload = new StringBuilder();
        for (c = in.read(); c != '#' && c >= 0; c = in.read()) {
            payload.append((char) c);
        }
        in.skipNBytes(2);
        return payload.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
