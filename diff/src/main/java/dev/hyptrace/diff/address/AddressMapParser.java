package dev.hyptrace.diff.address;

import dev.hyptrace.traces.model.AddressMap;
import java.util.Locale;

/** Address maps as users write them: {@code 0x80000000=0x40000000+0x10000000}. */
public final class AddressMapParser {
    private static final long END = 1L << 32;
    private static final int LONGEST = 64;

    private AddressMapParser() {}

    /**
     * Reads {@code LEFT=RIGHT+SIZE}; numbers are hexadecimal with {@code 0x} or decimal without.
     *
     * @throws IllegalArgumentException when it is not of that form or does not fit into 32 bits; the message is one
     *     sentence that names the text
     */
    public static AddressMap parse(String text) {
        int equals = text.indexOf('=');
        int plus = text.indexOf('+', equals + 1);
        if (equals < 0 || plus < 0) {
            throw bad(text, "expected LEFT=RIGHT+SIZE such as 0x80000000=0x40000000+0x10000000");
        }
        long from = number(text, "LEFT", text.substring(0, equals));
        long to = number(text, "RIGHT", text.substring(equals + 1, plus));
        long size = number(text, "SIZE", text.substring(plus + 1));
        check(text, "LEFT", from, size);
        check(text, "RIGHT", to, size);
        return new AddressMap((int) from, (int) to, size);
    }

    private static void check(String text, String part, long start, long size) {
        if (size == 0) {
            throw bad(text, "SIZE is 0, expected at least 1");
        }
        if (start >= END || start + size > END) {
            throw bad(text, part + " + SIZE lies beyond 0xffffffff");
        }
    }

    private static long number(String text, String part, String digits) {
        String lower = digits.strip().toLowerCase(Locale.ROOT);
        boolean hex = lower.startsWith("0x");
        String bare = hex ? lower.substring(2) : lower;
        if (bare.isEmpty() || !bare.chars().allMatch(c -> Character.digit(c, hex ? 16 : 10) >= 0 && c < 0x80)) {
            throw bad(text, part + " is \"" + shortened(digits) + "\", expected a number such as 0x40000000");
        }
        try {
            return Math.min(Long.parseLong(bare, hex ? 16 : 10), END + 1);
        } catch (NumberFormatException e) {
            return END + 1; // more digits than a long holds
        }
    }

    private static IllegalArgumentException bad(String text, String why) {
        return new IllegalArgumentException("bad address map \"" + shortened(text) + "\": " + why);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
