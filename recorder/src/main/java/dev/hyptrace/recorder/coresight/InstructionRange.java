package dev.hyptrace.recorder.coresight;

import dev.hyptrace.traces.model.InstructionSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Instructions that were executed one behind the other.
 *
 * @param start the address of the first one
 * @param length the bytes of all of them
 * @param count how many they are, from 1
 * @param lastSize the bytes of the last one, 2 or 4
 * @param executed whether the last one passed its condition
 * @param indirect whether the last one is an indirect branch
 */
record InstructionRange(
        int start, long length, int count, int lastSize, InstructionSet set, boolean executed, boolean indirect) {
    /** PTM ends a range at the next branch; a straight line of code that is longer than this is none. */
    static final int MAX_COUNT = 1 << 16;

    private static final Pattern TEXT = Pattern.compile("exec range=0x([0-9a-f]{1,16}):\\[0x([0-9a-f]{1,16})\\]"
            + " num_i\\((\\d{1,9})\\) last_sz\\((\\d{1,3})\\) \\(ISA=(\\w{3})\\) ([EN]) (.{0,200})");
    private static final int WIDE = 4;

    /** Reads what stands between the parentheses of the element; empty when it is none. */
    static Optional<InstructionRange> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long start = Long.parseUnsignedLong(matcher.group(1), 16);
        long end = Long.parseUnsignedLong(matcher.group(2), 16);
        int count = Integer.parseInt(matcher.group(3));
        int lastSize = Integer.parseInt(matcher.group(4));
        Optional<InstructionSet> set = set(matcher.group(5));
        boolean fits = start >>> 32 == 0 && end >= start && end <= 1L << 32 && set.isPresent();
        if (!fits || !isPossible(end - start, count, lastSize, set.get() == InstructionSet.A32)) {
            return Optional.empty();
        }
        return Optional.of(new InstructionRange(
                (int) start,
                end - start,
                count,
                lastSize,
                set.get(),
                matcher.group(6).equals("E"),
                matcher.group(7).startsWith("iBR")));
    }

    private static boolean isPossible(long length, int count, int lastSize, boolean words) {
        boolean wide = lastSize == WIDE;
        if (count < 1 || count > MAX_COUNT || words && !wide || !wide && lastSize != 2) {
            return false;
        }
        long before = length - lastSize;
        return (before & 1) == 0 && before <= 4L * (count - 1) && before >= (words ? 4L : 2L) * (count - 1);
    }

    private static Optional<InstructionSet> set(String name) {
        return switch (name) {
            case "A32" -> Optional.of(InstructionSet.A32);
            case "T32" -> Optional.of(InstructionSet.T32);
            case "TEE" -> Optional.of(InstructionSet.THUMB_EE);
            default -> Optional.empty();
        };
    }

    /** The address behind the last instruction. */
    int end() {
        return start + (int) length;
    }

    int lastAddress() {
        return end() - lastSize;
    }
}
