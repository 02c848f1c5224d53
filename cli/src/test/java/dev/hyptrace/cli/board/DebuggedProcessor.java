package dev.hyptrace.cli.board;

import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.instruction.Decoder;

/**
 * The built-in machine's processor under invasive debug: it runs until a debug event, and in debug state executes what the
 * debugger gives it, one A32 instruction at a time (DDI 0406C C5).
 */
final class DebuggedProcessor {
    /** How many instructions pass while a debugger looks once. */
    private static final int SLICE = 50_000;

    private static final int READ_PC = 0xe1a0_000f;
    private static final int WRITE_PC = 0xe1a0_f000;
    private static final int BX = 0xe12f_ff10;

    /** Why debug state was entered: DBGDSCR.MOE. */
    enum Halt {
        NONE(0),
        REQUEST(0),
        BREAKPOINT(1),
        BKPT(3);

        private final int entry;

        Halt(int entry) {
            this.entry = entry;
        }

        int entry() {
            return entry;
        }
    }

    /** What became of an instruction in debug state. */
    enum Outcome {
        DONE,
        UNDEFINED,
        ABORTED
    }

    private final Machine machine;
    private final Cpu cpu;
    private final Decoder decoder = new Decoder();
    private final BreakpointRegisters breakpoints = new BreakpointRegisters();
    private int toReceive;
    private boolean receiveFull;
    private int toSend;
    private boolean sendFull;
    private int maskedBefore = -1;

    DebuggedProcessor(Machine machine) {
        this.machine = machine;
        cpu = machine.cpu();
    }

    BreakpointRegisters breakpoints() {
        return breakpoints;
    }

    // The debug communications channel.

    void receive(int word) {
        toReceive = word;
        receiveFull = true;
    }

    boolean hasToReceive() {
        return receiveFull;
    }

    boolean hasSent() {
        return sendFull;
    }

    int sent() {
        sendFull = false;
        return toSend;
    }

    private int received() {
        receiveFull = false;
        return toReceive;
    }

    private void send(int word) {
        toSend = word;
        sendFull = true;
    }

    // Outside debug state.

    /** Debug state ends; with DBGDSCR.INTdis interrupts stay out until the next debug event. */
    void leaveDebugState(boolean interruptsDisabled) {
        maskedBefore = interruptsDisabled ? cpu.masks : -1;
    }

    Halt run() {
        for (int i = 0; i < SLICE && !machine.isPoweredOff(); i++) {
            if (breakpoints.match(cpu.pc, cpu.mode())) {
                return Halt.BREAKPOINT;
            }
            if (isBkpt()) {
                return Halt.BKPT;
            }
            step();
        }
        return Halt.NONE;
    }

    private void step() {
        if (maskedBefore >= 0) {
            int masks = cpu.masks;
            cpu.masks |= Psr.I | Psr.F;
            int masked = cpu.masks;
            machine.step();
            if (cpu.masks == masked) {
                cpu.masks = masks;
            }
            return;
        }
        machine.step();
    }

    private boolean isBkpt() {
        return machine.fetch(cpu.pc)
                .filter(code -> code.isA32()
                        ? (code.bits() & 0xfff0_00f0) == 0xe120_0070
                        : !code.isWide() && code.bits() >>> 8 == 0xbe)
                .isPresent();
    }

    // In debug state.

    void setRegister(int n, int value) {
        cpu.r[n] = value;
    }

    Outcome execute(int word) {
        int d = word >>> 12 & 0xf;
        if (word == READ_PC) {
            cpu.r[0] = cpu.pc + (cpu.thumb ? 4 : 8);
        } else if (word == WRITE_PC) {
            cpu.pc = cpu.r[0] & ~1;
        } else if (word == BX) {
            cpu.thumb = (cpu.r[0] & 1) != 0;
            cpu.pc = cpu.r[0] & ~1;
        } else if ((word & 0xffff_0fff) == 0xee10_0e15) {
            cpu.r[d] = received();
        } else if ((word & 0xffff_0fff) == 0xee00_0e15) {
            send(cpu.r[d]);
        } else if ((word & 0xffff_0fff) == 0xe10f_0000) {
            cpu.r[d] = cpu.cpsr();
        } else if ((word & 0xfff0_fff0) == 0xe120_f000) {
            return setStatus(word >>> 16 & 0xf, cpu.r[word & 0xf]);
        } else if ((word & 0xff00_0f10) == 0xee00_0e10) {
            return debugRegister(word, d);
        } else if ((word & 0xfff0_ffff) == 0xecb0_5e01 || (word & 0xfff0_ffff) == 0xeca0_5e01) {
            return transfer(word, (word & 1 << 20) != 0);
        } else {
            return executeDecoded(word);
        }
        return Outcome.DONE;
    }

    /** In debug state MSR writes the execution state bits, too, and any mode of the security state. */
    private Outcome setStatus(int fields, int value) {
        int mask = 0;
        for (int i = 0; i < 4; i++) {
            mask |= (fields >> i & 1) != 0 ? 0xff << 8 * i : 0;
        }
        int status = cpu.cpsr() & ~mask | value & mask;
        int mode = status & Psr.M;
        boolean exists = mode == Mode.USR
                || mode == Mode.FIQ
                || mode == Mode.IRQ
                || mode == Mode.SVC
                || mode == Mode.ABT
                || mode == Mode.UND
                || mode == Mode.SYS
                || mode == Mode.HYP;
        if (!exists) {
            return Outcome.UNDEFINED;
        }
        cpu.setCpsr(status);
        return Outcome.DONE;
    }

    /** MRC and MCR of DBGDIDR, DBGBVRn and DBGBCRn. */
    private Outcome debugRegister(int word, int d) {
        int crn = word >>> 16 & 0xf;
        int crm = word & 0xf;
        int opc2 = word >>> 5 & 7;
        boolean read = (word & 1 << 20) != 0;
        if (cpu.mode() == Mode.USR || crn != 0 || opc2 != 4 && opc2 != 5 && !(read && opc2 == 0 && crm == 0)) {
            return Outcome.UNDEFINED;
        }
        if (opc2 == 0) {
            cpu.r[d] = 0x3515_f021;
        } else if (read) {
            cpu.r[d] = breakpoints.read((opc2 - 4) * 0x40 + crm * 4);
        } else {
            breakpoints.write((opc2 - 4) * 0x40 + crm * 4, cpu.r[d]);
        }
        return Outcome.DONE;
    }

    /** LDC and STC of the communications channel, with the address incremented. */
    private Outcome transfer(int word, boolean load) {
        int n = word >>> 16 & 0xf;
        try {
            if (load) {
                send(cpu.load32(cpu.r[n]));
            } else {
                cpu.store32(cpu.r[n], received());
            }
        } catch (ProcessorException e) {
            return Outcome.ABORTED;
        }
        cpu.r[n] += 4;
        return Outcome.DONE;
    }

    private Outcome executeDecoded(int word) {
        int pc = cpu.pc;
        boolean thumb = cpu.thumb;
        int itState = cpu.itState;
        cpu.thumb = false;
        cpu.itState = 0;
        try {
            decoder.decodeA32(word, pc).execute(cpu);
            return Outcome.DONE;
        } catch (ProcessorException e) {
            return e.kind() == ProcessorException.Kind.DATA_ABORT ? Outcome.ABORTED : Outcome.UNDEFINED;
        } finally {
            cpu.pc = pc;
            cpu.thumb = thumb;
            cpu.itState = itState;
        }
    }
}
