package dev.hyptrace.diff.abi.check;

import dev.hyptrace.diff.abi.check.CallCheck.Level;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.AbiFunction.Assignment;
import dev.hyptrace.diff.abi.description.AbiFunction.Ending;
import dev.hyptrace.diff.abi.description.AbiFunction.FromHyp;
import dev.hyptrace.diff.abi.description.Expression;
import dev.hyptrace.diff.abi.description.RegisterNames;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Makes the claims of a function about one call. */
final class Claims {
    private static final int HYP_CALL_SLOT = 0x08;
    private static final String RETURNS = "returns to the caller";

    private final Abi abi;
    private final AbiFunction function;
    private final Hypercall call;
    private final Level level;
    private final Moment moment;
    private final List<Claim> claims = new ArrayList<>();

    Claims(Abi abi, AbiFunction function, Hypercall call, Level level) {
        this.abi = abi;
        this.function = function;
        this.call = call;
        this.level = level;
        this.moment = new Moment(call);
    }

    List<Claim> list() {
        if (call.fromHyp()) {
            fromHyp();
        } else {
            made(function.ending(), function.target(), function.sets());
        }
        return claims;
    }

    /** The description may say what a call from Hyp mode does, and else what is in the slot that it comes in by. */
    private void fromHyp() {
        Optional<FromHyp> said = function.fromHyp();
        if (said.isPresent()) {
            made(said.get().ending(), said.get().target(), said.get().sets());
        } else if (abi.slots().stream()
                .anyMatch(s -> s.offset() == HYP_CALL_SLOT && s.behaviour().equals("SPINS"))) {
            ending(Ending.SPINS, Optional.empty());
        }
    }

    private void made(Ending ending, Optional<Expression> target, List<Assignment> sets) {
        ending(ending, target);
        if (ending == Ending.SPINS || call.outcome() == Outcome.NEVER_RETURNED) {
            return;
        }
        sets.forEach(this::set);
        if (ending != Ending.UNSETTLED) {
            kept(sets, ending);
        } else if (call.outcome() == Outcome.RETURNED) {
            keptByACall(sets);
        }
    }

    private void ending(Ending ending, Optional<Expression> target) {
        switch (ending) {
            case RETURNS -> outcome(RETURNS, call.outcome() == Outcome.RETURNED);
            case SPINS -> outcome("never returns", call.outcome() == Outcome.NEVER_RETURNED);
            case JUMPS -> jump(target.orElseThrow());
            case UNSETTLED -> {
                // Whatever it does.
            }
        }
    }

    /** A recording that ends before the call does contradicts nothing; nor does one that lacks the address. */
    private void outcome(String expected, boolean agrees) {
        Outcome outcome = call.outcome();
        boolean open = outcome == Outcome.LEFT_HYP || outcome == Outcome.NEVER_RETURNED && !agrees;
        boolean telling = !expected.equals(RETURNS);
        claims.add(
                open
                        ? Claim.notRecorded("ending", expected)
                        : Claim.of("ending", expected, outcome.text(), agrees, telling));
    }

    private void jump(Expression target) {
        OptionalLong expected = target.evaluate(moment::before);
        boolean entered = call.outcome() == Outcome.ENTERED_PAYLOAD;
        outcome("goes on at " + target + " in Hyp mode", entered);
        OptionalLong found = moment.after(Register.PC);
        if (entered && expected.isPresent() && found.isPresent()) {
            boolean agrees = BranchTarget.of(expected.getAsLong()) == found.getAsLong();
            claims.add(Claim.of(
                    "target",
                    target + " = " + Claim.hex(expected.getAsLong()),
                    Claim.hex(found.getAsLong()),
                    agrees,
                    true));
            Optional<Mode> mode = moment.afterState().mode();
            mode.ifPresent(m -> claims.add(Claim.of("mode", "Hyp", m.suffix(), m == Mode.HYP, true)));
        }
    }

    private void set(Assignment set) {
        OptionalLong value = set.value().evaluate(moment::before);
        OptionalLong expected =
                value.isEmpty() ? value : OptionalLong.of(value.getAsLong() & ~Integer.toUnsignedLong(set.notHeld()));
        claims.add(Claim.ofValue(
                set.register(), expected, set.value().toString(), moment.after(set.register()), expected.isPresent()));
    }

    /** Whatever is not named is as before. */
    private void kept(List<Assignment> sets, Ending ending) {
        Set<Register> open = open(sets);
        for (Register register : moment.afterState().registers()) {
            if (!open.contains(register)
                    && !Moment.isWrittenByException(register)
                    && !Moment.changesByItself(register)) {
                keeps(register);
            }
        }
        if (ending == Ending.RETURNS && call.outcome() == Outcome.RETURNED) {
            keeps(Register.CPSR);
        }
    }

    /** What is not claimed to be kept. */
    private Set<Register> open(List<Assignment> sets) {
        Set<Register> open = new HashSet<>();
        sets.forEach(set -> open.add(moment.register(set.register())));
        function.exactClobbers().forEach(name -> open.add(moment.register(name)));
        if (level == Level.CONTRACT) {
            abi.contractClobbers().forEach(name -> open.add(moment.register(name)));
            function.contractClobbers().forEach(name -> open.add(moment.register(name)));
        }
        return open;
    }

    /** A function that may do anything to the system, and came back: of the caller's registers it loses those that are named. */
    private void keptByACall(List<Assignment> sets) {
        Set<Register> open = open(sets);
        moment.afterState().registers().stream()
                .filter(register -> register.group() == Register.Group.CORE && !open.contains(register))
                .filter(register -> !Moment.isWrittenByException(register) && !Moment.changesByItself(register))
                .forEach(this::keeps);
    }

    /** That HVBAR is kept says something: a call that changes it is what these interfaces are for. */
    private void keeps(Register register) {
        OptionalLong before = moment.before(register);
        OptionalLong after = moment.after(register);
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        boolean weight = register == Register.HVBAR || register == Register.R0;
        claims.add(
                !weight && before.getAsLong() == after.getAsLong()
                        ? Claim.KEPT
                        : Claim.ofValue(RegisterNames.name(register), before, "kept", after, weight));
    }
}
