package dev.hyptrace.recorder.execlog;

import java.util.List;

/**
 * One line of a log, taken apart.
 *
 * @param cpu the processor
 * @param wideAddress the virtual address of the instruction
 * @param word the four bytes, the first lowest
 * @param disassembly what stands between the quotation marks
 * @param memory the memory accesses, as they stand in the line; empty when there are none
 * @param accesses how many there are
 * @param changes the registers that changed
 */
record ExeclogLine(
        int cpu, long wideAddress, int word, String disassembly, String memory, int accesses, List<Change> changes) {

    /** The most that a line of the longest length has room for is far below this. */
    private static final int MAX_CPU_DIGITS = 4;

    /**
     * A register and its new value.
     *
     * @param bits the lowest 64 bits
     * @param digits how many hexadecimal digits the value has
     */
    record Change(String name, long bits, int digits) {}

    /** Whether a text begins as lines of the plugin do. */
    static boolean begins(String text) {
        int comma = text.indexOf(',');
        return comma > 0
                && comma <= MAX_CPU_DIGITS
                && Words.isDecimal(text, 0, comma)
                && text.startsWith(", 0x", comma);
    }

    /** A line that {@linkplain #begins begins} as it should; null when it does not go on so. */
    static ExeclogLine of(String text) {
        Words words = new Words(text);
        int cpu = (int) words.decimal();
        boolean valid = words.skip(", 0x");
        long address = words.hexadecimal();
        valid &= words.skip(", 0x");
        long word = words.hexadecimal();
        valid &= words.skip(", \"") && words.isValid() && word >>> 32 == 0;
        int end = valid ? words.find("\"") : -1;
        if (end < 0) {
            return null;
        }
        String disassembly = words.take(end);
        words.skip("\"");
        int start = words.position();
        int accesses = words.skipAccesses();
        String memory = text.substring(accesses == 0 ? start : start + 2, Math.max(start, words.position()));
        List<Change> changes = words.changes();
        return changes == null
                ? null
                : new ExeclogLine(cpu, address, (int) word, disassembly, memory, accesses, changes);
    }

    int address() {
        return (int) wideAddress;
    }

    /** Whether the address cannot be one of a 32-bit processor. */
    boolean isWide() {
        return wideAddress >>> 32 != 0;
    }
}
