package dev.hyptrace.recorder.server;

import dev.hyptrace.recorder.gdb.GdbChannel;
import dev.hyptrace.recorder.gdb.GdbClient;
import dev.hyptrace.recorder.gdb.GdbException;
import dev.hyptrace.recorder.gdb.RegisterAliases;
import dev.hyptrace.recorder.gdb.RegisterMap;
import dev.hyptrace.recorder.gdb.RegisterReader;
import dev.hyptrace.recorder.gdb.TargetDescription;
import dev.hyptrace.recorder.live.FollowListener;
import dev.hyptrace.recorder.live.FollowOptions;
import dev.hyptrace.recorder.live.FollowSummary;
import dev.hyptrace.recorder.live.HypercallFollower;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A recording of a target that a GDB server has stopped when it was connected to.
 *
 * <p>The server must show HVBAR: by it hypercalls are found. What single-stepping does to the target is the server's affair: QEMU
 * keeps interrupts and timers back while Hyp mode is stepped, a board's debugger may let them through or mask them. The time
 * between two instructions is that of the connection.
 */
public final class ServerRecording implements Closeable {
    /** What the header calls this source. */
    public static final String SOURCE = "gdb";

    /** How long to wait for an answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration NO_LIMIT = Duration.ofDays(10_000);

    private final GdbClient client;
    private final TargetDescription description;
    private final RegisterMap map;
    private final FollowOptions options;
    private final FollowListener listener;
    private volatile boolean stopRequested;

    private ServerRecording(GdbClient client, FollowOptions options, FollowListener listener) throws IOException {
        this.client = client;
        this.options = options;
        this.listener = listener;
        description = client.description();
        map = RegisterMap.of(client.name(), description, RegisterAliases.standard());
        if (map.target(Register.HVBAR).isEmpty()) {
            throw new GdbException(
                    GdbException.Kind.REFUSED,
                    client.name(),
                    "describes no HVBAR, by which hypercalls are found (for QEMU's virt: -M virt,virtualization=on)");
        }
    }

    /**
     * Connects, which stops the target.
     *
     * @param patience how long any one answer may take
     * @throws GdbException when nobody listens there, or it is no GDB server with an Arm processor that shows HVBAR
     */
    public static ServerRecording connect(
            InetSocketAddress server, Duration patience, FollowOptions options, FollowListener listener)
            throws IOException {
        String name = server.getHostString() + ":" + server.getPort();
        GdbChannel channel = GdbChannel.connect(name, server, patience, () -> false);
        try {
            return new ServerRecording(GdbClient.open(channel, patience), options, listener);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What the recording says of itself. */
    public TraceHeader header() {
        Map<String, String> attributes = new TreeMap<>(options.attributes());
        attributes.put("server", client.name());
        if (!map.unknown().isEmpty()) {
            attributes.put("registers-not-known", String.join(" ", map.unknown()));
        }
        return new TraceHeader(SOURCE, "", "", List.of(), List.of(), List.of(), attributes);
    }

    /**
     * Records. To be called once.
     *
     * @throws IOException when the server or the sink fails; all events up to then have been given to the sink
     */
    public FollowSummary record(EventSink sink) throws IOException {
        RegisterReader reader = new RegisterReader(client, description, map);
        return new HypercallFollower(client, reader, options, sink, listener, NO_LIMIT, () -> stopRequested).follow();
    }

    /** Ends the recording soon, in order. From any thread. */
    public void requestStop() {
        stopRequested = true;
    }

    /** Lets the target run on, and leaves the server. */
    @Override
    public void close() throws IOException {
        try (client) {
            client.detach();
        }
    }
}
