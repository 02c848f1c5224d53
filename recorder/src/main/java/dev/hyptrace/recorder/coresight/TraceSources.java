package dev.hyptrace.recorder.coresight;

import dev.hyptrace.recorder.text.TextOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The trace units of a listing by their IDs. Each is a processor: in the order in which the listing announces them, the
 * others after those in the order in which they occur.
 *
 * <p>Of a trace that was not mixed with others, packets have the ID 0, which no trace unit has, and elements the real
 * one.
 */
final class TraceSources {
    private static final int UNMIXED = 0;

    private final TextOutput out;
    private final CodeImages code;
    private final List<Integer> announced = new ArrayList<>();
    private final Map<Integer, TraceSource> sources = new LinkedHashMap<>();
    private Packets early;
    private TraceSource only;

    TraceSources(TextOutput out, CodeImages code) {
        this.out = out;
        this.code = code;
    }

    /** The listing says that it has packets of this ID. */
    void announce(int id) {
        if (id != UNMIXED && !announced.contains(id)) {
            announced.add(id);
        }
    }

    /** Where packets with this ID go. */
    Packets packets(int id) {
        if (id != UNMIXED) {
            return get(id).packets();
        }
        if (only == null) {
            early = early == null ? new Packets() : early;
            return early;
        }
        return only.packets();
    }

    /** The unit that elements with this ID are of. */
    TraceSource get(int id) {
        TraceSource known = sources.get(id);
        if (known != null) {
            return known;
        }
        if (!announced.contains(id)) {
            announced.add(id);
        }
        int cpu = announced.indexOf(id);
        TraceSource source = new TraceSource(cpu, out, code, early == null ? new Packets() : early);
        early = null;
        only = only == null ? source : only;
        sources.put(id, source);
        source.note(String.format(Locale.ROOT, "processor %d has the trace ID 0x%02x", cpu, id));
        return source;
    }

    void end() {
        sources.values().forEach(TraceSource::end);
    }
}
