package dev.hyptrace.cli.guest;

/** Looks for a text in bytes that come one after the other: Knuth, Morris, Pratt. */
final class TextWatch {
    private final byte[] text;
    /** For each prefix of the text, the length of the longest proper prefix of it that it ends in. */
    private final int[] borders;

    private int matched;

    /** An empty text is never seen. */
    TextWatch(byte[] text) {
        this.text = text.clone();
        borders = new int[text.length + 1];
        for (int i = 1; i < text.length; i++) {
            borders[i + 1] = advance(borders[i], text[i]);
        }
    }

    /** Takes the next byte and answers whether it completes the text. */
    boolean isSeen(int next) {
        if (text.length == 0) {
            return false;
        }
        matched = advance(matched == text.length ? borders[matched] : matched, (byte) next);
        return matched == text.length;
    }

    private int advance(int length, byte next) {
        int state = length;
        while (state > 0 && text[state] != next) {
            state = borders[state];
        }
        return text[state] == next ? state + 1 : 0;
    }
}
