package dev.hyptrace.diff.bisect;

import dev.hyptrace.diff.abi.check.AnsweredCalls;
import dev.hyptrace.diff.abi.check.Attribution;
import dev.hyptrace.diff.abi.check.CallCheck;
import dev.hyptrace.diff.abi.check.CallCheck.Level;
import dev.hyptrace.diff.abi.check.Claim;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.FunctionText;
import dev.hyptrace.traces.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** That descriptions of ABIs explain each hypercall of a build, down to what they leave alone. */
public final class ExplainedByAbis implements Property {
    private final List<Abi> abis;
    private final String digest;

    /**
     * @param abis one for each party that answers
     * @param digest tells these descriptions from others of the same name
     */
    public ExplainedByAbis(List<Abi> abis, String digest) {
        this.abis = List.copyOf(abis);
        this.digest = digest;
    }

    @Override
    public String description() {
        return "explained by " + names() + " " + digest;
    }

    private String names() {
        return abis.stream().map(Abi::name).collect(Collectors.joining(" and "));
    }

    @Override
    public Observation judge(Trace run) throws IOException {
        AnsweredCalls answered = AnsweredCalls.of(run);
        List<String> problems = new ArrayList<>();
        for (Attribution party : Attribution.of(answered.calls(), abis, Level.EXACT)) {
            if (party.best().isEmpty()) {
                problems.addAll(problems(party));
            }
        }
        if (!problems.isEmpty()) {
            return new Observation(Verdict.BAD, problems);
        }
        int count = answered.calls().size();
        return Observation.good((answered.isAll() ? "" : "the first ") + count
                + (count == 1 ? " hypercall is" : " hypercalls are") + " explained by " + names());
    }

    /** What the closest description says otherwise; a description that says nothing of a call contradicts it, too. */
    private List<String> problems(Attribution party) {
        List<String> lines = new ArrayList<>();
        party.closest().stream().findFirst().ifPresent(closest -> closest.checks()
                .forEach(check -> lines.addAll(contradictions(check))));
        if (lines.isEmpty()) {
            lines.add("hypercall " + party.calls().get(0).number() + ": not explained by " + names());
        }
        return lines;
    }

    private static List<String> contradictions(CallCheck check) {
        String call = "hypercall " + check.call().number() + ": ";
        if (check.function().isEmpty()) {
            return List.of(call + check.abi().name() + " knows no such call");
        }
        String function = FunctionText.name(check.function().get());
        List<String> lines = new ArrayList<>();
        for (Claim claim : check.contradictions()) {
            lines.add(call + function + ", " + claim.subject() + ": "
                    + check.abi().name() + " says " + claim.expected() + ", the build has " + claim.found());
        }
        return lines;
    }
}
