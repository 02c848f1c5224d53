package dev.hyptrace.traces.container;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The inverse of {@link TextEncoder}. */
final class TextDecoder {
    private final ColumnReader references;
    private final ColumnReader bytes;
    private final List<String> known = new ArrayList<>();

    TextDecoder(ColumnsReader columns) {
        references = columns.get(ColumnId.TEXT_REFERENCES);
        bytes = columns.get(ColumnId.TEXTS);
    }

    String text() throws CorruptChunkException {
        int reference = references.varint(known.size() + 1, "the reference to a text");
        if (reference > 0) {
            return known.get(reference - 1);
        }
        String text = readNew();
        if (TextEncoder.isRemembered(text, known.size())) {
            known.add(text);
        }
        return text;
    }

    private String readNew() throws CorruptChunkException {
        int length = bytes.varint(Frame.MAX_BODY, "the length of a text");
        ByteBuffer encoded = ByteBuffer.wrap(bytes.bytes(length >>> 1));
        if ((length & 1) != 0) {
            return encoded.asCharBuffer().toString();
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
        } catch (CharacterCodingException e) {
            throw new CorruptChunkException("a text is not UTF-8");
        }
    }
}
