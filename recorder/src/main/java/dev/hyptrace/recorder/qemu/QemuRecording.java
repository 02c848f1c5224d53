package dev.hyptrace.recorder.qemu;

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
import dev.hyptrace.recorder.live.PlainServer;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.container.TraceWriter;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.Sha256;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A recording of a guest in QEMU.
 *
 * <p>Its phases: {@link #start} starts QEMU and connects, {@link #header} says what is recorded, {@link #record} records, and
 * {@link #close} ends QEMU. {@link #toFile} goes through all of them.
 *
 * <p>When this virtual machine is told to end (Ctrl-C), the recording is asked to stop and has {@value #GRACE_SECONDS} s to be
 * closed; QEMU is ended in any case.
 */
public final class QemuRecording implements Closeable {
    /** What the header calls this source. */
    public static final String SOURCE = "qemu-gdb";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long GRACE_SECONDS = 5;

    private final QemuOptions options;
    private final QemuListener listener;
    private final QemuArguments arguments;
    private final List<TraceHeader.Image> images;
    private final String version;
    private final Thread hook = new Thread(this::endInTime, "hyptrace-qemu-end");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stopRequested;
    private volatile QemuProcess process;
    private GdbClient client;
    private TargetDescription description;
    private RegisterMap map;

    private QemuRecording(QemuOptions options, QemuListener listener) throws IOException {
        this.options = options;
        this.listener = listener;
        arguments = new QemuArguments(options.arguments());
        images = images(arguments);
        version = QemuProcess.version(options.program());
    }

    /**
     * Starts QEMU with its guest standing still, and connects to it.
     *
     * @throws IllegalArgumentException when an argument of QEMU's is for the recorder to set
     * @throws IOException when QEMU is missing, refuses its arguments, or has no Hyp mode to record
     */
    public static QemuRecording start(QemuOptions options, QemuListener listener) throws IOException {
        QemuRecording recording = new QemuRecording(options, listener);
        Runtime.getRuntime().addShutdownHook(recording.hook);
        try {
            recording.launch();
            return recording;
        } catch (IOException | RuntimeException e) {
            recording.close();
            throw e;
        }
    }

    /**
     * Records into a file. The first hypercalls, and later every few dozen, are on disk as soon as
     * they have ended.
     *
     * @throws IOException as of {@link #start} and {@link #record}, and when the file cannot be written; what was recorded until
     *     then is in the file
     */
    public static FollowSummary toFile(Path file, TraceWriter.Options how, QemuOptions options, QemuListener listener)
            throws IOException {
        try (QemuRecording recording = start(options, listener);
                TraceWriter writer = TraceWriter.create(file, recording.header(), how)) {
            return recording.record(new FlushedWriter(writer));
        }
    }

    private void launch() throws IOException {
        process = QemuProcess.start(options.program(), arguments.completed(), listener);
        try {
            GdbChannel channel = GdbChannel.connect("QEMU's GDB stub", process.stub(), PATIENCE, process::isAlive);
            client = GdbClient.open(channel, PATIENCE);
            description = client.description();
            map = RegisterMap.of(client.name(), description, RegisterAliases.standard());
        } catch (GdbException e) {
            throw new IOException(process.isAlive() ? e.getMessage() : process.lastWords(), e);
        }
        if (map.target(Register.HVBAR).isEmpty()) {
            throw new IOException("QEMU's machine '" + arguments.machine()
                    + "' has no Hyp mode: it describes no HVBAR (for virt: -M virt,virtualization=on)");
        }
    }

    /** What the recording says of itself. The same for the same QEMU, arguments and images. */
    public TraceHeader header() {
        List<String> command = new ArrayList<>();
        command.add(options.program());
        command.addAll(arguments.completed());
        return new TraceHeader(SOURCE, version, arguments.machine(), command, images, List.of(), attributes());
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new TreeMap<>(options.follow().attributes());
        if (options.scout()) {
            attributes.put("state-at-hvc", "scouted");
        }
        if (!map.unknown().isEmpty()) {
            attributes.put("registers-not-known", String.join(" ", map.unknown()));
        }
        return attributes;
    }

    /**
     * Records. To be called once.
     *
     * @throws IOException when QEMU or its stub fails, or the sink does; all events up to then have been given to the sink
     */
    public FollowSummary record(EventSink sink) throws IOException {
        if (!options.scout()) {
            return follow(options.follow(), sink, listener);
        }
        FollowOptions scouting = options.follow()
                .withRewind(false)
                .withHypSteps(FollowOptions.DEFAULT_HYP_STEPS)
                .withWindows(List.of())
                .withStepsAfterReturn(0);
        FollowSummary scouted = follow(scouting, event -> {}, FollowListener.NONE);
        disconnect();
        launch();
        listener.note("scouted " + scouted.hypercalls() + " hypercalls from "
                + scouted.sites().size() + " places");
        return follow(options.follow().withSites(scouted.sites()), sink, listener);
    }

    private FollowSummary follow(FollowOptions how, EventSink sink, FollowListener who) throws IOException {
        RegisterReader reader = new RegisterReader(client, description, map);
        try {
            return new HypercallFollower(
                            client,
                            new PlainServer(client, reader, how.inject()),
                            how,
                            sink,
                            who,
                            options.timeLimit(),
                            () -> stopRequested)
                    .follow();
        } catch (GdbException e) {
            if (e.kind() == GdbException.Kind.CLOSED) {
                throw new IOException(process.lastWords(), e);
            }
            throw e;
        }
    }

    /** Ends the recording soon, in order. From any thread. */
    public void requestStop() {
        stopRequested = true;
    }

    /** Ends QEMU. */
    @Override
    public void close() throws IOException {
        try {
            disconnect();
        } finally {
            closed.countDown();
            forgetHook();
        }
    }

    private void disconnect() throws IOException {
        try {
            if (client != null) {
                client.close();
            }
        } finally {
            client = null;
            if (process != null) {
                process.close();
            }
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The virtual machine is ending, and the hook has run or is waiting for this very close.
        }
    }

    private void endInTime() {
        requestStop();
        try {
            if (closed.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        QemuProcess running = process;
        if (running != null) {
            running.close();
        }
    }

    private static List<TraceHeader.Image> images(QemuArguments arguments) throws IOException {
        List<TraceHeader.Image> images = new ArrayList<>();
        for (QemuArguments.ImageFile file : arguments.images()) {
            Path path = Path.of(file.path());
            images.add(new TraceHeader.Image(path.getFileName().toString(), sha256(path), file.address()));
        }
        return images;
    }

    private static String sha256(Path path) throws IOException {
        try {
            return Sha256.ofFile(path);
        } catch (NoSuchFileException e) {
            throw new IOException(path + ": there is no such image", e);
        }
    }
}
