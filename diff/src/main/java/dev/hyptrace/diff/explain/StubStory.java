package dev.hyptrace.diff.explain;

import dev.hyptrace.diff.abi.StubGenerations;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The story of a caller and a stub that do not speak the same generation of the ABI.
 *
 * <p>It is fed with all pairs of hypercalls in order. Each answer of a stub narrows down which generations it can be of, as
 * long as calls are answered by the handler that answered the first one.
 */
public final class StubStory {
    private static final long FIRST_ADDRESS = 0x1000;
    private static final long RESET_G2 = 3;
    private static final long GET_G1 = 0xffff_ffffL;

    private final Narrowing left = new Narrowing();
    private final Narrowing right = new Narrowing();
    private Hypercall leftMismatch;
    private Hypercall rightMismatch;
    private Optional<String> refused = Optional.empty();

    /** Takes in two hypercalls that correspond. */
    public void pair(Hypercall leftCall, Hypercall rightCall) {
        left.narrow(leftCall);
        right.narrow(rightCall);
        if (leftMismatch == null && differ(leftCall, rightCall)) {
            leftMismatch = leftCall;
            rightMismatch = rightCall;
        }
    }

    /** Takes in a hypercall that only one side made: {@code side} is {@code left} or {@code right}. */
    public void unpaired(String side, Hypercall call) {
        (side.equals("left") ? left : right).narrow(call);
        if (refused.isEmpty() && StubGenerations.refused(call)) {
            refused = refusal(side, call);
        }
    }

    /** The story, one sentence a line; empty when there is none to tell. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (leftMismatch != null) {
            mismatch(lines);
        } else {
            refused.ifPresent(lines::add);
        }
        return lines;
    }

    private static boolean differ(Hypercall leftCall, Hypercall rightCall) {
        Set<String> leftSet = StubGenerations.explaining(leftCall);
        Set<String> rightSet = StubGenerations.explaining(rightCall);
        boolean sameRequest =
                leftCall.call().bits(Register.R0).equals(rightCall.call().bits(Register.R0));
        return sameRequest
                && !leftSet.isEmpty()
                && !rightSet.isEmpty()
                && leftSet.stream().noneMatch(rightSet::contains);
    }

    private void mismatch(List<String> lines) {
        boolean leftRefused = StubGenerations.refused(leftMismatch);
        Narrowing reference = leftRefused ? right : left;
        Narrowing other = leftRefused ? left : right;
        String sides = leftRefused ? " on the left, " : " on the right, ";
        String same = leftRefused ? " on the right." : " on the left.";
        lines.add("A " + reference.names() + " caller meets a stub of " + other.names() + sides + "and one of "
                + reference.names() + same);
        long r0 = leftMismatch.call().require(Register.R0);
        lines.add("Hypercall " + leftMismatch.number() + ", r0 = " + Words.hex(r0) + ": "
                + did("left", left, leftMismatch) + "; " + did("right", right, rightMismatch) + ".");
    }

    /** What one side took the call for, and what it did. */
    private static String did(String side, Narrowing generation, Hypercall call) {
        long r0 = call.call().require(Register.R0);
        String name = generation.possible.stream()
                .flatMap(g -> StubGenerations.name(g, r0).stream())
                .findFirst()
                .orElse("no function it knows");
        return "to the " + side + " stub this is " + name + ", and it " + effect(call);
    }

    private static String effect(Hypercall call) {
        if (StubGenerations.refused(call)) {
            return "answers HVC_STUB_ERR (0x0badca11)";
        }
        if (call.outcome() == Outcome.ENTERED_PAYLOAD) {
            return "goes on in HYP at r1 = " + Words.hex(call.call().bits(Register.R1)) + " without returning";
        }
        if (call.outcome() != Outcome.RETURNED) {
            return "ends with: " + call.outcome().text();
        }
        OptionalLong before = call.vector().bits(Register.HVBAR);
        OptionalLong after = call.after().bits(Register.HVBAR);
        String base = after.isEmpty() || after.equals(before) ? "" : " and sets HVBAR to " + Words.hex(after);
        return "returns r0 = " + Words.hex(call.after().bits(Register.R0)) + base;
    }

    private static Optional<String> refusal(String side, Hypercall call) {
        long r0 = call.call().bits(Register.R0).orElse(2);
        String asked = "hypercall " + call.number() + " asks for r0 = " + Words.hex(r0)
                + " and gets HVC_STUB_ERR (0x0badca11).";
        if (r0 == GET_G1 || r0 >= FIRST_ADDRESS && (r0 & 0x1f) == 0) {
            return Optional.of("A G1 caller meets a stub of G2 or later on the " + side + ": " + asked);
        }
        if (r0 == 0) {
            return Optional.of("A caller of G2 or G3 meets a stub of G4k on the " + side + ": " + asked);
        }
        return r0 == RESET_G2
                ? Optional.of("A G2 caller meets a stub of another generation on the " + side + ": " + asked)
                : Optional.empty();
    }

    /** Which generations a side's stub can be of. */
    private static final class Narrowing {
        private Set<String> possible = new LinkedHashSet<>(StubGenerations.all());
        private OptionalLong vector = OptionalLong.empty();
        private boolean done;

        void narrow(Hypercall call) {
            OptionalLong here = call.vector().bits(Register.PC);
            if (vector.isEmpty()) {
                vector = here;
            }
            done |= here.isPresent() && !here.equals(vector);
            Set<String> explaining = StubGenerations.explaining(call);
            if (!done && possible.stream().anyMatch(explaining::contains)) {
                possible = new LinkedHashSet<>(possible);
                possible.retainAll(explaining);
            }
        }

        String names() {
            Set<String> later = new LinkedHashSet<>(StubGenerations.all());
            later.remove("G1");
            return possible.equals(later) ? "G2 or later" : Words.or(possible);
        }
    }
}
