package dev.hyptrace.recorder.openocd;

import dev.hyptrace.recorder.gdb.GdbException;
import dev.hyptrace.traces.model.Hex;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * DBGBVR and DBGBCR of the processor, written past OpenOCD so that they match in every mode, Hyp mode included (HMC 1, SSC 0,
 * PMC 3). The last one is for single steps: a match of every address but that of the instruction stepped.
 */
final class HardwareBreakpoints {
    /** DBGBCR: enabled, all modes, not linked; without the byte addresses. */
    private static final int EVERY_MODE = 0x2007;

    private static final int MISMATCH = 4 << 20;
    private static final int BYTES_SHIFT = 5;
    private static final int ENABLED = 1;
    /** DBGDSCR.INTdis. */
    private static final int INTERRUPTS_OFF = 1 << 11;

    private final Console console;
    private final DebugRegisters registers;
    private final String name;
    private final Integer[] slots;
    private final int free;
    private final boolean maskInterrupts;

    /** @param maskInterrupts whether interrupts are held back during a single step */
    HardwareBreakpoints(Console console, DebugRegisters registers, String name, boolean maskInterrupts)
            throws IOException {
        this.console = console;
        this.registers = registers;
        this.name = name;
        this.maskInterrupts = maskInterrupts;
        int number = (int) (known(console, registers.read(0)) >>> 24 & 0xf) + 1;
        int taken = 0;
        while (taken < number && (known(console, registers.read(DebugRegisters.BCR + 4 * taken)) & ENABLED) != 0) {
            taken++;
        }
        if (number - taken < 2) {
            throw new GdbException(
                    GdbException.Kind.REFUSED,
                    name,
                    taken + " of the processor's " + number + " breakpoints are set already, and two are needed:"
                            + " remove them (OpenOCD: rbp all)");
        }
        free = taken;
        slots = new Integer[number - 1];
    }

    private static long known(Console console, String script) throws IOException {
        OptionalLong value = console.numbers(script).get(0);
        return value.orElse(0);
    }

    /** How many there are beside the one for steps. */
    int most() {
        return slots.length - free;
    }

    void insert(int address) throws IOException {
        for (int n = slots.length - 1; n >= free; n--) {
            if (slots[n] == null) {
                console.evaluate(set(n, address, bytes(address, (address & 2) == 0)));
                slots[n] = address;
                return;
            }
        }
        throw new GdbException(
                GdbException.Kind.REFUSED,
                name,
                "the processor has " + (slots.length + 1) + " breakpoints, one is for steps"
                        + (free == 0 ? "" : " and " + free + " are OpenOCD's"));
    }

    void remove(int address) throws IOException {
        int n = slot(address);
        if (n >= 0) {
            console.evaluate(registers.write(DebugRegisters.BCR + 4 * n, 0));
            slots[n] = null;
        }
    }

    private int slot(int address) {
        for (int n = 0; n < slots.length; n++) {
            if (slots[n] != null && slots[n] == address) {
                return n;
            }
        }
        return -1;
    }

    private static int bytes(int address, boolean word) {
        return EVERY_MODE | (word ? 0xf : 3 << (address & 2)) << BYTES_SHIFT;
    }

    private String set(int n, int address, int control) {
        return registers.write(DebugRegisters.BVR + 4 * n, address & ~3)
                + registers.write(DebugRegisters.BCR + 4 * n, control);
    }

    /** Executes one instruction; what does not come to an end in time is halted. */
    void step(int pc, boolean a32, Duration atMost) throws IOException {
        int here = Math.max(slot(pc), slot(pc & ~3));
        StringBuilder script = new StringBuilder();
        if (here >= 0) {
            script.append(registers.write(DebugRegisters.BCR + 4 * here, 0));
        }
        script.append(set(slots.length, pc, bytes(pc, a32) | MISMATCH)).append(interrupts(" | "));
        script.append("resume; if {[catch {wait_halt ")
                .append(Math.max(1, atMost.toMillis()))
                .append("}]} {halt};");
        script.append(interrupts(" & ~"));
        script.append(registers.write(DebugRegisters.BCR + 4 * slots.length, 0));
        if (here >= 0) {
            script.append(registers.write(DebugRegisters.BCR + 4 * here, bytes(slots[here], (slots[here] & 2) == 0)));
        }
        console.evaluate(script.toString());
    }

    private String interrupts(String operator) {
        return maskInterrupts
                ? registers.write(
                        DebugRegisters.DSCR,
                        "[expr {[" + registers.read(DebugRegisters.DSCR) + "]" + operator + Hex.word(INTERRUPTS_OFF)
                                + "}]")
                : "";
    }

    /** Takes all of them away. */
    void clear() throws IOException {
        StringBuilder script = new StringBuilder();
        for (int n = free; n <= slots.length; n++) {
            script.append(registers.write(DebugRegisters.BCR + 4 * n, 0));
        }
        console.evaluate(script.toString());
    }
}
