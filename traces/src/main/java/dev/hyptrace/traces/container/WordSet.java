package dev.hyptrace.traces.container;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.hyptrace.traces.container.proto.Column;
import dev.hyptrace.traces.model.MemoryAccess;
import java.util.Arrays;

/** The words of memory that the steps of a chunk stored to, or loaded from. */
final class WordSet {
    /** How many bits a summary has for pages. */
    static final int PAGE_BITS = 2048;

    private static final int PAGE_HASH = 0x9e37_79b1;
    private static final int PAGE_HASH_SHIFT = 21;
    /** When so many are collected, those that are there twice are dropped. */
    private static final int CROWDED = 1 << 16;

    private int[] words = new int[16];
    private int count;
    private int crowded = CROWDED;

    /** Adds every word that the access touches. */
    void add(MemoryAccess access) {
        int last = access.address() + access.size() - 1 >>> 2;
        for (int word = access.address() >>> 2; ; word = word + 1 & 0x3fff_ffff) {
            add(word);
            if (word == last) {
                return;
            }
        }
    }

    private void add(int word) {
        if (count > 0 && words[count - 1] == word) {
            return;
        }
        if (count == words.length) {
            words = Arrays.copyOf(words, count * 2);
        }
        words[count++] = word;
        if (count >= crowded) {
            settle();
            crowded = Math.max(CROWDED, count * 2);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Sorts them and drops what is there twice. A word has 30 bits: none is negative. */
    private void settle() {
        Arrays.sort(words, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept == 0 || words[i] != words[kept - 1]) {
                words[kept++] = words[i];
            }
        }
        count = kept;
    }

    /** The words as the bytes of a column, after which the set is empty. */
    byte[] drain() {
        settle();
        ColumnWriter column = new ColumnWriter();
        int before = 0;
        for (int i = 0; i < count; i++) {
            column.varint(words[i] - before);
            before = words[i];
        }
        count = 0;
        crowded = CROWDED;
        return column.drain();
    }

    /** Their pages, for a summary. */
    ByteString pages() {
        byte[] bits = new byte[PAGE_BITS / 8];
        for (int i = 0; i < count; i++) {
            int bit = pageBit(words[i] << 2);
            bits[bit >>> 3] |= (byte) (1 << (bit & 7));
        }
        return UnsafeByteOperations.unsafeWrap(bits);
    }

    /** Which bit of a summary stands for the page of an address. */
    static int pageBit(int address) {
        return (address >>> 12) * PAGE_HASH >>> PAGE_HASH_SHIFT;
    }

    /**
     * Whether a column, made of what {@link #drain} makes, has the word at an address.
     *
     * @throws CorruptChunkException when it is none
     */
    static boolean contains(Column column, int address) throws CorruptChunkException {
        int size = column.getSize();
        if (size < 0 || size > Frame.MAX_BODY) {
            throw new CorruptChunkException("the words of a chunk have " + Integer.toUnsignedString(size) + " bytes");
        }
        ColumnReader reader =
                new ColumnReader(Zstandard.decompress(column.getData().toByteArray(), size));
        int wanted = address >>> 2;
        long word = 0;
        for (boolean first = true; !reader.isAtEnd(); first = false) {
            long step = reader.varint();
            word += step;
            if (word == wanted || word > wanted || !first && step <= 0) {
                break;
            }
        }
        return word == wanted && size > 0;
    }
}
