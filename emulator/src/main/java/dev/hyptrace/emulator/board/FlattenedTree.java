package dev.hyptrace.emulator.board;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a flattened device tree, version 17: Devicetree Specification, chapter 5 "Flattened Devicetree (DTB) Format".
 *
 * <pre>
 * header: magic, total size, offsets of structure, strings and reservations, version, compatible version, boot cpu,
 *         size of strings, size of structure; all big-endian words
 * reservations: one empty entry
 * structure: BEGIN_NODE name..., PROP length name-offset value..., END_NODE, END
 * strings: property names
 * </pre>
 */
final class FlattenedTree {
    private static final int MAGIC = 0xd00dfeed;
    private static final int HEADER_SIZE = 40;
    private static final int RESERVATIONS_SIZE = 16;
    private static final int VERSION = 17;
    private static final int COMPATIBLE_VERSION = 16;
    private static final int BEGIN_NODE = 1;
    private static final int END_NODE = 2;
    private static final int PROPERTY = 3;
    private static final int END = 9;

    private final ByteArrayOutputStream structureBytes = new ByteArrayOutputStream();
    private final DataOutputStream structure = new DataOutputStream(structureBytes);
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final Map<String, Integer> stringOffsets = new LinkedHashMap<>();

    /** Opens a node; the root's name is empty. */
    FlattenedTree begin(String name) {
        word(BEGIN_NODE);
        bytes(zeroTerminated(name));
        return this;
    }

    /** Closes the node opened last. */
    FlattenedTree end() {
        word(END_NODE);
        return this;
    }

    /** A property without a value. */
    FlattenedTree flag(String name) {
        return property(name, new byte[0]);
    }

    /** A property of cells. */
    FlattenedTree cells(String name, int... values) {
        byte[] bytes = new byte[4 * values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (values[i / 4] >>> 24 - 8 * (i % 4));
        }
        return property(name, bytes);
    }

    /** A property of one or more strings. */
    FlattenedTree text(String name, String... values) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String value : values) {
            all.writeBytes(zeroTerminated(value));
        }
        return property(name, all.toByteArray());
    }

    private FlattenedTree property(String name, byte[] value) {
        word(PROPERTY);
        word(value.length);
        word(stringOffsets.computeIfAbsent(name, key -> {
            int offset = strings.size();
            strings.writeBytes(zeroTerminated(key));
            return offset;
        }));
        bytes(value);
        return this;
    }

    /**
     * The tree as a blob.
     *
     * @param size the size in bytes that it has and says to have, if that is enough; what is left over is free space
     */
    byte[] toBytes(int size) {
        word(END);
        int structureOffset = HEADER_SIZE + RESERVATIONS_SIZE;
        int stringsOffset = structureOffset + structureBytes.size();
        int total = Math.max(size, stringsOffset + strings.size());
        ByteArrayOutputStream blob = new ByteArrayOutputStream(total);
        try (DataOutputStream out = new DataOutputStream(blob)) {
            int[] header = {
                MAGIC,
                total,
                structureOffset,
                stringsOffset,
                HEADER_SIZE,
                VERSION,
                COMPATIBLE_VERSION,
                0,
                strings.size(),
                structureBytes.size()
            };
            for (int field : header) {
                out.writeInt(field);
            }
            out.write(new byte[RESERVATIONS_SIZE]);
            structureBytes.writeTo(out);
            strings.writeTo(out);
            out.write(new byte[total - out.size()]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return blob.toByteArray();
    }

    private void word(int value) {
        try {
            structure.writeInt(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void bytes(byte[] value) {
        structureBytes.writeBytes(value);
        structureBytes.writeBytes(new byte[-value.length & 3]);
    }

    private static byte[] zeroTerminated(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
