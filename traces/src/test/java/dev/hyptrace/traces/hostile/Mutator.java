package dev.hyptrace.traces.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Changes inputs: their bytes, and of texts their lines, words and numbers, too. Texts are ISO 8859-1, so that each byte is one. */
final class Mutator {
    /** The longest text, but for one that got a long line. */
    private static final int LONGEST = 3000;

    private static final int LONG_LINE_BITS = 17;
    private static final String LIKELY = "0123456789abcdefx =:;,/[](){}<>\"'\n\r\t\0.-+*#%$\\\u00ff\u0080";
    private static final String BETWEEN_WORDS = " \t\n,;:=()[]|";
    private static final String[] NUMBERS = {
        "0",
        "1",
        "-1",
        "7fffffff",
        "80000000",
        "ffffffff",
        "100000000",
        "0x100000000",
        "4294967296",
        "2147483648",
        "7fffffffffffffff",
        "ffffffffffffffff",
        "18446744073709551616",
        "99999999999999999999999",
        "1e9",
        "0x",
        "00000000000000000000000000000001"
    };
    private static final String[] NO_TEXT = {
        "\0",
        "\0\0\0\0",
        "\u00ff\u00fe",
        "\u00c0\u0080",
        "\u00ed\u00a0\u0080",
        "\u00ef\u00bb\u00bf",
        "\r",
        "\r\n",
        "\n\n\n",
        "\u001b[2J"
    };
    private static final long[] WORDS = {0, 1, -1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000L};

    private final boolean text;
    private final String[] likely;
    private final SplittableRandom random;

    Mutator(boolean text, String[] likely, SplittableRandom random) {
        this.text = text;
        this.likely = likely;
        this.random = random;
    }

    /** A part of a text, often whole lines and its first line before them; all of what is no text. */
    byte[] window(byte[] sample) {
        if (!text || sample.length <= LONGEST && random.nextInt(4) > 0) {
            return sample;
        }
        int from = random.nextInt(Math.max(1, sample.length));
        int length = Math.min(sample.length - from, 1 + random.nextInt(2000));
        String window = string(Arrays.copyOfRange(sample, from, from + length));
        if (random.nextInt(4) == 0) {
            return bytes(window);
        }
        String lines = window.substring(window.indexOf('\n') + 1);
        if (random.nextInt(3) > 0) {
            return bytes(lines);
        }
        String beginning = string(Arrays.copyOf(sample, Math.min(sample.length, LONGEST)));
        return bytes(beginning.substring(0, beginning.indexOf('\n') + 1) + lines);
    }

    /** A few changes of random kinds at random places; now and then with a part of another input. */
    byte[] mutated(byte[] input, byte[] other) {
        StringBuilder changed = new StringBuilder(string(input));
        for (int changes = 1 + random.nextInt(random.nextInt(4) == 0 ? 16 : 4); changes > 0; changes--) {
            switch (random.nextInt(text ? 3 : 5)) {
                case 0 -> changePart(changed, other);
                case 1 -> changeGrammar(changed);
                default -> changeByte(changed);
            }
        }
        if (random.nextInt(16) == 0) {
            changed.setLength(random.nextInt(changed.length() + 1));
        }
        return bytes(changed.toString());
    }

    /** What is kept to be changed further is not to grow without end. */
    boolean isShort(byte[] input, byte[] sample) {
        return input.length <= (text ? LONGEST : 2 * sample.length);
    }

    private void changeByte(StringBuilder changed) {
        if (changed.isEmpty()) {
            return;
        }
        int at = random.nextInt(changed.length());
        switch (random.nextInt(4)) {
            case 0 -> changed.setCharAt(at, (char) (changed.charAt(at) ^ 1 << random.nextInt(8)));
            case 1 -> changed.setCharAt(at, LIKELY.charAt(random.nextInt(LIKELY.length())));
            case 2 -> changed.setCharAt(at, (char) random.nextInt(256));
            default -> {
                if (text) {
                    changed.insert(at, LIKELY.charAt(random.nextInt(LIKELY.length())));
                } else {
                    overwrite(changed, at, WORDS[random.nextInt(WORDS.length)], 1 << random.nextInt(4));
                }
            }
        }
    }

