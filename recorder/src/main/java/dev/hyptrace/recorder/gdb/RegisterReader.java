package dev.hyptrace.recorder.gdb;

import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Reads register states of the selected thread.
 *
 * <p>The sixteen registers of the current mode and CPSR come from one {@code g} packet, every other register from one
 * {@code p} packet each, all sent together. A register that the stub marks unavailable, or refuses, is unknown.
 */
public final class RegisterReader {
    private static final int MAX_G = 1 << 16;
    /** The role of CPSR in {@link #roles}; 0 to 15 are the registers of the current mode. */
    private static final int CPSR = 16;

    private static final int NONE = -1;

    private final GdbClient client;
    private final List<TargetRegister> layout;
    /** What each register of the layout is to {@link #putCurrent}. */
    private final int[] roles;

    /** Below Hyp mode reads of them give VPIDR and VMPIDR (DDI 0406C, B4.1.105 "MIDR, Main ID Register, VMSA"). */
    private static final List<Register> SHOWN_TO_PL1 = List.of(Register.MIDR, Register.MPIDR);

    private final RegisterMap map;

    public RegisterReader(GdbClient client, TargetDescription description, RegisterMap map) {
        this.client = client;
        this.map = map;
        layout = description.registers();
        roles = layout.stream().mapToInt(this::role).toArray();
    }

    private int role(TargetRegister target) {
        for (int i = 0; i < CPSR; i++) {
            if (map.current(i).filter(target::equals).isPresent()) {
                return i;
            }
        }
        return map.target(Register.CPSR).filter(target::equals).isPresent() ? CPSR : NONE;
    }

    /** Which registers there are. */
    public RegisterMap map() {
        return map;
    }

    /** A state, and the answer to a command that went along. */
    public record Reading(State state, String answer) {}

    /** The current mode's registers, CPSR, and the others asked for, as far as the stub has them. */
    public State read(Collection<Register> others) throws IOException {
        return read(others, List.of()).state();
    }

    /** As {@link #read(Collection)}, sending a further command along that costs no round trip of its own. */
    public Reading read(Collection<Register> others, String along) throws IOException {
        return read(others, List.of(along));
    }

    private Reading read(Collection<Register> others, List<String> along) throws IOException {
        List<String> commands = new ArrayList<>(others.size() + 2);
        commands.add("g");
        List<Register> asked = new ArrayList<>(others.size());
        for (Register register : others) {
            Optional<TargetRegister> target = map.target(register);
            if (target.isPresent()) {
                asked.add(register);
                commands.add("p" + Integer.toHexString(target.get().number()));
            }
        }
        commands.addAll(along);
        List<String> answers = client.exchange(commands);
        State.Builder state = State.builder();
        for (int i = 0; i < asked.size(); i++) {
            put(state, asked.get(i), map.target(asked.get(i)).orElseThrow().bits(), answers.get(i + 1));
        }
        putCurrent(state, answers.get(0));
        if (!seesItself(state.build().mode())) {
            SHOWN_TO_PL1.forEach(state::remove);
        }
        return new Reading(state.build(), along.isEmpty() ? "" : answers.get(answers.size() - 1));
    }

    /** Whether the mode reads MIDR and MPIDR themselves, which a stub reads as the current mode does. */
    private static boolean seesItself(Optional<Mode> mode) {
        return mode.isPresent() && (mode.get() == Mode.HYP || mode.get() == Mode.MON);
    }

    /**
     * The state, if it says where the processor stands.
     *
     * @throws GdbException when PC or CPSR is not in it
     */
    public State placed(State state) throws GdbException {
        if (!state.has(Register.PC) || !state.has(Register.CPSR)) {
            throw new GdbException(
                    GdbException.Kind.PROTOCOL, client.name(), "sent no PC or no CPSR of a target that stands still");
        }
        return state;
    }

    /** Everything the stub exposes. */
    public State readAll() throws IOException {
        return read(map.registers());
    }

    private void putCurrent(State.Builder state, String packet) throws GdbException {
        if (packet.length() > MAX_G || packet.startsWith("E") || packet.isEmpty()) {
            throw new GdbException(
                    GdbException.Kind.PROTOCOL,
                    client.name(),
                    "answered '" + Printable.of(packet) + "' to g, expected the registers");
        }
        String[] values = new String[CPSR + 1];
        int offset = 0;
        for (int i = 0; i < roles.length; i++) {
            int end = offset + layout.get(i).digits();
            if (end > packet.length()) {
                break;
            }
            if (roles[i] != NONE) {
                values[roles[i]] = packet.substring(offset, end);
            }
            offset = end;
        }
        if (values[CPSR] != null) {
            put(state, Register.CPSR, 32, values[CPSR]);
        }
        putMode(state, values);
    }

    private void putMode(State.Builder state, String[] values) throws GdbException {
        Optional<Mode> mode = state.build().mode();
        for (int i = 0; i < CPSR; i++) {
            boolean banked = i == 13 || i == 14 || i >= 8 && i <= 12;
            if (values[i] != null && (mode.isPresent() || !banked)) {
                put(state, mode.orElse(Mode.SYS).coreRegister(i), 32, values[i]);
            }
        }
    }

    private void put(State.Builder state, Register register, int bits, String digits) throws GdbException {
        if (digits.length() != bits / 4 || digits.indexOf('x') >= 0) {
            return;
        }
        long value = 0;
        for (int i = digits.length() - 2; i >= 0; i -= 2) {
            int high = Character.digit(digits.charAt(i), 16);
            int low = Character.digit(digits.charAt(i + 1), 16);
            if (high < 0 || low < 0) {
                throw new GdbException(
                        GdbException.Kind.PROTOCOL,
                        client.name(),
                        "sent '" + Printable.of(digits) + "' for " + register + ", expected hexadecimal digits");
            }
            value = value << 8 | high << 4 | low;
        }
        state.known(register, value & register.mask());
    }
}
