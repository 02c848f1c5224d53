package dev.hyptrace.diff.abi.compare;

import dev.hyptrace.diff.abi.description.Abi.Architecture;
import dev.hyptrace.diff.abi.description.Expression;
import dev.hyptrace.diff.abi.description.Expression.Binary;
import dev.hyptrace.diff.abi.description.Expression.Not;
import dev.hyptrace.diff.abi.description.Expression.Register;
import java.util.Map;

/** Which register of AArch32 a register of AArch64 is compared with. */
public final class Correspondence {
    private static final Map<String, String> SYSTEM = Map.of(
            "VBAR_EL2", "HVBAR",
            "SCTLR_EL2", "HSCTLR",
            "HCR_EL2", "HCR",
            "ESR_EL2", "HSR",
            "ELR_EL2", "ELR_hyp",
            "SPSR_EL2", "SPSR_hyp",
            "x30", "lr");

    private Correspondence() {}

    /** What is said of it where it is used. */
    public static String describe() {
        return "AArch64 compared with AArch32 so: x0 to x12 with r0 to r12, x30 with lr, VBAR_EL2 with HVBAR, SCTLR_EL2 with"
                + " HSCTLR.";
    }

    /** The name in AArch32; a register that has no counterpart keeps its own. */
    public static String register(Architecture architecture, String name) {
        if (architecture == Architecture.AARCH32) {
            return name;
        }
        String system = SYSTEM.get(name);
        return system != null ? system : name.matches("x([0-9]|1[0-2])") ? "r" + name.substring(1) : name;
    }

    static Expression expression(Architecture architecture, Expression expression) {
        if (expression instanceof Register register) {
            return new Register(register(architecture, register.name()));
        }
        if (expression instanceof Not not) {
            return new Not(expression(architecture, not.operand()));
        }
        if (expression instanceof Binary binary) {
            return new Binary(
                    binary.operator(),
                    expression(architecture, binary.left()),
                    expression(architecture, binary.right()));
        }
        return expression;
    }
}
