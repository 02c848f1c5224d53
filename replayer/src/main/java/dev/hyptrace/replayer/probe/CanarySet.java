package dev.hyptrace.replayer.probe;

import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Values that nothing else holds, one for each register that a handler has no business with. They lie above all RAM of the
 * board, and no two are aligned alike in a row.
 */
public enum CanarySet {
    FIRST(0xc5a0_0000, 0),
    /** Other values in the same places: what looks like an input by chance does not with these. */
    SECOND(0xd36b_0000, 0xf);

    private static final int PSR_MASKED = 0x1c0;
    private static final Set<Register> NOT_OURS =
            Set.of(Register.SP_HYP, Register.SP_MON, Register.LR_MON, Register.SPSR_MON, Register.SPSR_HYP);
    private static final List<Register> REGISTERS = registers();

    private final int base;
    private final int flags;

    CanarySet(int base, int flags) {
        this.base = base;
        this.flags = flags;
    }

    /** The registers that get a canary, in display order: not SP_hyp, which a handler may use as a stack. */
    static List<Register> all() {
        return REGISTERS;
    }

    private static List<Register> registers() {
        List<Register> list = new ArrayList<>();
        for (Register register : Register.all()) {
            boolean core = register.group() == Register.Group.CORE && register != Register.PC;
            boolean banked = register.group() == Register.Group.BANKED;
            if ((core || banked || isSpsr(register)) && !NOT_OURS.contains(register)) {
                list.add(register);
            }
        }
        list.addAll(List.of(Register.TPIDRURW, Register.TPIDRURO, Register.TPIDRPRW));
        return List.copyOf(list);
    }

    private static boolean isSpsr(Register register) {
        return register.manualName().startsWith("SPSR_");
    }

    /** The canary of a register; for an SPSR a status that can be returned to. */
    int value(Register register) {
        int ordinal = register.ordinal();
        return isSpsr(register)
                ? (ordinal + 1 & 0xf ^ flags) << 28 | PSR_MASKED | Mode.SVC.encoding()
                : base | ordinal << 8 | (ordinal * 7 + 3 & 0xff);
    }
}
