package dev.hyptrace.traces.container;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/**
 * Looks at a message before it is parsed: a few bytes of a message can stand for an object of a hundred, so that its length
 * alone does not bound the memory it takes.
 */
final class MessageSize {
    /** More than the shapes, processors and columns of any chunk, or the strings of any header. */
    static final int MAX_FIELDS = 1 << 16;

    private MessageSize() {}

    /** @throws CorruptChunkException when the message has more fields than any that a writer makes */
    static void check(ByteString message) throws CorruptChunkException {
        CodedInputStream in = message.newCodedInput();
        int fields = 0;
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                in.skipField(tag);
                if (++fields > MAX_FIELDS) {
                    throw new CorruptChunkException("a message has more than " + MAX_FIELDS + " fields");
                }
            }
        } catch (IOException e) {
            throw new CorruptChunkException("a message breaks off: " + e.getMessage());
        }
    }
}
