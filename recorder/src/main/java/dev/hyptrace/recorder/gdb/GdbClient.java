package dev.hyptrace.recorder.gdb;

import dev.hyptrace.traces.model.Hex;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One connection to a GDB stub, as its debugger. For one thread.
 *
 * <p>Commands that need no answer from one another go out together and are answered together: QEMU reads 152 system registers
 * that way in 0.7 ms instead of 15. All answers must come within the patience given; after a {@link GdbException} of any kind
 * but {@code REFUSED} the connection is of no more use.
 *
 * <p>The phases of a session: {@link #open}, {@link #description}, then while the target is stopped {@link #exchange} and the
 * memory and breakpoint methods, {@link #step} or {@link #resume} and {@link #awaitStop}.
 */
public final class GdbClient implements Closeable {
    private static final HexFormat HEX = HexFormat.of();
    private static final int MAX_THREADS = 64;
    private static final int MAX_BATCH = 16 * 1024;
    /** The length that stands for a 32-bit instruction in Z1: GDB's arm_breakpoint_kind. */
    private static final int BREAKPOINT_KIND = 4;

    private final GdbChannel channel;
    private final PacketReader packets;
    private final long patience;
    private StopReply lastStop;
    /** Whether the stub answers commands that are sent together: one that waits for acknowledgements does not. */
    private boolean together;

    private GdbClient(GdbChannel channel, Duration patience) {
        this.channel = channel;
        this.patience = patience.toNanos();
        packets = new PacketReader(channel);
    }

    /**
     * Greets the stub, turns acknowledgements off where it lets us, and asks why the target stands still.
     *
     * @param patience how long any one answer may take
     */
    public static GdbClient open(GdbChannel channel, Duration patience) throws IOException {
        GdbClient client = new GdbClient(channel, patience);
        client.command("qSupported:swbreak+;hwbreak+;vContSupported+;xmlRegisters=arm");
        client.together = client.command("QStartNoAckMode").equals("OK") || client.isQemu();
        if (client.together) {
            client.packets.stopAcknowledging();
        }
        client.lastStop = StopReply.parse(client.name(), client.command("?"));
        return client;
    }

    /** QEMU 7.2 does not know QStartNoAckMode but takes the next command for an acknowledgement. */
    private boolean isQemu() throws IOException {
        return command("qqemu.sstepbits").startsWith("ENABLE=");
    }

    /** What to call the stub in messages. */
    public String name() {
        return channel.name();
    }

    /** The latest stop, from {@link #open} on. */
    public StopReply lastStop() {
        return lastStop;
    }

    /** Sends a command and returns the payload of the answer: empty when the stub does not know the command. */
    public String command(String payload) throws IOException {
        return exchange(List.of(payload)).get(0);
    }

    /**
     * Sends commands, together if the stub allows it, and returns their answers in order. None of them may let the target run.
     *
     * @throws GdbException when an answer stays out
     */
    public List<String> exchange(List<String> payloads) throws IOException {
        List<String> answers = new ArrayList<>(payloads.size());
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        for (int sent = 0; sent < payloads.size(); sent++) {
            batch.writeBytes(PacketReader.encode(payloads.get(sent)));
            if (!together || batch.size() >= MAX_BATCH || sent == payloads.size() - 1) {
                write(batch.toByteArray());
                batch.reset();
                while (answers.size() <= sent) {
                    answers.add(answer(payloads.get(answers.size())));
                }
            }
        }
        return answers;
    }

    private String answer(String payload) throws IOException {
        String packet = packets.next(deadline());
        if (packet == null) {
            throw timeout("gave no answer to '" + Printable.of(payload) + "' within "
                    + patience().toMillis() + " ms");
        }
        if (packet.matches("[WX][0-9a-fA-F]{2}.*")) {
            StopReply.parse(name(), packet);
        }
        return packet;
    }

    /** The target's own list of its registers. */
    public TargetDescription description() throws IOException {
        return TargetDescriptionParser.parse(name(), this::readFeature);
    }

    /** Whether the stub has {@link #description} at all. */
    public boolean describesItself() throws IOException {
        return !command("qXfer:features:read:target.xml:0,ffb").isEmpty();
    }

    private String readFeature(String annex) throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            String part = command("qXfer:features:read:%s:%x,ffb".formatted(annex, text.length()));
            char kind = part.isEmpty() ? ' ' : part.charAt(0);
            if (kind != 'l' && kind != 'm') {
                throw refused("the register description '" + Printable.of(annex) + "'", part);
            }
            text.append(part, 1, part.length());
            if (kind == 'l') {
                return text.toString();
            }
            if (part.length() == 1 || text.length() > TargetDescriptionParser.MAX_TEXT) {
                throw protocol("sends a register description without end");
            }
        }
    }

    /**
     * What the server's own command says ({@code monitor} in GDB), and anything it logs meanwhile.
     *
     * @throws GdbException of kind {@code REFUSED} when it has no commands or answers with an error packet
     */
    public String monitor(String command) throws IOException {
        send("qRcmd," + HEX.formatHex(command.getBytes(StandardCharsets.ISO_8859_1)));
        StringBuilder text = new StringBuilder();
        for (int packets = 0; packets < MAX_BATCH && text.length() <= TargetDescriptionParser.MAX_TEXT; packets++) {
            String answer = answer("monitor " + command);
            if (answer.equals("OK")) {
                return text.toString();
            }
            boolean last = !answer.startsWith("O");
            if (answer.isEmpty() || last && answer.length() % 2 != 0) {
                throw refused("the command '" + Printable.of(command) + "'", answer);
            }
            text.append(decoded(last ? answer : answer.substring(1)));
            if (last) {
                return text.toString();
            }
        }
        throw protocol("answers '" + Printable.of(command) + "' without end");
    }

    private String decoded(String digits) throws GdbException {
        try {
            return new String(HEX.parseHex(digits), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw protocol("sent '" + Printable.of(digits) + "' for text, expected hexadecimal digits");
        }
    }

    /** The target's threads, which are processors, in ascending order. */
    public List<Integer> threads() throws IOException {
        List<Integer> threads = new ArrayList<>();
        String part = command("qfThreadInfo");
        while (part.startsWith("m") && threads.size() < MAX_THREADS) {
            for (String id : part.substring(1).split(",")) {
                threads.add(StopReply.threadNumber(id));
            }
            part = command("qsThreadInfo");
        }
        threads.removeIf(thread -> thread < 1);
        return threads.isEmpty()
                ? List.of(Math.max(1, lastStop.thread()))
                : threads.stream().sorted().distinct().toList();
    }

    /** Makes a thread the one whose registers and memory the other commands mean. */
    public void select(int thread) throws IOException {
        require("Hg%x".formatted(thread), "thread " + thread);
    }

    /** Memory as the selected thread sees it now; empty when the stub cannot read it. */
    public Optional<byte[]> readMemory(int address, int length) throws IOException {
        return memory(command(readMemoryCommand(address, length)), length);
    }

    /** The command that {@link #memory} understands the answer of. */
    public static String readMemoryCommand(int address, int length) {
        return "m%s,%x".formatted(Hex.digits(address), length);
    }

    /** The bytes in the answer to {@link #readMemoryCommand}; empty for an error or a short answer. */
    public Optional<byte[]> memory(String answer, int length) throws GdbException {
        if (answer.length() != 2 * length) {
            return Optional.empty();
        }
        try {
            return Optional.of(HEX.parseHex(answer));
        } catch (IllegalArgumentException e) {
            throw protocol("sent '" + Printable.of(answer) + "' for memory, expected hexadecimal digits");
        }
    }

    /** Writes memory as the selected thread sees it; false when the stub refuses. */
    public boolean writeMemory(int address, byte[] bytes) throws IOException {
        return command("M%s,%x:%s".formatted(Hex.digits(address), bytes.length, HEX.formatHex(bytes)))
                .equals("OK");
    }

    /** Sets a 32-bit register of the selected thread. */
    public void writeRegister(TargetRegister register, int value) throws IOException {
        String digits = Hex.digits(Integer.reverseBytes(value));
        require("P%x=%s".formatted(register.number(), digits), "a write to " + register.name());
    }

    /** Sets a hardware breakpoint at a virtual address. */
    public void insertBreakpoint(int address) throws IOException {
        require("Z1,%s,%d".formatted(Hex.digits(address), BREAKPOINT_KIND), "a breakpoint at " + Hex.word(address));
    }

    /** Removes what {@link #insertBreakpoint} set. */
    public void removeBreakpoint(int address) throws IOException {
        require(
                "z1,%s,%d".formatted(Hex.digits(address), BREAKPOINT_KIND),
                "removing the breakpoint at " + Hex.word(address));
    }

    /** Executes one instruction on one thread while the others stand still. */
    public StopReply step(int thread) throws IOException {
        return step(thread, patience());
    }

    /** As {@link #step(int)}, of an instruction that may wait for an interrupt: it is stopped after the time given. */
    public StopReply step(int thread, Duration atMost) throws IOException {
        send("vCont;s:%x".formatted(thread));
        Optional<StopReply> stop = awaitStop(atMost);
        return stop.isPresent() ? stop.get() : interrupt();
    }

    /** Lets all threads run; {@link #awaitStop} then says when they stopped. */
    public void resume() throws IOException {
        send("vCont;c");
    }

    /** Lets one thread run while the others stand still. */
    public void resume(int thread) throws IOException {
        send("vCont;c:%x".formatted(thread));
    }

    /** The stop of the running target; empty when it went on for the time given. */
    public Optional<StopReply> awaitStop(Duration atMost) throws IOException {
        long deadline = System.nanoTime() + atMost.toNanos();
        String packet = packets.next(deadline);
        while (packet != null && packet.startsWith("O")) {
            packet = System.nanoTime() - deadline < 0 ? packets.next(deadline) : null;
        }
        if (packet == null) {
            return Optional.empty();
        }
        if (packet.isEmpty()) {
            throw refused("stepping or running (vCont)", packet);
        }
        lastStop = StopReply.parse(name(), packet);
        return Optional.of(lastStop);
    }

    /** Stops the running target. */
    public StopReply interrupt() throws IOException {
        write(new byte[] {3});
        return awaitStop(patience()).orElseThrow(() -> timeout("does not stop the target when interrupted"));
    }

    /** Lets the stopped target run on without a debugger. A stub that fails at it is left as it is. */
    public void detach() throws IOException {
        try {
            command("D");
        } catch (GdbException e) {
            // It has gone away, or hangs: there is nobody to take leave of.
        }
    }

    /** How long any one answer may take. */
    public Duration patience() {
        return Duration.ofNanos(patience);
    }

    private void send(String payload) throws IOException {
        write(PacketReader.encode(payload));
    }

    /** A target that ends says so and closes; that it said so must not be lost when the next command meets a closed door. */
    private void write(byte[] bytes) throws IOException {
        try {
            channel.write(bytes, deadline());
        } catch (GdbException closed) {
            if (closed.kind() == GdbException.Kind.CLOSED) {
                readLastWords(closed);
            }
            throw closed;
        }
    }

    private void readLastWords(GdbException closed) throws IOException {
        try {
            for (String packet = packets.next(deadline()); packet != null; packet = packets.next(deadline())) {
                if (packet.matches("[WX][0-9a-fA-F]{2}.*")) {
                    StopReply.parse(name(), packet);
                }
            }
        } catch (GdbException e) {
            if (e.kind() == GdbException.Kind.EXITED) {
                throw e;
            }
            closed.addSuppressed(e);
        }
    }

    private void require(String payload, String what) throws IOException {
        String answer = command(payload);
        if (!answer.equals("OK")) {
            throw refused(what, answer);
        }
    }

    private long deadline() {
        return System.nanoTime() + patience;
    }

    private GdbException refused(String what, String answer) {
        String how = answer.isEmpty() ? "does not support" : "answers '" + Printable.of(answer) + "' to";
        return new GdbException(GdbException.Kind.REFUSED, name(), how + " " + what);
    }

    private GdbException protocol(String problem) {
        return new GdbException(GdbException.Kind.PROTOCOL, name(), problem);
    }

    private GdbException timeout(String problem) {
        return new GdbException(GdbException.Kind.TIMEOUT, name(), problem);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
