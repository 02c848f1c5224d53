package dev.hyptrace.traces.container;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Texts of a chunk: each is written once and referred to after that. */
final class TextEncoder {
    /** A longer text is no event but a mistake of the importer. */
    static final int MAX_LENGTH = 1 << 20;
    /** Only the first texts of a chunk are remembered, and no long ones. */
    static final int MAX_REMEMBERED = 4096;

    static final int MAX_REMEMBERED_LENGTH = 1024;

    private final ColumnWriter references;
    private final ColumnWriter bytes;
    private final Map<String, Integer> known = new HashMap<>();

    TextEncoder(ColumnsWriter columns) {
        references = columns.get(ColumnId.TEXT_REFERENCES);
        bytes = columns.get(ColumnId.TEXTS);
    }

    void text(String text) {
        Integer reference = known.get(text);
        if (reference != null) {
            references.varint(reference + 1);
            return;
        }
        references.varint(0);
        writeNew(text);
        if (isRemembered(text, known.size())) {
            known.put(text, known.size());
        }
    }

    static boolean isRemembered(String text, int remembered) {
        return remembered < MAX_REMEMBERED && text.length() <= MAX_REMEMBERED_LENGTH;
    }

    /** UTF-8, or UTF-16 for a text with a lone surrogate, which UTF-8 cannot hold. */
    private void writeNew(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        int isUtf16 = 0;
        if (!new String(encoded, StandardCharsets.UTF_8).equals(text)) {
            ByteBuffer utf16 = ByteBuffer.allocate(text.length() * 2);
            utf16.asCharBuffer().put(text);
            encoded = utf16.array();
            isUtf16 = 1;
        }
        bytes.varint((long) encoded.length << 1 | isUtf16);
        bytes.bytes(encoded);
    }

    void beginChunk() {
        known.clear();
    }
}
