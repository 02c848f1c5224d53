package dev.hyptrace.diff.fold;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.result.Cause;
import dev.hyptrace.diff.result.Divergence;
import dev.hyptrace.diff.result.Explanation;
import dev.hyptrace.diff.result.Place;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.diff.result.Verdict;
import dev.hyptrace.diff.result.Writer;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A difference in the ledger: a finding, or what follows from one. */
public final class Entry {
    private final Difference difference;
    private final Place place;
    private final Entry root;
    private final String because;
    private Severity severity;
    private Optional<Cause> cause;
    private Explanation explanation;
    /** 0 when it was only counted. */
    private int number;

    private int followers;

    private Entry(Difference difference, Place place, Entry root, String because) {
        this.difference = difference;
        this.place = place;
        this.root = root == null ? this : root;
        this.because = because;
        this.severity = difference.severity();
        this.cause = Optional.empty();
        this.explanation = new Explanation(because, Optional.empty(), List.of(), "");
    }

    static Entry finding(Difference difference, Place place) {
        return new Entry(difference, place, null, "");
    }

    static Entry follower(Difference difference, Place place, Entry root, String because) {
        return new Entry(difference, place, root, because);
    }

    public Difference difference() {
        return difference;
    }

    public Place place() {
        return place;
    }

    /** The finding that this follows; itself for a finding. */
    public Entry root() {
        return root;
    }

    public boolean isFinding() {
        return root == this;
    }

    public Severity severity() {
        return severity;
    }

    public Explanation explanation() {
        return explanation;
    }

    /** Says what the finding means, in words. */
    public void explain(Explanation newExplanation, Optional<Cause> newCause) {
        explanation = newExplanation;
        cause = newCause;
    }

    /** Adds to the explanation which instruction wrote the value on one side. */
    public void writtenBy(Writer writer) {
        List<Writer> writers = new ArrayList<>(explanation.writers());
        writers.add(writer);
        explanation = new Explanation(explanation.text(), explanation.lastEqual(), writers, explanation.next());
    }

    /** Whether it is about this field at this point. */
    public boolean is(Point point, String field) {
        return difference.point() == point && difference.is(field);
    }

    /** Whether it is about a field of this register at this point. */
    public boolean isIn(Point point, Register register) {
        return difference.point() == point && difference.isIn(register);
    }

    void severity(Severity newSeverity) {
        severity = newSeverity;
    }

    /** Its place in the report, from 1; 0 when it is only counted. */
    public int number() {
        return number;
    }

    void number(int newNumber) {
        number = newNumber;
    }

    boolean isKept() {
        return number > 0;
    }

    int countFollower() {
        return ++followers;
    }

    Divergence toDivergence() {
        Optional<Verdict.Follows> follows =
                isFinding() ? Optional.empty() : Optional.of(new Verdict.Follows(root.number, because));
        return new Divergence(
                number,
                place,
                difference.kind(),
                difference.name(),
                difference.left(),
                difference.right(),
                new Verdict(severity, isFinding() ? cause : root.cause, follows, explanation));
    }
}
