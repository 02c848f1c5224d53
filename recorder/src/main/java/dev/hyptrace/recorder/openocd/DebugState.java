package dev.hyptrace.recorder.openocd;

import dev.hyptrace.recorder.live.MrsEncoding;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads registers by an MRS that the halted processor executes in debug state, from DBGITR: memory is not touched. R0, through
 * which the value goes, OpenOCD writes back before the processor runs: it uses R0 itself.
 */
final class DebugState {
    /** MCR p14, 0, R0, c0, c5, 0: R0 to the debugger. */
    private static final int SEND_R0 = 0xee00_0e15;
    /** DBGDSCR: an instruction was UNDEFINED, and DBGDTRTX is full. */
    private static final int UNDEFINED = 1 << 8;

    private static final int SENT = 1 << 29;
    private static final int CLEAR_STICKY = 4;

    private final Console console;
    private final DebugRegisters registers;

    DebugState(Console console, DebugRegisters registers) {
        this.console = console;
        this.registers = registers;
    }

    /** The state with as many of the registers as the mode can read. */
    State read(State state, Mode mode, List<Register> wanted) throws IOException {
        State.Builder with = state.toBuilder();
        for (Register register : wanted) {
            int mrs = MrsEncoding.mrs(0, register, mode, InstructionSet.A32).encoding();
            String script = registers.write(DebugRegisters.ITR, mrs)
                    + registers.write(DebugRegisters.ITR, SEND_R0)
                    + "list [expr {[" + registers.read(DebugRegisters.DSCR) + "] + 0}] [expr {["
                    + registers.read(DebugRegisters.DTRTX) + "] + 0}]";
            List<OptionalLong> numbers = console.numbers(script);
            long status = numbers.get(0).orElse(UNDEFINED);
            if ((status & (UNDEFINED | SENT)) == SENT
                    && numbers.size() == 2
                    && numbers.get(1).isPresent()) {
                with.known(register, numbers.get(1).getAsLong());
            } else {
                forget();
            }
        }
        return with.build();
    }

    /** Forgets that an instruction was UNDEFINED. */
    void forget() throws IOException {
        console.evaluate(registers.write(DebugRegisters.DRCR, CLEAR_STICKY));
    }
}
