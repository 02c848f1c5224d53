package dev.hyptrace.recorder.live;

import dev.hyptrace.recorder.gdb.GdbClient;
import dev.hyptrace.recorder.gdb.GdbException;
import dev.hyptrace.recorder.gdb.RegisterMap;
import dev.hyptrace.recorder.gdb.TargetRegister;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Reads registers that a stub does not show: ELR_hyp, the SPSRs, other modes' SP and LR.
 *
 * <p>It writes up to thirteen {@code MRS} over the code at PC, lets the processor execute them, reads R0 to R12, and puts
 * memory and registers back; that they are back is checked, and an error ends the recording, because the target would no longer
 * be what it was. They are executed in one go, up to a breakpoint behind them, where no interrupt can be taken, and one by one
 * with interrupts held back where one could. Where it is not possible at all (memory that does not take the write, Thumb code
 * inside an IT block, a mode without MRS for the registers) the registers stay unknown.
 */
final class Injector {
    private static final HexFormat HEX = HexFormat.of();
    /** CPSR.IT[1:0] and IT[7:2], and CPSR.J. */
    private static final int IT_OR_J = 0x0700_fc00;
    /** CPSR.A, I and F. */
    private static final int MASKED = 0x1c0;
    /** HCR.TGE, AMO, IMO and FMO: interrupts that CPSR does not mask outside Hyp mode. */
    private static final long ROUTED_TO_HYP = 0x0800_0038;

    private static final int PC = 15;
    private static final int BLOCK = 13;

    private final GdbClient client;
    private final RegisterMap map;
    private final boolean enabled;
    private final IntPredicate isBreakpoint;

    /**
     * @param enabled whether to read anything at all
     * @param isBreakpoint whether a breakpoint is set at an address
     */
    Injector(GdbClient client, RegisterMap map, boolean enabled, IntPredicate isBreakpoint) {
        this.client = client;
        this.map = map;
        this.enabled = enabled && hasAllCoreRegisters(map);
        this.isBreakpoint = isBreakpoint;
    }

