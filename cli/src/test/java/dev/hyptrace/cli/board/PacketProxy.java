package dev.hyptrace.cli.board;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Stands between a client and a GDB server, passes every byte on, and keeps the packets. For one connection. */
final class PacketProxy implements Closeable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<PacketLog.Entry> entries = Collections.synchronizedList(new ArrayList<>());
    private final int to;

    PacketProxy(int to) throws IOException {
        this.to = to;
        start("proxy", this::serve);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    PacketLog log() {
        synchronized (entries) {
            return new PacketLog(entries);
        }
    }

    private void serve() {
        try (Socket client = server.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), to)) {
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            start("proxy-back", () -> pass(target, client, false));
            pass(client, target, true);
        } catch (IOException e) {
            // Either side went away.
        }
    }

    private void pass(Socket from, Socket into, boolean fromClient) {
        try (InputStream in = new BufferedInputStream(from.getInputStream());
                OutputStream out = into.getOutputStream()) {
            StringBuilder payload = new StringBuilder();
            boolean inside = false;
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '$') {
                    payload.setLength(0);
                    inside = true;
                } else if (c == '#' && inside) {
                    entries.add(new PacketLog.Entry(fromClient, payload.toString()));
                    inside = false;
                } else if (inside) {
                    payload.append((char) c);
                }
                out.write(c);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            // Either side went away.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
