package dev.hyptrace.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/**
 * What a guest sends to its UART, as it comes. A terminal gets only what cannot command it: other bytes than visible ASCII,
 * tabs and line feeds are written as {@code \xNN}, carriage returns are left out.
 */
final class ByteOutput implements IntConsumer {
    private final OutputStream out;
    private final boolean terminal;

    ByteOutput(OutputStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void accept(int character) {
        try {
            write(character & 0xff);
            if (character == '\n') {
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(int character) throws IOException {
        if (!terminal || character == '\n' || character == '\t' || character >= ' ' && character < 0x7f) {
            out.write(character);
        } else if (character != '\r') {
            out.write(String.format("\\x%02x", character).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
