package dev.hyptrace.recorder.migration;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;

/** The registers of a processor, from the fields of its section (QEMU's target/arm/machine.c). */
final class CpuState {
    private static final String REGS = "env.regs";
    /** The order of QEMU's banks: target/arm/internals.h, BANK_USRSYS to BANK_MON. */
    private static final List<Mode> BANKS =
            List.of(Mode.USR, Mode.SVC, Mode.ABT, Mode.UND, Mode.IRQ, Mode.FIQ, Mode.HYP, Mode.MON);

    private static final int HIGH = 8;
    private static final int HYP_LEVEL = 2;
    private static final int M4 = 1 << 4;
    private static final int MAX_PROCESSORS = 1024;

    private final SectionFields fields;
    private final State.Builder state = State.builder();
    private final Mode mode;

    private CpuState(SectionFields fields) throws TraceFormatException {
        this.fields = fields;
        long status = word("cpsr", 0);
        if ((status & M4) == 0 || Mode.ofStatus(status).isEmpty()) {
            throw fields.error(
                    String.format("a status register of 0x%08x, expected CPSR in one of ARMv7's modes", status));
        }
        this.mode = Mode.ofStatus(status).get();
        state.known(Register.CPSR, status);
    }

    /** A snapshot for each processor. */
    static List<Event.Snapshot> of(String name, DeviceSections sections) throws TraceFormatException {
        List<SectionFields> processors = sections.named("cpu");
        if (processors.isEmpty() || processors.size() > MAX_PROCESSORS) {
            throw sections.error(0, processors.size() + " sections 'cpu', expected one for each processor");
        }
        List<Event.Snapshot> states = new ArrayList<>();
        for (SectionFields fields : processors) {
            states.add(new Event.Snapshot(states.size(), "QEMU migration stream", new CpuState(fields).build()));
        }
        return states;
    }

    private State build() throws TraceFormatException {
        for (int n = 0; n <= 15; n++) {
            state.known(mode.coreRegister(n), word(REGS, n));
        }
        banks();
        highRegisters();
        state.known(Register.ELR_HYP, word("env.elr_el", HYP_LEVEL));
        CoprocessorRegisters.add(fields, state);
        floatingPoint();
        return state.build();
    }

    /** Of the current mode the banks hold what was there when it was last left. */
    private void banks() throws TraceFormatException {
        for (int bank = 0; bank < BANKS.size(); bank++) {
            Mode banked = BANKS.get(bank);
            if (banked.stackPointer() != mode.stackPointer()) {
                state.known(banked.stackPointer(), word("env.banked_r13", bank));
            }
            if (banked != Mode.HYP && banked.linkRegister() != mode.linkRegister()) {
                state.known(banked.linkRegister(), word("env.banked_r14", bank));
            }
            if (banked.savedStatus().isPresent()) {
                long saved = banked == mode ? word("env.spsr", 0) : word("env.banked_spsr", bank);
                state.known(banked.savedStatus().get(), saved);
            }
        }
    }

    /** R8 to R12 of FIQ mode, or of all the others. */
    private void highRegisters() throws TraceFormatException {
        Mode other = mode == Mode.FIQ ? Mode.USR : Mode.FIQ;
        String bank = mode == Mode.FIQ ? "env.usr_regs" : "env.fiq_regs";
        for (int n = HIGH; n <= 12; n++) {
            state.known(other.coreRegister(n), word(bank, n - HIGH));
        }
    }

    private void floatingPoint() throws TraceFormatException {
        if (!fields.has("env.vfp.zregs[0].d")) {
            return;
        }
        for (int n = 0; n < 32; n++) {
            Register register = Register.all().get(Register.D0.ordinal() + n);
            state.known(register, fields.value("env.vfp.zregs[" + n / 2 + "].d", n % 2));
        }
        state.known(Register.FPSCR, word("fpscr", 0));
        state.known(Register.FPSID, word("env.vfp.xregs[0]", 0));
        // Elements 2 to 15 of QEMU's array; FPEXC is number 8, as in VMRS.
        state.known(Register.FPEXC, word("env.vfp.xregs", 8 - 2));
    }

    private long word(String field, int n) throws TraceFormatException {
        return fields.value(field, n) & 0xffff_ffffL;
    }
}