    private static boolean hasAllCoreRegisters(RegisterMap map) {
        for (int n = 0; n <= PC; n++) {
            if (map.current(n).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The stop's state with as many of the registers as can be read. Single steps must be undisturbed by interrupts. */
    State read(Stop stop, int thread, List<Register> registers) throws IOException {
        Optional<Mode> mode = stop.state().mode();
        if (!enabled || mode.isEmpty() || (stop.cpsr() & IT_OR_J) != 0) {
            return stop.state();
        }
        State.Builder state = stop.state().toBuilder();
        for (int from = 0; from < registers.size(); from += BLOCK) {
            List<Register> block = registers.subList(from, Math.min(from + BLOCK, registers.size()));
            Optional<List<Integer>> values = readBlock(stop, thread, block);
            for (int i = 0; values.isPresent() && i < block.size(); i++) {
                state.known(block.get(i), (int) values.get().get(i));
            }
        }
        return state.build();
    }

    private Optional<List<Integer>> readBlock(Stop stop, int thread, List<Register> block) throws IOException {
        byte[] mrs = code(stop, block);
        String look = GdbClient.readMemoryCommand(stop.pc(), mrs.length);
        List<String> before = client.exchange(List.of("g", look));
        Optional<byte[]> code = client.memory(before.get(1), mrs.length);
        if (code.isEmpty()) {
            return Optional.empty();
        }
        List<String> written = client.exchange(List.of(write(stop.pc(), mrs), look));
        if (!written.get(1).equals(HEX.formatHex(mrs))) {
            restore(stop, code.get(), before);
            return Optional.empty();
        }
        execute(stop, thread, stop.pc() + mrs.length);
        List<Integer> values = results(block.size());
        restore(stop, code.get(), before);
        return Optional.of(values);
    }

    private static byte[] code(Stop stop, List<Register> block) {
        Mode mode = stop.state().mode().orElseThrow();
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        for (int d = 0; d < block.size(); d++) {
            code.writeBytes(bytes(MrsEncoding.mrs(d, block.get(d), mode, stop.set())));
        }
        return code.toByteArray();
    }

    /** The instruction as memory holds it: Thumb's first halfword first, each little-endian. */
    private static byte[] bytes(Instruction instruction) {
        int word = instruction.encoding();
        int memory = instruction.set() == InstructionSet.A32 ? word : word << 16 | word >>> 16;
        return new byte[] {(byte) memory, (byte) (memory >> 8), (byte) (memory >> 16), (byte) (memory >> 24)};
    }

    private void execute(Stop stop, int thread, int end) throws IOException {
        boolean atOnce = cannotBeInterrupted(stop);
        if (atOnce) {
            client.insertBreakpoint(end);
        }
        for (int pc = stop.pc(); pc != end; pc = pc()) {
            if (Integer.compareUnsigned(pc - stop.pc(), end - stop.pc()) > 0 || (pc & 3) != (stop.pc() & 3)) {
                throw damaged(stop, "an MRS led to " + Hex.word(pc));
            }
            if (atOnce && !isBreakpoint.test(pc)) {
                client.resume(thread);
                if (client.awaitStop(client.patience()).isEmpty()) {
                    throw damaged(stop, "the MRS were not executed");
                }
            } else {
                client.step(thread);
            }
        }
        if (atOnce) {
            client.removeBreakpoint(end);
        }
    }

    private static boolean cannotBeInterrupted(Stop stop) {
        boolean masked = (stop.cpsr() & MASKED) == MASKED;
        boolean routed = !stop.state().has(Register.HCR) || (stop.state().require(Register.HCR) & ROUTED_TO_HYP) != 0;
        return masked && (stop.in(Mode.HYP) || !routed);
    }

    private int pc() throws IOException {
        return word(client.command(read(PC)));
    }

    private List<Integer> results(int count) throws IOException {
        List<String> commands = new ArrayList<>();
        for (int d = 0; d < count; d++) {
            commands.add(read(d));
        }
        List<Integer> values = new ArrayList<>();
        for (String answer : client.exchange(commands)) {
            values.add(word(answer));
        }
        return values;
    }

    /** Puts everything back that {@link #readBlock} found: the answers to {@code g} and to the look at the code. */
    private void restore(Stop stop, byte[] code, List<String> before) throws IOException {
        List<String> commands = new ArrayList<>();
        commands.add(write(stop.pc(), code));
        Mode mode = stop.state().mode().orElseThrow();
        for (int n = 0; n < BLOCK; n++) {
            commands.add(write(n, (int) stop.state().require(mode.coreRegister(n))));
        }
        commands.add(write(PC, stop.pc()));
        commands.add("g");
        commands.add(GdbClient.readMemoryCommand(stop.pc(), code.length));
        List<String> answers = client.exchange(commands);
        if (!answers.subList(answers.size() - 2, answers.size()).equals(before)) {
            throw damaged(stop, "its registers or code could not be put back");
        }
    }

    private GdbException damaged(Stop stop, String what) {
        return new GdbException(
                GdbException.Kind.REFUSED,
                client.name(),
                "after instructions were injected at " + Hex.word(stop.pc()) + " " + what
                        + "; what follows would not be the guest's own behaviour (record without injection)");
    }

    private int word(String digits) throws GdbException {
        return client.memory(digits, 4)
                .map(b -> b[0] & 0xff | (b[1] & 0xff) << 8 | (b[2] & 0xff) << 16 | b[3] << 24)
                .orElseThrow(() -> new GdbException(
                        GdbException.Kind.PROTOCOL, client.name(), "sent no register where one was asked for"));
    }

    private String read(int index) {
        return "p" + Integer.toHexString(current(index).number());
    }

    private String write(int index, int value) {
        return "P%x=%s".formatted(current(index).number(), Hex.digits(Integer.reverseBytes(value)));
    }

    private TargetRegister current(int index) {
        return map.current(index).orElseThrow();
    }

    private static String write(int address, byte[] bytes) {
        return "M%s,%x:%s".formatted(Hex.digits(address), bytes.length, HEX.formatHex(bytes));
    }
}
