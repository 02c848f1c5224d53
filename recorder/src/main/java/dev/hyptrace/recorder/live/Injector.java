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
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads registers that a stub does not show: ELR_hyp, the SPSRs, other modes' SP and LR.
 *
 * <p>It writes {@code MRS R0, register} over the instruction at PC, lets the processor execute it, reads R0, and puts memory, R0
 * and PC back; that they are back is checked, and an error ends the recording, because the target would no longer be what it
 * was. Where this is not possible (memory that does not take the write, Thumb code inside an IT block, a mode without MRS for
 * the register) the registers stay unknown.
 */
final class Injector {
    private static final HexFormat HEX = HexFormat.of();
    /** CPSR.IT[1:0] and IT[7:2], and CPSR.J. */
    private static final int IT_OR_J = 0x0700_fc00;

    private final GdbClient client;
    private final RegisterMap map;
    private final boolean enabled;

    Injector(GdbClient client, RegisterMap map, boolean enabled) {
        this.client = client;
        this.map = map;
        this.enabled = enabled && map.current(0).isPresent() && map.current(15).isPresent();
    }

    /** The stop's state with as many of the registers as can be read. Single steps must be undisturbed by interrupts. */
    State read(Stop stop, int thread, List<Register> registers) throws IOException {
        Optional<Mode> mode = stop.state().mode();
        boolean possible = enabled
                && mode.isPresent()
                && (stop.cpsr() & IT_OR_J) == 0
                && stop.state().has(Register.R0);
        if (!possible || registers.isEmpty()) {
            return stop.state();
        }
        String g = client.command("g");
        Optional<byte[]> code = client.readMemory(stop.pc(), 4);
        if (code.isEmpty() || !takesWrites(stop, registers.get(0), code.get())) {
            return stop.state();
        }
        State.Builder state = stop.state().toBuilder();
        for (Register register : registers) {
            state.known(register, execute(stop, thread, register));
        }
        restore(stop, code.get(), g);
        return state.build();
    }

    private boolean takesWrites(Stop stop, Register register, byte[] code) throws IOException {
        byte[] mrs = bytes(MrsEncoding.toR0(register, stop.state().mode().orElseThrow(), stop.set()));
        boolean written = client.writeMemory(stop.pc(), mrs);
        boolean taken = written
                && client.readMemory(stop.pc(), 4)
                        .filter(now -> Arrays.equals(now, mrs))
                        .isPresent();
        if (written && !taken) {
            client.writeMemory(stop.pc(), code);
        }
        return taken;
    }

    private int execute(Stop stop, int thread, Register register) throws IOException {
        byte[] mrs = bytes(MrsEncoding.toR0(register, stop.state().mode().orElseThrow(), stop.set()));
        client.exchange(List.of(write(stop.pc(), mrs), write(current(15), stop.pc())));
        client.step(thread);
        List<String> answers = client.exchange(List.of(
                "p" + Integer.toHexString(current(0).number()),
                "p" + Integer.toHexString(current(15).number())));
        if (word(answers.get(1)) != stop.pc() + 4) {
            throw damaged(stop, "an MRS of " + register + " led to " + Hex.word(word(answers.get(1))));
        }
        return word(answers.get(0));
    }

    private void restore(Stop stop, byte[] code, String g) throws IOException {
        client.exchange(List.of(
                write(stop.pc(), code),
                write(current(0), (int) stop.state().require(Register.R0)),
                write(current(15), stop.pc())));
        List<String> now = client.exchange(List.of("g", GdbClient.readMemoryCommand(stop.pc(), 4)));
        if (!now.get(0).equals(g) || !now.get(1).equals(HEX.formatHex(code))) {
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

    private TargetRegister current(int index) {
        return map.current(index).orElseThrow();
    }

    private int word(String digits) throws GdbException {
        Optional<byte[]> bytes = client.memory(digits, 4);
        return bytes.map(b -> b[0] & 0xff | (b[1] & 0xff) << 8 | (b[2] & 0xff) << 16 | b[3] << 24)
                .orElseThrow(() -> new GdbException(
                        GdbException.Kind.PROTOCOL, client.name(), "sent no register where one was asked for"));
    }

    private static String write(int address, byte[] bytes) {
        return "M%s,%x:%s".formatted(Hex.digits(address), bytes.length, HEX.formatHex(bytes));
    }

    private static String write(TargetRegister register, int value) {
        return "P%x=%s".formatted(register.number(), Hex.digits(Integer.reverseBytes(value)));
    }

    /** The instruction as memory holds it: Thumb's first halfword first, each little-endian. */
    private static byte[] bytes(Instruction instruction) {
        int word = instruction.encoding();
        int memory = instruction.set() == InstructionSet.A32 ? word : word << 16 | word >>> 16;
        return new byte[] {(byte) memory, (byte) (memory >> 8), (byte) (memory >> 16), (byte) (memory >> 24)};
    }
}
