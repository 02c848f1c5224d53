package dev.hyptrace.diff.report;

import com.google.gson.stream.JsonWriter;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Divergence;
import dev.hyptrace.diff.result.FieldCounts;
import dev.hyptrace.diff.result.Place;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.diff.result.Verdict;
import dev.hyptrace.traces.model.Hex;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One JSON object.
 *
 * <pre>
 * {"left", "right",                       names, as given
 *  "hypercalls": {"left", "right", "aligned"},
 *  "fields": {"compared", "derived", "unknown"},
 *  "divergences": [
 *    {"hypercall",                        its number on the left, or on the right where the left has none
 *     "point": "call|vector|return",      null at a step between hypercalls
 *     "kind": "mode|vector|register|presence",
 *     "field", "left", "right",           values "0x" and 8 digits, 16 for 64-bit registers; or words
 *     "step", "address", "symbol", "cause",
 *     "follows"}]}                        the place in this list, from 1, of the finding that it follows
 * </pre>
 *
 * <p>What is absent is null. Warnings, which rest on derived values, are no divergences and not listed.
 */
public final class JsonPresenter implements Presenter {
    @Override
    public void render(DiffResult result, Writer out) throws IOException {
        JsonWriter json = new JsonWriter(out);
        json.setIndent("  ");
        json.setSerializeNulls(true);
        json.setHtmlSafe(false);
        json.beginObject();
        json.name("left").value(text(result.left()));
        json.name("right").value(text(result.right()));
        json.name("hypercalls").beginObject();
        json.name("left").value(result.hypercalls().left());
        json.name("right").value(result.hypercalls().right());
        json.name("aligned").value(result.hypercalls().aligned());
        json.endObject();
        fields(json, result.fields().total());
        json.name("divergences").beginArray();
        divergences(json, result.findings().list());
        json.endArray().endObject();
        json.flush();
        out.write('\n');
    }

    private static void fields(JsonWriter json, FieldCounts counts) throws IOException {
        json.name("fields").beginObject();
        json.name("compared").value(counts.compared());
        json.name("derived").value(counts.derived());
        json.name("unknown").value(counts.unknown());
        json.endObject();
    }

    private static void divergences(JsonWriter json, List<Divergence> list) throws IOException {
        Map<Integer, Integer> positions = new HashMap<>();
        for (Divergence divergence : list) {
            if (divergence.verdict().severity() != Severity.WARNING) {
                positions.put(divergence.number(), positions.size() + 1);
                divergence(json, divergence, positions);
            }
        }
    }

    private static void divergence(JsonWriter json, Divergence divergence, Map<Integer, Integer> positions)
            throws IOException {
        Place place = divergence.place();
        Verdict verdict = divergence.verdict();
        json.beginObject();
        number(json.name("hypercall"), place.hypercall());
        json.name("point")
                .value(place.point() == Point.STEP ? null : place.point().text());
        json.name("kind").value(divergence.kind().text());
        json.name("field").value(divergence.field());
        json.name("left").value(divergence.left().text().orElse(null));
        json.name("right").value(divergence.right().text().orElse(null));
        number(json.name("step"), place.step());
        json.name("address")
                .value(place.address().isPresent() ? Hex.word(place.address().getAsInt()) : null);
        json.name("symbol").value(place.symbol().map(JsonPresenter::text).orElse(null));
        json.name("cause")
                .value(verdict.cause().map(cause -> cause.kind().text()).orElse(null));
        json.name("follows")
                .value(verdict.follows()
                        .map(follows -> positions.get(follows.number()))
                        .orElse(null));
        json.endObject();
    }

    private static void number(JsonWriter json, OptionalInt value) throws IOException {
        number(json, value.isPresent() ? OptionalLong.of(value.getAsInt()) : OptionalLong.empty());
    }

    private static void number(JsonWriter json, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            json.value(value.getAsLong());
        } else {
            json.nullValue();
        }
    }

    /** JSON escapes ASCII control characters itself; what is left of the harmful ones is escaped in the text. */
    private static String text(String name) {
        return name.chars().allMatch(c -> c < 0x7f) ? name : Printable.of(name);
    }
}
