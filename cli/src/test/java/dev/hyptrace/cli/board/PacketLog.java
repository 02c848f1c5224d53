package dev.hyptrace.cli.board;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a client and a GDB server said to one another, a payload a line: {@code >} before the client's, {@code <} before the server's.
 * Lines with {@code #} say where it is from.
 *
 * @param entries in order
 */
record PacketLog(List<Entry> entries) {
    /**
     * One packet.
     *
     * @param fromClient whose it is
     * @param payload between {@code $} and {@code #}, escapes as sent
     */
    record Entry(boolean fromClient, String payload) {}

    PacketLog {
        entries = List.copyOf(entries);
    }

    static PacketLog read(InputStream compressed) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(compressed), StandardCharsets.ISO_8859_1))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    entries.add(
                            new Entry(line.startsWith(">"), line.substring(2).replace("\\n", "\n")));
                }
            }
        }
        return new PacketLog(entries);
    }

    byte[] written(String origin) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer writer = new OutputStreamWriter(new GZIPOutputStream(bytes), StandardCharsets.ISO_8859_1)) {
            writer.write("# " + origin + "\n");
            for (Entry entry : entries) {
                writer.write((entry.fromClient ? "> " : "< ") + entry.payload.replace("\n", "\\n") + "\n");
            }
        }
        return bytes.toByteArray();
    }
}
