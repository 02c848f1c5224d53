package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.EnumSet;
import java.util.Set;

/**
 * The registers that exceptions, or the returns from them, write by themselves: of any other a new value was written by an
 * instruction before.
 */
final class ExceptionRegisters {
    private static final Set<Register> ALL = EnumSet.of(
            Register.CPSR,
            Register.ELR_HYP,
            Register.HSR,
            Register.HDFAR,
            Register.HIFAR,
            Register.HPFAR,
            Register.DFSR,
            Register.DFAR,
            Register.IFSR,
            Register.IFAR);

    static {
        for (Mode mode : Mode.values()) {
            ALL.add(mode.linkRegister());
            mode.savedStatus().ifPresent(ALL::add);
        }
    }

    private ExceptionRegisters() {}

    static boolean contains(Register register) {
        return ALL.contains(register);
    }
}
