package dev.hyptrace.recorder.openocd;

import dev.hyptrace.recorder.gdb.GdbClient;
import dev.hyptrace.recorder.gdb.GdbException;
import dev.hyptrace.recorder.gdb.RegisterReader;
import dev.hyptrace.recorder.gdb.StopReply;
import dev.hyptrace.recorder.live.Board;
import dev.hyptrace.recorder.live.PlainServer;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A Cortex-A behind OpenOCD.
 *
 * <p>Which register can be had in which mode: the current mode's always; CP15 by {@code arm mrc}, as {@code CoprocessorTable}
 * says; the banks of the other PL1 modes outside User mode; SPSR_hyp and ELR_hyp in Hyp mode; those of Monitor mode there only.
 * The floating-point registers are left out: OpenOCD does not notice that they are switched off, and shows what R0 happened to
 * hold. Registers of 64 bits in CP15 are left out, too.
 */
public final class OpenOcdBoard implements Board {
    /** DBGDSCR.UND_l. */
    private static final int UNDEFINED = 1 << 8;

    private static final String DSCR = "14 0 0 1 0";

    private static final Set<Register> MONITOR = EnumSet.of(Register.SP_MON, Register.LR_MON, Register.SPSR_MON);

    private final GdbClient client;
    private final RegisterReader reader;
    private final PlainServer plain;
    private final Console console;
    private final boolean inject;
    private final Set<Register> undefined = EnumSet.noneOf(Register.class);
    private final DebugState debugState;
    private final HardwareBreakpoints breakpoints;
    private final boolean masksInterrupts;

    private OpenOcdBoard(GdbClient client, RegisterReader reader, boolean inject) throws IOException {
        this.client = client;
        this.reader = reader;
        this.inject = inject;
        plain = new PlainServer(client, reader, false);
        console = new Console(client);
        if (tries("arm mrc 15 0 0 0 0").isEmpty()) {
            throw refused(
                    "has no 'arm mrc' for this target, by which the registers of Hyp mode are read: it is no Cortex-A"
                            + " of 32 bits, or is not examined yet");
        }
        masksInterrupts =
                tries("cortex_a maskisr").filter(words -> words.contains("on")).isPresent();
        DebugRegisters registers = DebugRegisters.of(console)
                .orElseThrow(
                        () -> refused("does not say where the processor's debug registers are, and its own breakpoints"
                                + " and steps never match in Hyp mode: give 'target create' its -dap and -dbgbase"));
        breakpoints = new HardwareBreakpoints(console, registers, client.name(), masksInterrupts);
        debugState = new DebugState(console, registers);
    }

    private GdbException refused(String what) {
        return new GdbException(GdbException.Kind.REFUSED, client.name(), "OpenOCD " + what);
    }

    /**
     * Finds out whether the server is OpenOCD, and what it can do.
     *
     * @param inject whether ELR_hyp may be read by an MRS in debug state
     * @throws GdbException when it is OpenOCD and its target is none that Hyp mode can be recorded of
     */
    public static Optional<OpenOcdBoard> probe(GdbClient client, RegisterReader reader, boolean inject)
            throws IOException {
        if (!Console.isOpenOcd(client)) {
            return Optional.empty();
        }
        return Optional.of(new OpenOcdBoard(client, reader, inject));
    }

