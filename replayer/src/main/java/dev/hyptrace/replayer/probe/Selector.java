package dev.hyptrace.replayer.probe;

import dev.hyptrace.traces.model.Hex;

/**
 * What r0 holds at a call: a number, or an address of r0's landing.
 *
 * @param isAddress whether it is relative to the landing's address, which begins a page
 * @param value the number, or the distance from the landing
 */
public record Selector(boolean isAddress, int value) {
    private static final int LARGEST_DECIMAL = 64;

    public static Selector number(int value) {
        return new Selector(false, value);
    }

    /** The address of the landing, and so many bytes more. */
    public static Selector landing(int distance) {
        return new Selector(true, distance);
    }

    int value(int landing) {
        return isAddress ? landing + value : value;
    }

    /** How it is written in the identity of a case. */
    public String text() {
        if (isAddress) {
            return value == 0 ? "aligned" : "aligned+" + value;
        }
        return value >= -1 && value <= LARGEST_DECIMAL ? Integer.toString(value) : Hex.word(value);
    }
}
