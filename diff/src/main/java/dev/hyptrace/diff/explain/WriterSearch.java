package dev.hyptrace.diff.explain;

import dev.hyptrace.diff.address.Symbols;
import dev.hyptrace.diff.compare.Field;
import dev.hyptrace.diff.result.Side;
import dev.hyptrace.diff.result.Writer;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the instructions that gave fields their values, in a recording that holds steps: in each question's range of steps the
 * last one after which the field has another value than before.
 *
 * <p>The vector bases are often not recorded; for them an instruction that writes them is taken, too.
 */
public final class WriterSearch {
    /** MCR p15, 4, Rt, c12, c0, 0 and MCR p15, 0, Rt, c12, c0, 0, without condition and Rt: A32 and T32 alike. */
    private static final int MCR_HVBAR = 0x0e8c_0f10;

    private static final int MCR_VBAR = 0x0e0c_0f10;
    private static final int MCR_MASK = 0x0fff_0fff;

    private final Side side;
    private final Symbols symbols;
    private final List<Search> searches = new ArrayList<>();
    private Event.Step last;
    private long lastIndex = -1;

    private WriterSearch(Side side, Symbols symbols, List<Query> queries) {
        this.side = side;
        this.symbols = symbols;
        queries.forEach(query -> searches.add(new Search(query)));
    }

    /**
     * A question: who wrote the field?
     *
     * @param field the field
     * @param cpu the processor
     * @param from the index of the first step that can have
     * @param to the index of the last one
     */
    public record Query(Field field, int cpu, long from, long to) {}

    /** Reads the recording up to the last step asked for, and answers the questions in their order. */
    public static List<Optional<Writer>> search(Trace trace, Side side, Symbols symbols, List<Query> queries)
            throws IOException {
        WriterSearch search = new WriterSearch(side, symbols, queries);
        long end = queries.stream().mapToLong(Query::to).max().orElse(-1);
        try (EventReader events = trace.events()) {
            Event event = events.next();
            while (event != null && search.lastIndex <= end) {
                search.accept(event);
                event = events.next();
            }
        }
        return search.searches.stream().map(s -> Optional.ofNullable(s.writer)).toList();
    }

    private static final class Search {
        final Query query;
        OptionalLong value = OptionalLong.empty();
        Writer writer;

        Search(Query query) {
            this.query = query;
        }
    }

    private void accept(Event event) {
        if (event instanceof Event.Step step) {
            observe(step.cpu(), step.before());
            last = step;
            lastIndex++;
            searches.forEach(this::writesBase);
        } else if (event instanceof Event.ExceptionEntry entry) {
            observe(entry.cpu(), entry.atVector());
        } else if (event instanceof Event.ExceptionReturn exceptionReturn) {
            observe(exceptionReturn.cpu(), exceptionReturn.after());
        } else if (event instanceof Event.Snapshot snapshot) {
            observe(snapshot.cpu(), snapshot.state());
        }
    }

    private void observe(int cpu, State state) {
        for (Search search : searches) {
            Query query = search.query;
            if (cpu == query.cpu() && state.has(query.field().register())) {
                long value = query.field().of(state.require(query.field().register()));
                if (search.value.isPresent() && search.value.getAsLong() != value && isInRange(query)) {
                    search.writer = writer();
                }
                search.value = OptionalLong.of(value);
            }
        }
    }

    private void writesBase(Search search) {
        if (isInRange(search.query)
                && last.instruction()
                        .filter(i -> writes(i, search.query.field().register()))
                        .isPresent()) {
            search.writer = writer();
        }
    }

    private static boolean writes(Instruction instruction, Register register) {
        int encoding = instruction.encoding() & MCR_MASK;
        return instruction.size() == 4
                && (register == Register.HVBAR && encoding == MCR_HVBAR
                        || register == Register.VBAR && encoding == MCR_VBAR);
    }

    private boolean isInRange(Query query) {
        return last != null && last.cpu() == query.cpu() && lastIndex >= query.from() && lastIndex <= query.to();
    }

    private Writer writer() {
        return new Writer(side, lastIndex, last.address(), last.instruction(), symbols.at(last.address()));
    }
}
