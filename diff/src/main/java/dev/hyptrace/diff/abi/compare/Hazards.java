package dev.hyptrace.diff.abi.compare;

import dev.hyptrace.diff.abi.compare.Hazard.Kind;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.AbiFunction.Argument;
import dev.hyptrace.diff.abi.description.FunctionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a caller of one description may not assume of a party that keeps to another. */
public final class Hazards {
    /** Some address that may be a vector table's or a function's. */
    private static final long ADDRESS = 0x4001_0900L;

    private final Column caller;
    private final Column party;
    private final List<Hazard> hazards = new ArrayList<>();

    private Hazards(Column caller, Column party) {
        this.caller = caller;
        this.party = party;
    }

    /** In the order of the caller's functions; empty when every call does the same. */
    public static List<Hazard> of(Column caller, Column party) {
        Hazards pair = new Hazards(caller, party);
        if (pair.reaches()) {
            Rows.of(List.of(caller, party)).forEach(pair::row);
            new PartyHazards(caller, party).into(pair.hazards);
        }
        return List.copyOf(pair.hazards);
    }

    /** Whether the caller's calls come in at the party and are told apart by the register that the caller uses. */
    private boolean reaches() {
        if (!caller.instruction().equals(party.instruction())) {
            return no("the calls of " + caller.label() + " are made by "
                    + caller.instruction().toUpperCase(Locale.ROOT)
                    + ", and " + party.label() + " is called by "
                    + party.instruction().toUpperCase(Locale.ROOT) + ".");
        }
        if (!party.abi().hasImmediate(caller.callImmediate())) {
            return no(party.label() + " is called by " + party.callInstruction()
                    + ", and its description does not settle what it does with " + caller.callInstruction() + ".");
        }
        if (party.selector().isPresent() && !party.selector().equals(caller.selector())) {
            return no(party.label() + " tells its functions apart by "
                    + party.selector().get()
                    + ", which to the caller is no selector: " + caller.callInstruction()
                    + " does what that register happens"
                    + " to hold.");
        }
        return true;
    }

    private boolean no(String why) {
        String sentence = "A " + caller.label() + " caller may not assume anything of " + party.label() + ": " + why;
        hazards.add(
                new Hazard(caller.label(), party.label(), Kind.NOT_ITS_CALL, "", caller.callInstruction(), sentence));
        return false;
    }

    /** The call of one row, if it is one that the caller could mean. */
    private void row(Row row) {
        Optional<AbiFunction> meant = row.cells().get(0).function();
        if (meant.isEmpty()) {
            return;
        }
        Optional<Argument> number = meant.get().arguments().stream()
                .filter(argument -> Correspondence.register(caller.abi().architecture(), argument.register())
                        .equals(row.register()))
                .findFirst();
        boolean isAddress = number.filter(argument -> argument.kind() != AbiFunction.Kind.VALUE)
                .isPresent();
        long value = isAddress && row.from().isEmpty() ? ADDRESS : row.example();
        if (number.isPresent() && !number.get().accepts(value)) {
            return;
        }
        compare(row, meant.get(), isAddress ? "an address" : FunctionText.number(value));
    }

    private void compare(Row row, AbiFunction meant, String number) {
        String call =
                caller.callInstruction() + (row.register().isEmpty() ? "" : " with " + row.register() + " = " + number);
        Optional<AbiFunction> taken = row.cells().get(1).function();
        if (taken.isEmpty()) {
            add(
                    Kind.NOT_SETTLED,
                    meant,
                    call,
                    "what " + call + " does there is " + row.cells().get(1).text() + ".");
            return;
        }
        if (row.behaviour(caller.abi(), meant).equals(row.behaviour(party.abi(), taken.get()))) {
            return;
        }
        Behaviour here = Behaviour.of(caller.abi(), meant);
        Behaviour there = Behaviour.of(party.abi(), taken.get());
        Phrase phrase = phrase(row.register(), number, meant);
        boolean refused = taken.get().error() && !meant.error();
        if (refused || !there.does(here)) {
            add(
                    meant.error() && !taken.get().error() ? Kind.NO_ERROR : Kind.EFFECT,
                    meant,
                    call,
                    call + is(taken.get(), meant) + " there" + onlyThere(here, there, phrase));
        } else if (!there.beyond(here).isNothing()) {
            Behaviour more = there.beyond(here);
            add(Kind.SIDE_EFFECT, meant, call, call + " there also " + phrase.finite(more) + ".");
        }
    }

    private static String onlyThere(Behaviour here, Behaviour there, Phrase phrase) {
        return ", and " + phrase.finite(there) + ", instead of " + phrase.gerund(here) + ".";
    }

    /** What the party takes the call for, where that is something else. */
    private static String is(AbiFunction taken, AbiFunction meant) {
        if (taken.name().isEmpty()) {
            return taken.error() && !meant.error() ? " is an error" : " is no function";
        }
        return taken.error() ? " is " + taken.name() + ", which is refused" : " is " + taken.name();
    }

    /** What the registers hold to which the caller gives a meaning. */
    private Phrase phrase(String register, String number, AbiFunction meant) {
        Map<String, String> given = new TreeMap<>();
        for (Argument argument : meant.arguments()) {
            String name = Correspondence.register(caller.abi().architecture(), argument.register());
            given.put(name, name);
        }
        meant.sets().stream()
                .flatMap(set -> set.value().registers().stream())
                .map(name -> Correspondence.register(caller.abi().architecture(), name))
                .forEach(name -> given.putIfAbsent(name, name));
        if (!register.isEmpty()) {
            given.put(register, number.equals("an address") ? register : register + ", which is " + number);
        }
        return new Phrase(given);
    }

    private void add(Kind kind, AbiFunction meant, String call, String what) {
        String sentence = "A " + caller.label() + " caller may not assume " + assumption(kind, meant) + ": " + what;
        hazards.add(new Hazard(caller.label(), party.label(), kind, meant.name(), call.replace("`", ""), sentence));
    }

    private String assumption(Kind kind, AbiFunction meant) {
        if (meant.name().isEmpty()) {
            return "of " + party.label()
                    + (meant.error()
                            ? " that a number without a function is an error"
                            : " what it knows of other numbers");
        }
        return kind == Kind.SIDE_EFFECT
                ? "that " + meant.name() + " does nothing else on " + party.label()
                : meant.name() + " of " + party.label();
    }
}
