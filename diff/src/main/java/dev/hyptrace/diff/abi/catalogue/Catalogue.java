package dev.hyptrace.diff.abi.catalogue;

import dev.hyptrace.diff.abi.catalogue.Entry.Kind;
import dev.hyptrace.traces.model.Hypercall;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The list of known divergences, and the search for them. */
public final class Catalogue {
    private static final String FILE = "/dev/hyptrace/diff/abi/catalogue.txt";
    private static final List<Entry> ALL = load();

    private Catalogue() {}

    /** All entries, by number. */
    public static List<Entry> all() {
        return ALL;
    }

    /** The entry of this id. */
    public static Optional<Entry> named(String id) {
        return ALL.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    /**
     * What the calls show, each entry where it is first seen, in the order of calls.
     *
     * @param calls of one recording, from its first one on
     */
    public static List<Recognition> recognised(List<Hypercall> calls) {
        Map<String, Recognition> found = new TreeMap<>();
        List<Recognition> order = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            List<Hypercall> before = calls.subList(0, i);
            Hypercall call = calls.get(i);
            for (Entry entry : ALL) {
                Rule rule = Rules.BY_ID.get(entry.id());
                if (rule != null && !found.containsKey(entry.id())) {
                    rule.finding(before, call).ifPresent(finding -> {
                        Recognition recognition = new Recognition(entry, call.number(), finding);
                        found.put(entry.id(), recognition);
                        order.add(recognition);
                    });
                }
            }
        }
        return order;
    }

    private static List<Entry> load() {
        List<Entry> entries = new ArrayList<>();
        for (String part : resource().split("\n\\s*\n")) {
            Map<String, String> fields = new TreeMap<>();
            part.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(line -> {
                        int colon = line.indexOf(": ");
                        fields.put(
                                line.substring(0, colon),
                                line.substring(colon + 2).strip());
                    });
            if (!fields.isEmpty()) {
                entries.add(entry(fields));
            }
        }
        return List.copyOf(entries);
    }

    /** A mistake in the list is a mistake in the build. */
    private static Entry entry(Map<String, String> fields) {
        String id = fields.get("id");
        boolean shown = fields.containsKey("shown");
        if (shown == fields.containsKey("hidden") || fields.size() != 5 || shown != Rules.BY_ID.containsKey(id)) {
            throw new IllegalStateException("catalogue.txt: " + id + ": " + fields);
        }
        return new Entry(
                id,
                Kind.named(fields.get("kind")),
                fields.get("title"),
                fields.get("versions"),
                shown,
                fields.get(shown ? "shown" : "hidden"));
    }

    private static String resource() {
        try (InputStream in = Catalogue.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("no " + FILE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
