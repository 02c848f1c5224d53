package dev.hyptrace.diff.address;

import dev.hyptrace.traces.model.AddressMap;
import java.util.List;

/**
 * Which addresses of the left recording correspond to which of the right one.
 *
 * <p>A value is never rewritten. Two values <em>correspond</em> when they are equal, when a map takes the left one exactly
 * to the right one, or when each recording's own maps take both to the same address of the image. A number that merely
 * happens to lie in a map's range therefore stays a number.
 *
 * @param explicit from left to right, as the user gave them
 * @param left from the left recording to its images
 * @param right from the right recording to its images
 */
public record AddressMaps(List<AddressMap> explicit, List<AddressMap> left, List<AddressMap> right) {
    /** No map: values correspond when they are equal. */
    public static final AddressMaps NONE = new AddressMaps(List.of(), List.of(), List.of());

    public AddressMaps {
        explicit = List.copyOf(explicit);
        left = List.copyOf(left);
        right = List.copyOf(right);
    }

    /** These maps with those of the two recordings' headers. */
    public AddressMaps withHeaders(List<AddressMap> leftHeader, List<AddressMap> rightHeader) {
        return new AddressMaps(explicit, leftHeader, rightHeader);
    }

    /** Whether the 32-bit value on the left means the same as the one on the right. */
    public boolean correspond(int leftValue, int rightValue) {
        return leftValue == rightValue
                || isMapped(leftValue, rightValue)
                || (!left.isEmpty() || !right.isEmpty()) && image(left, leftValue) == image(right, rightValue);
    }

    /**
     * As {@link #correspond(int, int)} for a register of 32 or 64 bits: the low word is an address (and the attributes that
     * translation table bases keep below it), the high word must be equal.
     */
    public boolean correspond(long leftValue, long rightValue) {
        return leftValue == rightValue
                || leftValue >>> 32 == rightValue >>> 32 && correspond((int) leftValue, (int) rightValue);
    }

    private boolean isMapped(int leftValue, int rightValue) {
        for (AddressMap map : explicit) {
            if (map.covers(leftValue) && map.map(leftValue) == rightValue) {
                return true;
            }
        }
        return false;
    }

    private static int image(List<AddressMap> maps, int value) {
        for (AddressMap map : maps) {
            if (map.covers(value)) {
                return map.map(value);
            }
        }
        return value;
    }
}
