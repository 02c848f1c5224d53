package dev.hyptrace.diff.time;

import dev.hyptrace.diff.align.Aligned;
import dev.hyptrace.diff.align.HypercallAligner;
import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.compare.Field;
import dev.hyptrace.diff.compare.FieldSink;
import dev.hyptrace.diff.compare.PairComparer;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Reading;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What depends on time at each hypercall of a run: what was another value in a run of the same machine with the same image and
 * a clock of another rate. Between such runs there is no difference but time, so no difference between two implementations can
 * hide in it.
 *
 * <p>What it takes to explain a difference to another machine's recording by it:
 *
 * <ul>
 *   <li>the same field at the same point of the same hypercall was another value with another clock;
 *   <li>for what a caller relies on (PC, ELR_hyp, HVBAR, the mode, the masks, HSR at the vector, r0 at the return, how the call
 *       ended) the run with another clock must have shown the very value that is to be explained;
 *   <li>for what the last exception left behind ({@link #isLeftover}: SPSRs, LR of the exception modes, fault registers) it is
 *       enough that the register depended on time at that hypercall or one before it: these hold where the last interrupt or
 *       fault was, and no two runs need agree on it from there on.
 * </ul>
 */
public final class TimeEvidence {
    /** No run with another clock was made. */
    public static final TimeEvidence NONE = new TimeEvidence();

    /** More differing fields than this are not remembered, and what is not remembered explains nothing. */
    private static final int MOST = 2_000_000;

    private static final Set<Register> FAULT =
            EnumSet.of(Register.HDFAR, Register.HIFAR, Register.HPFAR, Register.DFSR, Register.IFSR, Register.DFAR);
    private static final Set<Register> RELIED_ON = EnumSet.of(Register.PC, Register.ELR_HYP, Register.HVBAR);

    private final Map<Key, Set<Reading>> values = new HashMap<>();
    private final Map<Register, Integer> leftoverSince = new HashMap<>();
    private final Set<Integer> unpaired = new HashSet<>();
    private final Set<Insertion> insertions = new HashSet<>();
    private final List<String> clocks = new ArrayList<>();

    private record Key(int hypercall, Point point, String field) {}

    /** A hypercall that only a run with another clock makes: after which one of the base run, and from where. */
    private record Insertion(int after, OptionalInt site) {}

    /** Nothing is known yet. */
    public TimeEvidence() {}

    /**
     * Takes in a run with another clock.
     *
     * @param clock how it differs, such as {@code 4 times as fast}
     * @param aligner of the hypercalls of the run that is compared with the recording, on the left, and of the other run
     * @param comparer compares two hypercalls as they are compared with the recording's
     */
    public void add(String clock, HypercallAligner aligner, PairComparer comparer) throws IOException {
        clocks.add(clock);
        int last = 0;
        for (Aligned aligned = aligner.next(); aligned != null; aligned = aligner.next()) {
            if (aligned instanceof Aligned.Pair pair) {
                pair(pair.left(), pair.right(), comparer);
                last = pair.left().number();
            } else if (aligned instanceof Aligned.LeftOnly only) {
                unpaired.add(only.left().number());
            } else if (aligned instanceof Aligned.RightOnly only) {
                insertions.add(new Insertion(last, only.right().site()));
            }
        }
    }

    private void pair(Hypercall base, Hypercall other, PairComparer comparer) {
        for (Point point : List.of(Point.CALL, Point.VECTOR, Point.RETURN)) {
            comparer.compare(point, base, other, new FieldSink() {
                @Override
                public void equal(Point at, Field field) {}

                @Override
                public void differ(Difference difference) {
                    remember(base.number(), difference);
                }
            });
        }
    }

    private void remember(int hypercall, Difference difference) {
        if (values.size() < MOST) {
            values.computeIfAbsent(new Key(hypercall, difference.point(), difference.name()), key -> new HashSet<>())
                    .add(difference.right());
        }
        if (isLeftover(difference)) {
            leftoverSince.merge(difference.field().orElseThrow().register(), hypercall, Math::min);
        }
    }

    /** How the clocks of the other runs differed from the run's that is compared with the recording. */
    public List<String> clocks() {
        return List.copyOf(clocks);
    }

    /**
     * Why a difference comes from time; empty when the other clocks do not show that.
     *
     * @param difference between a recording on the left and the run on the right
     * @param hypercall the number of the run's hypercall
     */
    public Optional<String> explain(Difference difference, int hypercall) {
        Set<Reading> others = values.get(new Key(hypercall, difference.point(), difference.name()));
        if (others != null && (others.contains(difference.left()) || !isReliedOn(difference))) {
            String shown = others.contains(difference.left()) ? "this very value" : "another value";
            return Optional.of("with another clock our own machine has " + shown + " here");
        }
        int since = isLeftover(difference)
                ? leftoverSince.getOrDefault(difference.field().orElseThrow().register(), Integer.MAX_VALUE)
                : Integer.MAX_VALUE;
        return since <= hypercall
                ? Optional.of(
                        "it is left over from the last interrupt or fault, and with another clock our own machine has"
                                + " other values in it since its hypercall " + since)
                : Optional.empty();
    }

    /** Why only the run made a hypercall; empty when it made that one with the other clocks, too. */
    public Optional<String> explainExtra(int hypercall) {
        return unpaired.contains(hypercall)
                ? Optional.of("with another clock our own machine does not make this call here")
                : Optional.empty();
    }

    /**
     * Why only the recording has a hypercall; empty when no run with another clock makes one there.
     *
     * @param call what the recording has
     * @param after the number of the run's last hypercall before it, 0 for none
     */
    public Optional<String> explainMissing(Hypercall call, int after) {
        return insertions.contains(new Insertion(after, call.site()))
                ? Optional.of("with another clock our own machine makes a call from there between these two, too")
                : Optional.empty();
    }

    /** Whether a caller or a hypervisor relies on the field. */
    private static boolean isReliedOn(Difference difference) {
        if (difference.field().isEmpty()) {
            return true;
        }
        Register register = difference.field().get().register();
        boolean status = register == Register.CPSR || register == Register.SPSR_HYP;
        boolean flags =
                difference.name().endsWith(".NZCVQ") || difference.name().endsWith(".GE");
        return RELIED_ON.contains(register)
                || status && !flags
                || register == Register.HSR && difference.point() != Point.CALL
                || register == Register.R0 && difference.point() == Point.RETURN;
    }

    /** Whether the field holds what the last interrupt, fault or exception return left in it, and no call has to do with it. */
    private static boolean isLeftover(Difference difference) {
        if (difference.field().isEmpty()) {
            return false;
        }
        Register register = difference.field().get().register();
        return switch (register) {
            case SPSR_IRQ, SPSR_FIQ, SPSR_SVC, SPSR_ABT, SPSR_UND, LR_IRQ, LR_FIQ, LR_ABT, LR_UND -> true;
            case HSR -> difference.point() == Point.CALL;
            default -> FAULT.contains(register);
        };
    }
}
