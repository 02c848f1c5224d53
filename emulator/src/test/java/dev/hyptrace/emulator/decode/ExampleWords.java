package dev.hyptrace.emulator.decode;

import java.util.Random;
import java.util.stream.IntStream;

/** Random words of one encoding: its fixed and should-be bits are as the table has them, its fields are random. */
public final class ExampleWords {
    private final Encoding encoding;
    private final Random random;

    public ExampleWords(Encoding encoding, long seed) {
        this.encoding = encoding;
        this.random = new Random(seed * 31 + encoding.pattern().toString().hashCode());
    }

    /** A word that the encoding matches. */
    public int next() {
        while (true) {
            int word = word();
            if (encoding.matches(word)) {
                return word;
            }
        }
    }

    public IntStream stream(int count) {
        return IntStream.generate(this::next).limit(count);
    }

    private int word() {
        Pattern pattern = encoding.pattern();
        int given = pattern.fixedMask() | pattern.shouldMask();
        int fields = pattern.fields().values().stream().reduce(0, (a, b) -> a | b);
        return random.nextInt() & fields & ~given | pattern.fixedValue() | pattern.shouldValue();
    }
}
