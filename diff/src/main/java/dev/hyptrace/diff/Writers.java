package dev.hyptrace.diff;

import dev.hyptrace.diff.address.Symbols;
import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.explain.WriterSearch;
import dev.hyptrace.diff.explain.WriterSearch.Query;
import dev.hyptrace.diff.fold.Entry;
import dev.hyptrace.diff.result.Side;
import dev.hyptrace.diff.result.Writer;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.model.Hypercall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The findings for which it is asked which instructions wrote the values: the first ones. */
final class Writers {
    private static final int MAX_QUESTIONS = 32;

    private final List<Question> questions = new ArrayList<>();

    private record Question(Entry entry, Hypercall left, Hypercall right) {}

    /** Asks about a finding in a pair of hypercalls. */
    void ask(Entry entry, Hypercall left, Hypercall right) {
        if (questions.size() < MAX_QUESTIONS && entry.difference().field().isPresent()) {
            questions.add(new Question(entry, left, right));
        }
    }

    /** Looks the answers up on one side, which is read once more for it if it holds steps. */
    void find(Trace trace, Side side, Symbols symbols) throws IOException {
        List<Question> asked = new ArrayList<>();
        List<Query> queries = new ArrayList<>();
        for (Question question : questions) {
            Optional<Query> query = query(question, side == Side.LEFT ? question.left() : question.right());
            if (query.isPresent()) {
                asked.add(question);
                queries.add(query.get());
            }
        }
        if (queries.isEmpty()) {
            return;
        }
        List<Optional<Writer>> answers = WriterSearch.search(trace, side, symbols, queries);
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).ifPresent(asked.get(i).entry()::writtenBy);
        }
    }

    /** The steps that can have written what is seen at the point; none where no steps were recorded. */
    private static Optional<Query> query(Question question, Hypercall call) {
        if (call.callStep().isEmpty()) {
            return Optional.empty();
        }
        Difference difference = question.entry().difference();
        long hvc = call.callStep().getAsLong();
        long last = call.lastStep().orElse(hvc);
        return Optional.of(
                switch (difference.point()) {
                    case CALL -> new Query(difference.field().orElseThrow(), call.cpu(), 0, hvc - 1);
                    case VECTOR -> new Query(difference.field().orElseThrow(), call.cpu(), hvc, hvc);
                    case RETURN, STEP -> new Query(difference.field().orElseThrow(), call.cpu(), hvc + 1, last);
                });
    }
}