    private void overwrite(StringBuilder changed, int at, long word, int size) {
        boolean bigEndian = random.nextBoolean();
        for (int i = 0; i < size && at + i < changed.length(); i++) {
            changed.setCharAt(at + i, (char) (word >>> 8 * (bigEndian ? size - 1 - i : i) & 0xff));
        }
    }

    /** A piece taken out, put in twice, put elsewhere, or from another input. */
    private void changePart(StringBuilder changed, byte[] other) {
        int at = random.nextInt(changed.length() + 1);
        int end = Math.min(changed.length(), at + random.nextInt(1 << 1 + random.nextInt(8)));
        switch (random.nextInt(5)) {
            case 0 -> changed.delete(at, end);
            case 1 -> changed.insert(at, changed.substring(at, end));
            case 2 -> changed.insert(random.nextInt(changed.length() + 1), changed.substring(at, end));
            case 3 -> {
                int from = random.nextInt(other.length + 1);
                int length = Math.min(other.length - from, random.nextInt(300));
                changed.replace(at, end, string(Arrays.copyOfRange(other, from, from + length)));
            }
            default -> changed.insert(at, NO_TEXT[random.nextInt(NO_TEXT.length)]);
        }
    }

    private void changeGrammar(StringBuilder changed) {
        if (likely.length > 0 && random.nextInt(3) == 0) {
            int at = random.nextInt(changed.length() + 1);
            int line = random.nextBoolean() ? changed.lastIndexOf("\n", at) + 1 : at;
            changed.insert(line, likely[random.nextInt(likely.length)]);
        } else if (random.nextInt(300) == 0) {
            String character = String.valueOf(LIKELY.charAt(random.nextInt(LIKELY.length())));
            changed.insert(random.nextInt(changed.length() + 1), character.repeat(1 << random.nextInt(LONG_LINE_BITS)));
        } else if (random.nextInt(3) == 0) {
            changeLines(changed);
        } else {
            changeWords(changed);
        }
    }

    /** Lines taken out, doubled, exchanged or cut. */
    private void changeLines(StringBuilder changed) {
        List<String> lines = new ArrayList<>(Arrays.asList(changed.toString().split("(?<=\n)")));
        int at = random.nextInt(lines.size());
        int place = random.nextInt(lines.size());
        switch (random.nextInt(5)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(place, lines.get(at));
            case 2 -> Collections.swap(lines, at, place);
            case 3 ->
                lines.set(
                        at, lines.get(at).substring(random.nextInt(lines.get(at).length() + 1)));
            default -> lines.replaceAll(line -> line.replace("\n", "\r\n"));
        }
        changed.setLength(0);
        lines.forEach(changed::append);
    }

    /** A word replaced by a number or by another word, or taken out, or two exchanged. */
    private void changeWords(StringBuilder changed) {
        int from = wordAt(changed, random.nextInt(changed.length() + 1));
        int end = wordEnd(changed, from);
        String word = changed.substring(from, end);
        int otherFrom = wordAt(changed, random.nextInt(changed.length() + 1));
        int otherEnd = wordEnd(changed, otherFrom);
        String other = changed.substring(otherFrom, otherEnd);
        switch (random.nextInt(4)) {
            case 0 -> changed.replace(from, end, NUMBERS[random.nextInt(NUMBERS.length)]);
            case 1 -> changed.replace(from, end, other);
            case 2 -> {
                if (end <= otherFrom) {
                    changed.replace(otherFrom, otherEnd, word).replace(from, end, other);
                }
            }
            default -> changed.delete(from, end);
        }
    }

    private static int wordAt(StringBuilder text, int at) {
        int from = at;
        while (from > 0 && at - from < 100 && BETWEEN_WORDS.indexOf(text.charAt(from - 1)) < 0) {
            from--;
        }
        return from;
    }

    private static int wordEnd(StringBuilder text, int from) {
        int end = from;
        while (end < text.length() && end - from < 200 && BETWEEN_WORDS.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String string) {
        return string.getBytes(StandardCharsets.ISO_8859_1);
    }
}
