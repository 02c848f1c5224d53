package dev.hyptrace.recorder.gdb;

/**
 * Why and where the target stopped, by a {@code T} or {@code S} packet.
 *
 * @param signal GDB's signal number: 5 (SIGTRAP) at a breakpoint or after a step, 2 (SIGINT) when interrupted
 * @param thread the thread that stopped, from 1; 0 when the stub does not say
 */
public record StopReply(int signal, int thread) {
    /** SIGTRAP. */
    public static final int TRAP = 5;

    /** SIGINT. */
    public static final int INTERRUPT = 2;

    /**
     * Reads a stop reply.
     *
     * @throws GdbException of kind {@code EXITED} for {@code W} and {@code X}, of kind {@code PROTOCOL} for anything else
     */
    static StopReply parse(String stub, String packet) throws GdbException {
        char kind = packet.isEmpty() ? ' ' : packet.charAt(0);
        int number = packet.length() < 3 ? -1 : parseHex(packet.substring(1, 3));
        if (number >= 0 && (kind == 'W' || kind == 'X')) {
            throw GdbException.exited(stub, number);
        }
        if (number < 0 || kind != 'T' && kind != 'S') {
            throw new GdbException(
                    GdbException.Kind.PROTOCOL, stub, "answered '" + Printable.of(packet) + "', expected a stop reply");
        }
        return new StopReply(number, thread(packet.substring(3)));
    }

    private static int thread(String pairs) {
        for (String pair : pairs.split(";")) {
            if (pair.startsWith("thread:")) {
                return Math.max(0, threadNumber(pair.substring("thread:".length())));
            }
        }
        return 0;
    }

    /** The thread in {@code 02} or {@code p01.02}; -1 for what is neither. */
    static int threadNumber(String id) {
        return parseHex(id.substring(id.indexOf('.') + 1));
    }

    private static int parseHex(String digits) {
        return digits.matches("[0-9a-fA-F]{1,7}") ? Integer.parseInt(digits, 16) : -1;
    }
}
