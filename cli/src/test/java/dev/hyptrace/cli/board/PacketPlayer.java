package dev.hyptrace.cli.board;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A GDB server that gives the answers of a {@link PacketLog}, as long as the client says what it said then; and that fails from
 * some command on in one of the ways that servers do.
 */
final class PacketPlayer implements Closeable {
    /** How it fails. */
    enum Fault {
        NONE,
        /** Says nothing more. */
        SILENCE,
        /** Closes the connection in the middle of a packet. */
        DROPPED_LINE,
        /** Stops in the middle of a packet. */
        HALF_A_PACKET,
        /** Answers E01 to everything. */
        ERRORS,
        /** Sends what is no protocol. */
        GARBAGE,
        /** Sends a packet of 4 GiB. */
        ENDLESS_PACKET,
        /** Sends console output without end. */
        ENDLESS_LOG
    }

    private static final long FOUR_GIB = 1L << 32;

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<PacketLog.Entry> entries;
    private final Fault fault;
    private final int failsAt;
    private final Thread thread = new Thread(this::serve, "packet-player");
    private volatile String deviation;
    private volatile long sentAtFault;
    private int next;
    private int commands;

    /** @param failsAt the command, from 0, from which it fails */
    PacketPlayer(PacketLog log, Fault fault, int failsAt) throws IOException {
        entries = log.entries();
        this.fault = fault;
        this.failsAt = failsAt;
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Where the client first said something else than it said then; null if it did not. */
    String deviation() {
        return deviation;
    }

    /** How many bytes went out after it failed. */
    long sentAtFault() {
        return sentAtFault;
    }

    private void serve() {
        try (Socket socket = server.accept();
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            socket.setTcpNoDelay(true);
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '$' && !answer(payload(in), out)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client went away.
        }
    }

    private static String payload(InputStream in) throws IOException {
        StringBuilder payload = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '#'; c = in.read()) {
            payload.append((char) c);
        }
        in.skipNBytes(2);
        return payload.toString();
    }

    /** Whether there is more to say. */
    private boolean answer(String command, OutputStream out) throws IOException {
        if (fault != Fault.NONE && commands++ >= failsAt) {
            return fail(out);
        }
        if (next == entries.size() || !entries.get(next).payload().equals(command)) {
            if (deviation == null) {
                deviation = "packet " + next + ": " + command + ", expected "
                        + (next < entries.size() ? entries.get(next).payload() : "the end");
            }
            return false;
        }
        next++;
        while (next < entries.size() && !entries.get(next).fromClient()) {
            send(out, entries.get(next++).payload());
        }
        return true;
    }

    private static void send(OutputStream out, String payload) throws IOException {
        int sum = payload.chars().sum() & 0xff;
        out.write(("$" + payload + "#" + "%02x".formatted(sum)).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private boolean fail(OutputStream out) throws IOException {
        switch (fault) {
            case NONE, SILENCE -> {}
            case DROPPED_LINE -> {
                out.write("$0011".getBytes(StandardCharsets.ISO_8859_1));
                return false;
            }
            case HALF_A_PACKET -> {
                if (commands == failsAt + 1) {
                    out.write("$0011".getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            case ERRORS -> send(out, "E01");
            case GARBAGE ->
                out.write("HTTP/1.1 400 Bad Request\r\n\r\n".repeat(400).getBytes(StandardCharsets.ISO_8859_1));
            case ENDLESS_PACKET -> flood(out, "$", "0".repeat(1 << 16));
            case ENDLESS_LOG ->
                flood(out, "", "$O0a#%02x".formatted("O0a".chars().sum() & 0xff));
        }
        out.flush();
        return true;
    }

    private void flood(OutputStream out, String first, String part) throws IOException {
        out.write(first.getBytes(StandardCharsets.ISO_8859_1));
        byte[] bytes = part.getBytes(StandardCharsets.ISO_8859_1);
        for (long sent = bytes.length; sent <= FOUR_GIB; sent += bytes.length) {
            sentAtFault = sent;
            out.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
