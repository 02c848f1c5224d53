package dev.hyptrace.recorder.uart;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.State;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The registers that a kernel prints when something went wrong, line by line; other lines may come between. */
final class RegisterDump {
    /** An oops has 8 lines of registers; a dump that is not over after so many lines was cut. */
    private static final int MAX_LINES = 40;

    private static final int MAX_LENGTH = 200;
    private static final Pattern VALUE = Pattern.compile(
            "\\s{0,8}(pc|lr|sp|ip|fp|psr|r\\d{1,2})\\s{0,4}:\\s{0,4}(?:\\[<)?([0-9a-fA-F]{8}|\\(\\w{1,16}\\))(?:>\\])?");
    private static final Pattern FLAGS = Pattern.compile("Flags: \\w{4} .{0,60}Mode (\\w{3})_(?:32|26)(?: .{0,80})?");
    private static final int PC = 15;

    private CoreRegisters registers = new CoreRegisters();
    private boolean open;
    private int lines;

    /** Whether a dump has begun that is not over. */
    boolean isOpen() {
        return open;
    }

    /** Counts a line that is none of a dump; answers whether the dump is given up. */
    boolean passes() {
        return open && ++lines > MAX_LINES;
    }

    /** Whether this is the first line of a dump. */
    static boolean begins(String text) {
        Matcher value = VALUE.matcher(text);
        return text.length() <= MAX_LENGTH && text.startsWith("pc :") && value.lookingAt();
    }

    /** Takes a line of registers: only pairs of name and value, all of which are taken or none. */
    boolean line(String text) {
        if (text.length() > MAX_LENGTH || !open && !begins(text)) {
            return false;
        }
        Matcher value = VALUE.matcher(text);
        int end = 0;
        while (value.find() && value.start() == end) {
            end = value.end();
        }
        if (end == 0 || !text.substring(end).isBlank()) {
            return false;
        }
        open = true;
        value.reset();
        while (value.find()) {
            put(value.group(1), value.group(2));
        }
        return true;
    }

    private void put(String name, String digits) {
        if (digits.charAt(0) == '(') {
            return;
        }
        int value = Integer.parseUnsignedInt(digits, 16);
        int number = CoreRegisters.number(name);
        if (name.equals("psr")) {
            registers.status(value);
        } else if (number >= 0) {
            registers.set(number, value);
        }
    }

    /** The line of flags and mode, which ends a dump. */
    boolean flags(String text) {
        Matcher flags = FLAGS.matcher(text);
        if (!open || !flags.matches()) {
            return false;
        }
        Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equals(flags.group(1)))
                .forEach(registers::mode);
        return true;
    }

    /** The dump as an event, which starts it over; empty when every value in it is hidden. */
    Optional<Event> take(int cpu, String reason) {
        CoreRegisters taken = registers;
        registers = new CoreRegisters();
        open = false;
        lines = 0;
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        State.Builder state = State.builder();
        taken.addTo(state);
        return Optional.of(new Event.Snapshot(cpu, reason, state.build()));
    }

    /** Whether the PC has been seen already, so that another one begins another dump. */
    boolean hasPc() {
        return registers.has(PC);
    }
}
