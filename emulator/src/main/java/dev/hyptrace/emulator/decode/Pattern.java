package dev.hyptrace.emulator.decode;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bits of an encoding as a table line writes them: {@code 0} and {@code 1} are fixed, {@code (0)} and {@code (1)}
 * should be so and are UNPREDICTABLE otherwise: here UNDEFINED, and for {@code [0]} and {@code [1]} ignored, as in QEMU. A
 * letter belongs to the field of that name. Spaces are for the eye.
 * A field may lie in several places; its bits are gathered from the left to the right.
 */
public final class Pattern {
    private final String text;
    private final int width;
    private int fixedMask;
    private int fixedValue;
    private int shouldMask;
    private int ignoredMask;
    private int shouldValue;
    private final Map<Character, Integer> fields = new TreeMap<>();

    private Pattern(String text, int width) {
        this.text = text;
        this.width = width;
    }

    /**
     * Reads a pattern.
     *
     * @param width how many bits it must have, 16 or 32
     * @throws IllegalArgumentException when it is malformed
     */
    public static Pattern parse(String text, int width) {
        Pattern pattern = new Pattern(text.trim(), width);
        int bit = width;
        for (int i = 0; i < text.length(); i++) {
            char symbol = text.charAt(i);
            if (symbol == ' ') {
                continue;
            }
            if (--bit < 0) {
                break;
            }
            if (symbol == '(' || symbol == '[') {
                pattern.putShould(bit, text.substring(i, Math.min(i + 3, text.length())));
                i += 2;
            } else {
                pattern.put(bit, symbol);
            }
        }
        if (bit != 0) {
            throw new IllegalArgumentException("\"" + text + "\" does not have " + width + " bits");
        }
        return pattern;
    }

    private void putShould(int bit, String symbol) {
        if (!symbol.matches("\\([01]\\)|\\[[01]]")) {
            throw new IllegalArgumentException("\"" + symbol + "\" in \"" + text + "\": expected (0), (1), [0] or [1]");
        }
        shouldMask |= 1 << bit;
        shouldValue |= symbol.charAt(1) - '0' << bit;
        ignoredMask |= (symbol.charAt(0) == '[' ? 1 : 0) << bit;
    }

    private void put(int bit, char symbol) {
        int mask = 1 << bit;
        if (symbol == '0' || symbol == '1') {
            fixedMask |= mask;
            fixedValue |= symbol == '1' ? mask : 0;
        } else if (Character.isLetter(symbol)) {
            fields.merge(symbol, mask, (a, b) -> a | b);
        } else {
            throw new IllegalArgumentException("'" + symbol + "' in \"" + text + "\": expected 0, 1 or a letter");
        }
    }

    /** Whether the word has this pattern's fixed bits. */
    public boolean matches(int word) {
        return (word & fixedMask) == fixedValue;
    }

    /** Whether every should-be bit of a matching word is as it should be. */
    public boolean shouldBitsHold(int word) {
        return (word & shouldMask) == shouldValue;
    }

    /** Whether a should-be bit of a matching word is so wrong that the word is treated as UNDEFINED. */
    public boolean isUndefined(int word) {
        return ((word ^ shouldValue) & shouldMask & ~ignoredMask) != 0;
    }

    /** Whether every word that matches this pattern matches the other one. */
    public boolean isWithin(Pattern other) {
        return (other.fixedMask & ~fixedMask) == 0 && (fixedValue & other.fixedMask) == other.fixedValue;
    }

    /** Whether some word matches both patterns. */
    public boolean overlaps(Pattern other) {
        return ((fixedValue ^ other.fixedValue) & fixedMask & other.fixedMask) == 0;
    }

    /**
     * The bits of a field, gathered to the right.
     *
     * @throws IllegalArgumentException when there is no such field
     */
    public int field(char name, int word) {
        Integer mask = fields.get(name);
        if (mask == null) {
            throw new IllegalArgumentException("no field " + name + " in \"" + text + "\"");
        }
        int value = 0;
        for (int bit = width - 1; bit >= 0; bit--) {
            if ((mask >>> bit & 1) != 0) {
                value = value << 1 | word >>> bit & 1;
            }
        }
        return value;
    }

    /** The masks of the fields by their letters. */
    public Map<Character, Integer> fields() {
        return Collections.unmodifiableMap(fields);
    }

    public int fixedMask() {
        return fixedMask;
    }

    public int fixedValue() {
        return fixedValue;
    }

    public int shouldMask() {
        return shouldMask;
    }

    public int shouldValue() {
        return shouldValue;
    }

    @Override
    public String toString() {
        return text;
    }
}
