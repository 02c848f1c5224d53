package dev.hyptrace.recorder.server;

import dev.hyptrace.recorder.gdb.GdbChannel;
import dev.hyptrace.recorder.gdb.GdbClient;
import dev.hyptrace.recorder.gdb.GdbException;
import dev.hyptrace.recorder.gdb.RegisterAliases;
import dev.hyptrace.recorder.gdb.RegisterMap;
import dev.hyptrace.recorder.gdb.RegisterReader;
import dev.hyptrace.recorder.gdb.TargetDescription;
import dev.hyptrace.recorder.live.Board;
import dev.hyptrace.recorder.live.FollowListener;
import dev.hyptrace.recorder.live.FollowOptions;
import dev.hyptrace.recorder.live.FollowSummary;
import dev.hyptrace.recorder.live.HypercallFollower;
import dev.hyptrace.recorder.live.PlainServer;
import dev.hyptrace.recorder.openocd.OpenOcdBoard;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A recording of a target that a GDB server has stopped when it was connected to.
 *
 * <p>Hypercalls are found by HVBAR. QEMU shows it always; OpenOCD in Hyp mode ({@link OpenOcdBoard}); other servers do not, and
 * then the user must say where the vectors are. What single-stepping does to the target is the server's affair: QEMU keeps
 * interrupts and timers back while Hyp mode is stepped, a board's debugger may let them through or mask them. The time between
 * two instructions is that of the connection. What is known of all that, is told the user and kept in the header, as {@code
 * limits}.
 */
public final class ServerRecording implements Closeable {
    /** What the header calls this source. */
    public static final String SOURCE = "gdb";

    private static final Duration NO_LIMIT = Duration.ofDays(10_000);

    private final GdbClient client;
    private final RegisterMap map;
    private final FollowOptions options;
    private final FollowListener listener;
    private final Board board;
    private final Optional<OpenOcdBoard> openOcd;
    private final List<String> limits = new ArrayList<>();
    /** Whether the server can still be talked to. */
    private boolean answers = true;

    private volatile boolean stopRequested;

    private ServerRecording(GdbClient client, FollowOptions options, FollowListener listener) throws IOException {
        this.client = client;
        this.options = options;
        this.listener = listener;
        TargetDescription description = description();
        map = RegisterMap.of(client.name(), description, RegisterAliases.standard());
        RegisterReader reader = new RegisterReader(client, description, map);
        boolean showsBase = map.target(Register.HVBAR).isPresent();
        openOcd = showsBase ? Optional.empty() : OpenOcdBoard.probe(client, reader, options.inject());
        board = openOcd.isPresent() ? openOcd.get() : new PlainServer(client, reader, options.inject());
        if (!showsBase) {
            requireBase();
            openOcd.map(OpenOcdBoard::limits)
                    .orElse(List.of(
                            "the server shows no system registers: HVBAR is taken from --hvbar, a change of it is"
                                    + " not seen, and a call is told from a trap only at an HVC that is known (--hvc)"))
                    .forEach(limits::add);
        } else {
            limits.addAll(qemuLimits());
        }
    }

    private TargetDescription description() throws IOException {
        if (client.describesItself()) {
            return client.description();
        }
        limits.add("the server describes no registers: R0 to R15 and CPSR are recorded, by GDB's own layout");
        return TargetDescription.withoutDescription(client.name(), client.command("g"));
    }

    /** HVBAR must be known from somewhere before the target runs. */
    private void requireBase() throws IOException {
        if (!options.bases().isEmpty() || !options.sites().isEmpty()) {
            return;
        }
        boolean readable = openOcd.isPresent();
        State state = readable ? board.read(List.of(Register.HVBAR)) : State.unknown();
        if (state.has(Register.HVBAR)) {
            return;
        }
        String mode = state.mode().map(Mode::name).orElse("an unknown mode");
        throw new GdbException(
                GdbException.Kind.REFUSED,
                client.name(),
                readable
                        ? "HVBAR, by which hypercalls are found, can be read in Hyp mode only, and the target stands in "
                                + mode + ": give --hvbar ADDRESS or --hvc ADDRESS, or stop the target in Hyp mode"
                        : "describes no HVBAR, by which hypercalls are found: give --hvbar ADDRESS or --hvc ADDRESS"
                                + " (for QEMU's virt: -M virt,virtualization=on)");
    }

    private List<String> qemuLimits() throws IOException {
        return client.command("qqemu.sstepbits").startsWith("ENABLE=")
                ? List.of("QEMU: no time passes on the virtual clock while single steps are made, and none of an HVC is"
                        + " interrupted: what is stepped is not what runs freely")
                : List.of();
    }

    /**
     * Connects, which stops the target.
     *
     * @param patience how long any one answer may take
     * @throws GdbException when nobody listens there, or it is no GDB server with an Arm processor, or HVBAR cannot be
     *     known
     */
    public static ServerRecording connect(
            InetSocketAddress server, Duration patience, FollowOptions options, FollowListener listener)
            throws IOException {
        String name = server.getHostString() + ":" + server.getPort();
        return over(GdbChannel.connect(name, server, patience, () -> false), patience, options, listener);
    }

    /** As {@link #connect}, with what is connected already. It is closed if this fails. */
    static ServerRecording over(GdbChannel channel, Duration patience, FollowOptions options, FollowListener listener)
            throws IOException {
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
        if (!limits.isEmpty()) {
            attributes.put("limits", String.join("; ", limits));
        }
        return new TraceHeader(SOURCE, "", "", List.of(), List.of(), List.of(), attributes);
    }

    /**
     * Records. To be called once.
     *
     * @throws IOException when the server or the sink fails; all events up to then have been given to the sink
     */
    public FollowSummary record(EventSink sink) throws IOException {
        for (String limit : limits) {
            listener.note(limit);
        }
        try {
            return new HypercallFollower(client, board, options, sink, listener, NO_LIMIT, () -> stopRequested)
                    .follow();
        } catch (GdbException e) {
            answers = e.kind() == GdbException.Kind.REFUSED;
            throw e;
        }
    }

    /** Ends the recording soon, in order. From any thread. */
    public void requestStop() {
        stopRequested = true;
    }

    /** Lets the target run on, and leaves the server. */
    @Override
    public void close() throws IOException {
        try (client) {
            if (answers) {
                leave();
                client.detach();
            }
        }
    }

    /** A server that fails at it is left as it is. */
    private void leave() throws IOException {
        try {
            if (openOcd.isPresent()) {
                openOcd.get().leave();
            }
        } catch (GdbException e) {
            // It has gone away, or hangs.
        }
    }
}
