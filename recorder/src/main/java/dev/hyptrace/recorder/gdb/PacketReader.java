package dev.hyptrace.recorder.gdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Packets of the remote protocol: {@code $payload#checksum}, where {@code }} escapes a byte and {@code *} repeats one.
 *
 * <p>Payloads are strings of characters 0 to 255, one per byte.
 */
final class PacketReader {
    /** The longest payload taken, after repeats are written out: QEMU's longest is 4 KiB, OpenOCD's 16 KiB. */
    static final int MAX_PAYLOAD = 1 << 20;

    private static final int MAX_NOISE = 4096;
    private static final int MAX_RETRIES = 3;
    private static final int REPEAT_BIAS = 29;
    private static final int ESCAPE_FLIP = 0x20;
    private static final String HEX = "0123456789abcdef";

    private final GdbChannel channel;
    private final StringBuilder payload = new StringBuilder();
    private boolean acknowledging = true;
    private int sum;

    PacketReader(GdbChannel channel) {
        this.channel = channel;
    }

    /** The packet that carries a payload. */
    static byte[] encode(String payload) {
        StringBuilder packet = new StringBuilder(payload.length() + 4).append('$');
        int sum = 0;
        for (int i = 0; i < payload.length(); i++) {
            char c = payload.charAt(i);
            if (c == '$' || c == '#' || c == '}' || c == '*') {
                packet.append('}');
                sum += '}';
                c ^= ESCAPE_FLIP;
            }
            packet.append(c);
            sum += c;
        }
        packet.append('#').append(HEX.charAt(sum >> 4 & 0xf)).append(HEX.charAt(sum & 0xf));
        return packet.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** No acknowledgements from now on, either way. */
    void stopAcknowledging() {
        acknowledging = false;
    }

    /**
     * The next packet's payload; null when none began before the deadline.
     *
     * @throws GdbException when one began and did not end, or is damaged, or is too long
     */
    String next(long deadline) throws IOException {
        for (int attempt = 0; attempt < MAX_RETRIES; attempt++) {
            if (!skipToPacket(deadline)) {
                return null;
            }
            readPayload(deadline);
            int expected = sum & 0xff;
            int stated = digit(deadline) << 4 | digit(deadline);
            if (expected == stated) {
                acknowledge('+', deadline);
                return payload.toString();
            }
            if (!acknowledging) {
                throw damaged("a packet with checksum %02x whose bytes give %02x".formatted(stated, expected));
            }
            acknowledge('-', deadline);
        }
        throw damaged("a packet with a wrong checksum, " + MAX_RETRIES + " times");
    }

    private boolean skipToPacket(long deadline) throws IOException {
        for (int skipped = 0; skipped < MAX_NOISE; skipped++) {
            int c = channel.read(deadline);
            if (c < 0 || c == '$') {
                return c == '$';
            }
        }
        throw damaged(MAX_NOISE + " bytes without a packet; expected a GDB stub");
    }

    private void readPayload(long deadline) throws IOException {
        payload.setLength(0);
        sum = 0;
        for (int c = inside(deadline); c != '#'; c = inside(deadline)) {
            sum += c;
            if (c == '}') {
                int escaped = inside(deadline);
                sum += escaped;
                payload.append((char) (escaped ^ ESCAPE_FLIP));
            } else if (c == '*') {
                repeat(deadline);
            } else {
                payload.append((char) c);
            }
            if (payload.length() > MAX_PAYLOAD) {
                throw damaged("a packet of more than " + MAX_PAYLOAD + " bytes");
            }
        }
    }

    private void repeat(long deadline) throws IOException {
        int count = inside(deadline);
        sum += count;
        if (count < ' ' || payload.isEmpty()) {
            throw damaged("a repeat count of " + (count - REPEAT_BIAS) + ", expected one from 3 after a byte");
        }
        payload.append(String.valueOf(payload.charAt(payload.length() - 1)).repeat(count - REPEAT_BIAS));
    }

    private int digit(long deadline) throws IOException {
        int value = Character.digit(inside(deadline), 16);
        if (value < 0) {
            throw damaged("a packet whose checksum is not hexadecimal");
        }
        return value;
    }

    private int inside(long deadline) throws IOException {
        int c = channel.read(deadline);
        if (c < 0) {
            throw new GdbException(
                    GdbException.Kind.TIMEOUT,
                    channel.name(),
                    "fell silent inside a packet, after " + payload.length() + " bytes");
        }
        return c;
    }

    private void acknowledge(char sign, long deadline) throws IOException {
        if (!acknowledging) {
            return;
        }
        try {
            channel.write(new byte[] {(byte) sign}, deadline);
        } catch (GdbException e) {
            if (sign != '+' || e.kind() != GdbException.Kind.CLOSED) {
                throw e;
            }
            // The packet is here: it may say that the target has exited, and then nobody waits for this any more.
        }
    }

    private GdbException damaged(String what) {
        return new GdbException(GdbException.Kind.PROTOCOL, channel.name(), "sent " + what);
    }
}
