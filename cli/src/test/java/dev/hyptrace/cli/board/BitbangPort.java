package dev.hyptrace.cli.board;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The wires: OpenOCD's {@code remote_bitbang} protocol on a loopback port, for one connection. */
final class BitbangPort implements Closeable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final TapController tap;
    private final Thread thread = new Thread(this::serve, "jtag-port");
    private volatile Throwable failure;
    private boolean clock;

    BitbangPort(TapController tap) throws IOException {
        this.tap = tap;
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** What went wrong behind the wires; null if nothing did. */
    Throwable failure() {
        return failure;
    }

    private void serve() {
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            socket.setTcpNoDelay(true);
            byte[] characters = new byte[4096];
            for (int count = in.read(characters); count >= 0; count = in.read(characters)) {
                byte[] answers = new byte[count];
                int answered = 0;
                for (int i = 0; i < count; i++) {
                    int answer = take(characters[i]);
                    if (answer >= 0) {
                        answers[answered++] = (byte) answer;
                    }
                }
                out.write(answers, 0, answered);
            }
        } catch (IOException e) {
            // OpenOCD went away.
        } catch (RuntimeException | AssertionError e) {
            failure = e;
        }
    }

    /** The answer to a character; negative if it needs none. */
    private int take(int character) {
        if (character >= '0' && character <= '7') {
            boolean high = (character & 4) != 0;
            if (high && !clock) {
                tap.clock((character & 2) != 0, (character & 1) != 0);
            }
            clock = high;
        }
        return character != 'R' ? -1 : tap.output() ? '1' : '0';
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
