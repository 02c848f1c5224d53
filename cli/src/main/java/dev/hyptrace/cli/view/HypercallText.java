package dev.hyptrace.cli.view;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.io.Writer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** One hypercall: every register at the HVC, at the vector and at the return. */
public final class HypercallText {
    private static final Set<Register> TELLING = EnumSet.of(
            Register.SP_SVC,
            Register.SP_HYP,
            Register.LR_USR,
            Register.LR_SVC,
            Register.CPSR,
            Register.SPSR_HYP,
            Register.ELR_HYP,
            Register.HVBAR,
            Register.HSR,
            Register.HCR,
            Register.HSCTLR,
            Register.VBAR,
            Register.MVBAR,
            Register.SCTLR);

    private final Hypercall call;
    private final List<State> points;
    private final boolean all;

    /** @param all whether to show registers that say nothing of this call, too */
    public HypercallText(Hypercall call, boolean all) {
        this.call = call;
        this.all = all;
        this.points = List.of(call.call(), call.vector(), call.after());
    }

    public void write(Writer out) throws IOException {
        out.write("hypercall " + call.number() + ": hvc #" + Cells.number(call.immediate()) + " at "
                + Cells.address(call.site()) + " on processor " + call.cpu() + ", " + HypercallList.outcome(call)
                + "\n");
        out.write("steps " + steps() + "\n\n");
        Columns columns = new Columns();
        columns.row("", "call", "vector", "return");
        columns.row("mode", mode(0), mode(1), mode(2));
        int hidden = 0;
        for (Register register : registers()) {
            if (all || isTelling(register)) {
                columns.row(
                        register.manualName(),
                        cell(register, 0),
                        cell(register, 1),
                        cell(register, 2) + change(register));
            } else {
                hidden++;
            }
        }
        columns.write(0, out);
        if (hidden > 0) {
            out.write("\n" + hidden + " more registers stay as they are; --all shows them\n");
        }
        derivations(out);
    }

    /** Whether it belongs to what a hypercall is about, or changes in this one. */
    private boolean isTelling(Register register) {
        return register.group() == Register.Group.CORE
                || TELLING.contains(register)
                || points.stream()
                                .filter(state -> state.has(register))
                                .map(state -> state.require(register))
                                .distinct()
                                .count()
                        > 1;
    }

    private String steps() {
        return step(call.callStep()) + " to " + step(call.lastStep());
    }

    private static String step(OptionalLong step) {
        return step.isPresent() ? Long.toString(step.getAsLong()) : Cells.UNKNOWN;
    }

    private String mode(int point) {
        return points.get(point).mode().map(Mode::suffix).orElse(Cells.UNKNOWN);
    }

    private Set<Register> registers() {
        Set<Register> registers = new TreeSet<>();
        points.forEach(state -> registers.addAll(state.registers()));
        return registers;
    }

    private String cell(Register register, int point) {
        return Cells.of(points.get(point), register);
    }

    /** A mark for what the call changed, which PC does not need. */
    private String change(Register register) {
        boolean comparable = call.call().has(register) && call.after().has(register) && register != Register.PC;
        return comparable && call.call().require(register) != call.after().require(register) ? "  changed" : "";
    }

    /** Says by which rule what is derived was derived. */
    private void derivations(Writer out) throws IOException {
        Map<DerivationRule, Set<Register>> rules = new EnumMap<>(DerivationRule.class);
        for (State state : points) {
            for (Register register : state.registers()) {
                state.rule(register).ifPresent(rule -> rules.computeIfAbsent(rule, any -> new TreeSet<>())
                        .add(register));
            }
        }
        if (!rules.isEmpty()) {
            out.write("\nderived (~), not recorded:\n");
        }
        for (Map.Entry<DerivationRule, Set<Register>> entry : rules.entrySet()) {
            String names = String.join(
                    " ", entry.getValue().stream().map(Register::manualName).toList());
            out.write("  " + names + ": " + entry.getKey().text() + "\n");
        }
    }
}
