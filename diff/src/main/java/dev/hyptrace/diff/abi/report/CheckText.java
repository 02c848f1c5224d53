package dev.hyptrace.diff.abi.report;

import dev.hyptrace.diff.abi.catalogue.Recognition;
import dev.hyptrace.diff.abi.check.Attribution;
import dev.hyptrace.diff.abi.check.Attribution.Candidate;
import dev.hyptrace.diff.abi.check.CallCheck;
import dev.hyptrace.diff.abi.check.CheckedParty;
import dev.hyptrace.diff.abi.check.Claim;
import dev.hyptrace.diff.abi.check.Mismatch;
import dev.hyptrace.diff.abi.check.TellingCall;
import dev.hyptrace.diff.abi.description.FunctionText;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The check of a trace against descriptions. */
public final class CheckText {
    private static final int CALLS_SHOWN = 64;

    private final Appendable out;
    private List<Recognition> known = List.of();

    public CheckText(Appendable out) {
        this.out = out;
    }

    /** Known divergences, which are named under the first call that shows them. */
    public CheckText with(List<Recognition> recognitions) {
        known = List.copyOf(recognitions);
        return this;
    }

    /** Each party, what explains it, its calls, and whether its caller speaks another ABI. */
    public void write(List<CheckedParty> parties) throws IOException {
        for (int i = 0; i < parties.size(); i++) {
            if (i > 0) {
                line("");
            }
            party(parties.get(i));
        }
    }

    private void party(CheckedParty checked) throws IOException {
        Attribution party = checked.attribution();
        int count = party.calls().size();
        String base = party.base().isPresent() ? "vectors at " + hex(party.base()) : "vectors not recorded";
        String callers = party.guests() ? (count == 1 ? " of a guest" : " of guests") : "";
        line(base + ", " + count + (count == 1 ? " call" : " calls") + callers + ": " + verdict(party));
        Optional<Mismatch> mismatch = checked.mismatch();
        if (mismatch.isPresent()) {
            line("  MISMATCH");
            for (String sentence : mismatch.get().sentences()) {
                line("  " + sentence);
            }
        }
        List<Candidate> shown = Stream.of(party.best(), party.possible(), party.closest())
                .filter(candidates -> !candidates.isEmpty())
                .findFirst()
                .orElse(List.of());
        for (int i = 0; i < Math.min(count, CALLS_SHOWN); i++) {
            call(party.calls().get(i), shown, i);
        }
        if (count > CALLS_SHOWN) {
            line("  ... " + (count - CALLS_SHOWN) + " more");
        }
        sure(party);
    }

    private static String verdict(Attribution party) {
        if (!party.best().isEmpty()) {
            return names(party.best());
        }
        if (!party.possible().isEmpty()) {
            return "NOT SETTLED: nothing contradicts " + names(party.possible()) + ", and nothing bears it out";
        }
        return party.closest().isEmpty() ? "no description" : "NOT EXPLAINED; closest is " + names(party.closest());
    }

    private void call(Hypercall call, List<Candidate> candidates, int index) throws IOException {
        String site = call.site().isPresent()
                ? hex(OptionalLong.of(Integer.toUnsignedLong(call.site().getAsInt())))
                : "?";
        String registers = register(call, Register.R0) + register(call, Register.R1);
        if (candidates.isEmpty()) {
            line("  " + call.number() + " at " + site + registers);
            known(call);
            return;
        }
        CallCheck check = candidates.get(0).checks().get(index);
        line("  " + call.number() + " at " + site + registers + "  "
                + check.function().map(FunctionText::name).orElse("?")
                + (check.isMeaningful()
                                || check.function().filter(f -> f.error()).isPresent()
                        ? ""
                        : " (odd arguments)"));
        for (Claim claim : check.contradictions()) {
            line("      " + claim.subject() + ": " + check.abi().name() + " says " + claim.expected()
                    + ", the trace has " + claim.found());
        }
        known(call);
    }

    private void known(Hypercall call) throws IOException {
        for (Recognition recognition : known) {
            if (recognition.hypercall() == call.number()) {
                line("      " + recognition.text());
            }
        }
    }

    private static String register(Hypercall call, Register register) {
        return call.call().has(register)
                ? " " + register.manualName().toLowerCase(Locale.ROOT) + "="
                        + Claim.hex(call.call().require(register))
                : "";
    }

    /** How sure the attribution is. */
    private void sure(Attribution party) throws IOException {
        if (party.best().isEmpty()) {
            return;
        }
        Candidate first = party.best().get(0);
        line("  " + first.support() + " effects borne out, none contradicted"
                + (party.others().isEmpty() ? "" : "; possible but saying less: " + names(party.others())) + ".");
        if (first.abi().entry().hostOnly()
                && party.calls().stream().noneMatch(call -> call.call().has(Register.VTTBR))) {
            line("  VTTBR was not recorded: if guests made some of these calls, they are taken for the host's.");
        }
        List<String> same = new ArrayList<>();
        for (Candidate other : party.best().subList(1, party.best().size())) {
            Optional<TellingCall> telling = TellingCall.between(first.abi(), other.abi());
            if (telling.isPresent()) {
                line("  Not told from " + other.abi().name() + ". "
                        + telling.get().sentence());
            } else {
                same.add(other.abi().name());
            }
        }
        if (!same.isEmpty()) {
            line("  The calls of " + first.abi().name() + " and " + String.join(" and ", same) + " are the same.");
        }
    }

    private static String names(List<Candidate> candidates) {
        return candidates.stream().map(c -> c.abi().name()).collect(Collectors.joining(" or "));
    }

    private static String hex(OptionalLong value) {
        return Claim.hex(value.orElseThrow());
    }

    private void line(String text) throws IOException {
        out.append(text).append('\n');
    }
}
