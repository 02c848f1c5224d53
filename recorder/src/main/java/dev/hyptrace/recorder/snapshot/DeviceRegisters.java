package dev.hyptrace.recorder.snapshot;

import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The registers of one processor, under a debugger's names, made to a state. */
final class DeviceRegisters {
    static final String REGISTERS = "registers";
    static final String KEPT = "registers kept";
    static final String AGAIN = "registers under another name";
    static final String NOT_KEPT = "registers not kept";

    private static final long NS = 1;
    private static final int COUNTERS = 6;
    private static final int SINGLES = 32;

    private final TextOutput out;
    private final Map<String, RegisterText> lines = new LinkedHashMap<>();
    private final Map<Register, RegisterText> kept = new LinkedHashMap<>();
    private final List<RegisterText> others = new ArrayList<>();

    DeviceRegisters(TextOutput out) {
        this.out = out;
    }

    /** A line of the section; false when the list has the name already. */
    boolean add(RegisterText register) {
        return lines.putIfAbsent(register.upper(), register) == null;
    }

    int size() {
        return lines.size();
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** What the list says; what it says that the state does not hold is noted, by name and value. */
    State state() {
        RegisterNames names = names();
        lines.values().stream().filter(line -> rank(line) == 0).forEach(line -> take(names, line));
        lines.values().stream().filter(line -> rank(line) == 1).forEach(line -> take(names, line));
        lines.values().stream().filter(line -> rank(line) == 2).forEach(line -> take(names, line));
        State.Builder state = State.builder();
        kept.forEach((register, line) -> state.known(register, line.value().getAsLong()));
        others.removeIf(line -> isHalf(line, state));
        out.count(REGISTERS, lines.size());
        out.count(KEPT, kept.size());
        out.count(NOT_KEPT, others.size());
        out.count(AGAIN, lines.size() - kept.size() - others.size());
        return state.build();
    }

    /** The registers that the state does not hold, in the order of the list. */
    List<RegisterText> others() {
        return List.copyOf(others);
    }

    private RegisterNames names() {
        Set<String> banked = new TreeSet<>();
        lines.keySet().stream().filter(RegisterNames::isPrefixed).forEach(name -> banked.add(name.substring(2)));
        boolean nonSecure = value("SCR").map(scr -> (scr & NS) != 0).orElse(true);
        long counter = value("PMSELR").map(sel -> sel & 0x1f).orElse((long) COUNTERS);
        Optional<Mode> mode = value("CPSR").flatMap(Mode::ofStatus);
        return new RegisterNames(nonSecure, mode, counter < COUNTERS ? (int) counter : -1, banked);
    }

    private Optional<Long> value(String name) {
        RegisterText line = lines.get(name);
        return line == null || line.value().isEmpty()
                ? Optional.empty()
                : Optional.of(line.value().getAsLong());
    }

    /**
     * Those that say most come last, and count: the 64-bit form of a register, and the name of the copy or mode itself.
     */
    private static int rank(RegisterText line) {
        boolean own = RegisterNames.isPrefixed(line.upper());
        return RegisterNames.isLong(line.upper()) ? 2 : own || line.upper().contains("_") ? 1 : 0;
    }

    private void take(RegisterNames names, RegisterText line) {
        Optional<Register> register = names.register(line.upper());
        if (register.isEmpty()
                || line.value().isEmpty()
                || (line.value().getAsLong() & ~register.get().mask()) != 0) {
            others.add(line);
            return;
        }
        RegisterText before = kept.put(register.get(), line);
        long mask = before == null || register.get().width() == Long.SIZE && !RegisterNames.isLong(before.upper())
                ? 0xffff_ffffL
                : -1;
        if (before != null && ((before.value().getAsLong() ^ line.value().getAsLong()) & mask) != 0) {
            out.note(
                    0,
                    "register " + register.get() + ": " + before.name() + "=" + before.text() + " and " + line.name()
                            + "=" + line.text() + ", of which the second is kept");
        }
    }

    /** Whether this is S2n or S2n+1, and what Dn has in that half; a pair of them without Dn is made to one. */
    private boolean isHalf(RegisterText line, State.Builder state) {
        String name = line.upper();
        if (!name.matches("S\\d{1,2}") || line.value().isEmpty()) {
            return false;
        }
        int number = Integer.parseInt(name.substring(1));
        if (number >= SINGLES) {
            return false;
        }
        Register of = Register.all().get(Register.D0.ordinal() + number / 2);
        RegisterText whole = kept.get(of);
        if (whole != null) {
            long half = whole.value().getAsLong() >>> 32 * (number & 1);
            return (half & 0xffff_ffffL) == line.value().getAsLong();
        }
        Optional<Long> low = value("S" + (number & ~1));
        Optional<Long> high = value("S" + (number | 1));
        boolean both = low.isPresent() && high.isPresent() && (low.get() | high.get()) >>> 32 == 0;
        if (both) {
            state.known(of, high.get() << 32 | low.get());
        }
        return both;
    }
}
