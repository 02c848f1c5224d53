package dev.hyptrace.diff.abi.check;

import dev.hyptrace.diff.abi.description.RegisterNames;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.OptionalLong;

/** The registers of one hypercall by the names that descriptions use, before and after it. */
public final class Moment {
    private static final int VMID_SHIFT = 48;
    private static final int VMID_MASK = 0xff;

    private final Hypercall call;
    private final Mode caller;

    public Moment(Hypercall call) {
        this.call = call;
        this.caller = call.call().mode().orElse(Mode.SVC);
    }

    /** Whether a guest of a hypervisor made it: its VMID is not 0. False where VTTBR was not recorded. */
    boolean isFromGuest() {
        OptionalLong base = before(Register.VTTBR);
        return base.isPresent() && (base.getAsLong() >>> VMID_SHIFT & VMID_MASK) != 0;
    }

    /** Before the call. What the recording has at the vector only, and taking the exception leaves alone, counts. */
    public OptionalLong before(String name) {
        return before(register(name));
    }

    public OptionalLong before(Register register) {
        OptionalLong here = call.call().bits(register);
        return here.isPresent() || isWrittenByException(register)
                ? here
                : call.vector().bits(register);
    }

    public OptionalLong after(String name) {
        return call.after().bits(register(name));
    }

    public OptionalLong after(Register register) {
        return call.after().bits(register);
    }

    public State afterState() {
        return call.after();
    }

    /** The register that a name means to the caller. */
    public Register register(String name) {
        return switch (name) {
            case "sp" -> caller.stackPointer();
            case "lr" -> caller.linkRegister();
            default ->
                RegisterNames.register(name).orElseThrow(() -> new IllegalArgumentException("no register " + name));
        };
    }

    /** The registers that taking an exception to Hyp mode writes. */
    public static boolean isWrittenByException(Register register) {
        return switch (register) {
            case PC, CPSR, HSR, ELR_HYP, SPSR_HYP, HDFAR, HIFAR, HPFAR -> true;
            default -> false;
        };
    }

    /** Registers that change by themselves. */
    public static boolean changesByItself(Register register) {
        return switch (register) {
            case CNTPCT, CNTVCT, PMCCNTR, PMOVSR, PMOVSSET, ISR, CNTP_CTL, CNTV_CTL, CNTHP_CTL -> true;
            default -> register.manualName().startsWith("PMXEVCNTR");
        };
    }
}
