package dev.hyptrace.diff.compare;

import dev.hyptrace.diff.result.Kind;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which kind a register is of at which point, and which registers a hypercall's point ought to show.
 *
 * <pre>
 *            at the HVC          at the vector          at the return
 *   mode     CPSR                CPSR                   CPSR, PC (the address returned to)
 *   vector   HVBAR VBAR MVBAR    the same, and PC       HVBAR VBAR MVBAR
 *   register all others          all others             all others
 * </pre>
 */
public final class Kinds {
    private static final List<Register> VECTOR_BASES = List.of(Register.HVBAR, Register.VBAR, Register.MVBAR);
    private static final List<Register> SYNDROME = List.of(Register.HSR, Register.ELR_HYP, Register.SPSR_HYP);
    private static final int CORE_REGISTERS = 16;

    private Kinds() {}

    public static Kind of(Point point, Register register) {
        if (register == Register.CPSR || register == Register.PC && point == Point.RETURN) {
            return Kind.MODE;
        }
        boolean vector = isVectorBase(register) || register == Register.PC && point == Point.VECTOR;
        return vector ? Kind.VECTOR : Kind.REGISTER;
    }

    /** Whether the register holds the address of a vector table. */
    public static boolean isVectorBase(Register register) {
        return VECTOR_BASES.contains(register) || register == Register.VBAR_S;
    }

    /**
     * The registers that the table names at a point of a hypercall: a side that did not record one of them leaves it
     * unknown, and is told so.
     */
    static List<Register> expected(Point point, State left, State right) {
        List<Register> expected = new ArrayList<>(24);
        expected.add(Register.CPSR);
        Optional<Mode> mode = left.mode().or(right::mode);
        for (int n = 0; n < CORE_REGISTERS; n++) {
            if (n < 13 || n == 15 || mode.isPresent()) {
                expected.add(mode.orElse(Mode.SVC).coreRegister(n));
            }
        }
        expected.addAll(VECTOR_BASES);
        if (point == Point.VECTOR) {
            expected.addAll(SYNDROME);
        }
        return expected;
    }
}
