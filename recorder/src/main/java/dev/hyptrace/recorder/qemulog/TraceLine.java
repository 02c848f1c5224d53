package dev.hyptrace.recorder.qemulog;

/**
 * A Trace line: a translation block is about to run.
 *
 * <p>Every version of QEMU has printed it in another way: {@code Trace 0: 0x7f9f98000100 [00000400/40000000/00000060/ff000201]}
 * (three or four fields of any width), {@code Trace 0x7f9f98000100 [0: 40000000]}, {@code Trace 0x7f9f98000100 [40000000]}.
 */
final class TraceLine {
    /** What {@link #count} is when the line does not tell it. */
    static final int NOT_SAID = -1;

    private static final byte[] TRACE = Fields.ascii("Trace ");
    private static final byte[] BRACKET = Fields.ascii(" [");
    private static final byte[] COLON = Fields.ascii(": ");
    private static final byte[] HEX = Fields.ascii("0x");
    private static final int MAX_FIELDS = 4;
    /** CF_COUNT_MASK of cflags: the limit of instructions in the block, 0 for none. */
    private static final int COUNT = 0x1ff;

    private final long[] numbers = new long[MAX_FIELDS];
    private int cpu;
    private long place;
    private int address;
    private int count;

    static boolean begins(byte[] line, int from, int to) {
        return to - from > TRACE.length && Fields.matches(line, from, TRACE);
    }

    /** Reads a line; false when it is not as QEMU prints it. */
    boolean read(Fields fields) {
        cpu = 0;
        fields.skip(TRACE);
        if (!fields.startsWith(HEX)) {
            if (!fields.decimal() || !fields.skip(COLON)) {
                return false;
            }
            cpu = (int) fields.value();
        }
        if (!fields.hex()) {
            return false;
        }
        place = fields.value();
        return fields.skip(BRACKET) && inBrackets(fields);
    }

    private boolean inBrackets(Fields fields) {
        int n = 0;
        do {
            if (n == MAX_FIELDS || !fields.hex()) {
                return false;
            }
            numbers[n++] = fields.value();
            if (n == 1 && fields.skip(COLON)) {
                cpu = (int) numbers[0];
                n = 0;
            }
        } while (n == 0 || fields.skip('/'));
        long pc = n == 1 ? numbers[0] : numbers[1];
        address = (int) pc;
        count = n == MAX_FIELDS ? (int) numbers[3] & COUNT : NOT_SAID;
        return fields.skip(']') && pc >>> 32 == 0;
    }

    int cpu() {
        return cpu;
    }

    /** Where the block lies in the memory of the host: its identity until QEMU throws all blocks away. */
    long place() {
        return place;
    }

    /** The virtual address of the first instruction. */
    int address() {
        return address;
    }

    /** How many instructions the block has at most; 0 for no limit, {@link #NOT_SAID} when the line does not tell. */
    int count() {
        return count;
    }

    /** A block of which only the address is known. */
    TraceLine at(int newCpu, int newAddress) {
        cpu = newCpu;
        place = 0;
        address = newAddress;
        count = NOT_SAID;
        return this;
    }
}