    private Optional<String> tries(String script) throws IOException {
        try {
            return Optional.of(console.evaluate(script));
        } catch (GdbException e) {
            if (e.kind() != GdbException.Kind.REFUSED) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** What cannot be had or seen, a sentence each. */
    public List<String> limits() {
        return List.of(
                "OpenOCD: registers of Hyp mode are read in Hyp mode only; CP15's 64-bit, the Secure and the floating-point"
                        + " registers are not recorded",
                "the processor has " + breakpoints.most() + " breakpoints for what is watched, and one for steps",
                masksInterrupts
                        ? "single steps hold interrupts back (cortex_a maskisr on): what is stepped is not what runs freely"
                        : "single steps let interrupts in (cortex_a maskisr off): a timer that expires meanwhile is taken");
    }

    // Looking.

    @Override
    public Sight look(Collection<Register> others, OptionalInt expected) throws IOException {
        State state = read(others);
        return new Sight(state, code(state));
    }

    /**
     * In Hyp mode by its own translation: OpenOCD's virtual addresses are those of Supervisor mode. Not by the protocol, where
     * OpenOCD shows zeros for what it cannot read.
     */
    private Optional<byte[]> code(State state) throws IOException {
        int pc = (int) state.require(Register.PC);
        Optional<String> halfwords =
                tries("read_memory " + Hex.word(pc) + " 16 2" + (isIn(state, Mode.HYP) ? " phys" : ""));
        if (halfwords.isEmpty()) {
            return Optional.empty();
        }
        String[] words = halfwords.get().split(" +");
        byte[] code = new byte[4];
        for (int i = 0; i < 2; i++) {
            OptionalLong value = i < words.length ? Console.number(words[i]) : OptionalLong.empty();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            code[2 * i] = (byte) value.getAsLong();
            code[2 * i + 1] = (byte) (value.getAsLong() >>> 8);
        }
        return Optional.of(code);
    }

    private static boolean isIn(State state, Mode mode) {
        return state.mode().filter(mode::equals).isPresent();
    }

    @Override
    public State read(Collection<Register> others) throws IOException {
        State current = reader.placed(reader.read(List.of()));
        Optional<Mode> mode = current.mode();
        if (mode.isEmpty()) {
            return current;
        }
        List<Register> listed = others.stream()
                .filter(register -> reader.map().target(register).isPresent())
                .filter(register -> !current.has(register) && isShownIn(mode.get(), register))
                .toList();
        List<Register> coprocessor = others.stream()
                .filter(register -> reader.map().target(register).isEmpty())
                .filter(register -> isReadableIn(mode.get(), register))
                .toList();
        State state = listed.isEmpty() ? current : reader.placed(reader.read(listed));
        return coprocessor.isEmpty() ? state : withCoprocessor(state, coprocessor);
    }

    @Override
    public State readAll() throws IOException {
        Set<Register> all = EnumSet.noneOf(Register.class);
        all.addAll(reader.map().registers());
        all.addAll(CoprocessorTable.entries().keySet());
        return read(all);
    }

    private static boolean isShownIn(Mode mode, Register register) {
        return switch (register.group()) {
            case FLOATING_POINT -> false;
            case BANKED, STATUS -> isBankShownIn(mode, register);
            default -> true;
        };
    }

    private static boolean isBankShownIn(Mode mode, Register register) {
        if (register == Register.SPSR_HYP || register == Register.SP_HYP) {
            return mode == Mode.HYP;
        }
        return MONITOR.contains(register) ? mode == Mode.MON : mode != Mode.USR;
    }

    private boolean isReadableIn(Mode mode, Register register) {
        CoprocessorTable.Entry entry = CoprocessorTable.entries().get(register);
        return entry != null && entry.isReadableIn(mode) && !undefined.contains(register);
    }

    private State withCoprocessor(State state, List<Register> registers) throws IOException {
        List<OptionalLong> values = coprocessor(registers);
        if (isUndefined(values)) {
            return oneByOne(state, registers);
        }
        State.Builder with = state.toBuilder();
        for (int i = 0; i < registers.size() && i < values.size(); i++) {
            put(with, registers.get(i), values.get(i));
        }
        return with.build();
    }

    /** One of them does not exist on this processor: OpenOCD does not notice, and shows a value from before. */
    private State oneByOne(State state, List<Register> registers) throws IOException {
        State.Builder with = state.toBuilder();
        for (Register register : registers) {
            debugState.forget();
            List<OptionalLong> values = coprocessor(List.of(register));
            if (isUndefined(values)) {
                undefined.add(register);
            } else {
                put(with, register, values.get(0));
            }
        }
        debugState.forget();
        return with.build();
    }

    private List<OptionalLong> coprocessor(List<Register> registers) throws IOException {
        StringBuilder operands = new StringBuilder();
        for (Register register : registers) {
            operands.append('{')
                    .append(CoprocessorTable.entries().get(register).operands())
                    .append("} ");
        }
        return console.numbers("set values {}; foreach each {" + operands
                + "{" + DSCR + "}} {if {[catch {eval arm mrc $each} value]} {set value x}; lappend values $value};"
                + " set values");
    }

    private static boolean isUndefined(List<OptionalLong> values) {
        OptionalLong status = values.get(values.size() - 1);
        return status.isEmpty() || (status.getAsLong() & UNDEFINED) != 0;
    }

    private static void put(State.Builder state, Register register, OptionalLong value) {
        value.ifPresent(bits -> state.known(register, bits));
    }

    @Override
    public State readHidden(State state, int thread, List<Register> registers) throws IOException {
        Optional<Mode> mode = state.mode();
        if (!inject || mode.isEmpty() || mode.get() == Mode.USR || mode.get() == Mode.MON) {
            return state;
        }
        List<Register> wanted =
                registers.stream().filter(register -> !state.has(register)).toList();
        return debugState.read(state, mode.get(), wanted);
    }

    // Running.

    @Override
    public void insertBreakpoint(int address) throws IOException {
        breakpoints.insert(address);
    }

    @Override
    public void removeBreakpoint(int address) throws IOException {
        breakpoints.remove(address);
    }

    @Override
    public StopReply step(State from, int thread, Duration atMost) throws IOException {
        boolean a32 = InstructionSet.ofStatus(from.require(Register.CPSR)) == InstructionSet.A32;
        breakpoints.step((int) from.require(Register.PC), a32, shortest(atMost));
        return new StopReply(StopReply.TRAP, 0);
    }

    /** Shorter than the patience with an answer, which comes after it. */
    private Duration shortest(Duration atMost) {
        Duration half = client.patience().dividedBy(2);
        return atMost.compareTo(half) < 0 ? atMost : half;
    }

    @Override
    public boolean canRewind() {
        return plain.canRewind();
    }

    @Override
    public void set(int pc, int cpsr) throws IOException {
        plain.set(pc, cpsr);
    }

    /** Lets the processor run on, without the breakpoints of this class: OpenOCD would leave it halted. */
    public void leave() throws IOException {
        breakpoints.clear();
        console.evaluate("resume");
    }
}
