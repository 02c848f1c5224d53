package dev.hyptrace.diff.abi.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.hyptrace.diff.abi.compare.AbiMatrix;
import dev.hyptrace.diff.abi.compare.Cell;
import dev.hyptrace.diff.abi.compare.Column;
import dev.hyptrace.diff.abi.compare.Hazard;
import dev.hyptrace.diff.abi.compare.Row;
import dev.hyptrace.diff.abi.compare.Vectors;
import dev.hyptrace.diff.abi.description.FunctionText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A comparison of descriptions as JSON: {@code {"same", "columns", "rows", "vectors", "hazards"}}. */
public final class CompareJson {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private CompareJson() {}

    /** Writes it. */
    public static void write(AbiMatrix matrix, Appendable out) throws IOException {
        JsonObject object = new JsonObject();
        object.addProperty("same", matrix.isSame());
        object.add(
                "columns",
                array(matrix.columns().stream().map(CompareJson::column).toList()));
        object.add(
                "rows",
                array(matrix.rows().stream().map(row -> row(matrix, row)).toList()));
        object.add(
                "vectors",
                array(matrix.differingVectors().stream()
                        .map(o -> vector(matrix, o))
                        .toList()));
        object.add(
                "hazards",
                array(matrix.hazards().stream().map(CompareJson::hazard).toList()));
        GSON.toJson(object, out);
        out.append('\n');
    }

    private static JsonArray array(List<JsonObject> objects) {
        JsonArray array = new JsonArray();
        objects.forEach(array::add);
        return array;
    }

    private static JsonObject column(Column column) {
        JsonObject object = new JsonObject();
        object.addProperty("label", column.label());
        object.addProperty("name", column.abi().name());
        object.addProperty("title", column.abi().title());
        object.addProperty("entry", column.entry());
        object.addProperty("note", column.note());
        return object;
    }

    private static JsonObject row(AbiMatrix matrix, Row row) {
        JsonObject object = new JsonObject();
        object.addProperty("instruction", row.instruction());
        object.addProperty("register", row.register());
        object.addProperty("selector", row.values());
        object.addProperty("same", matrix.isSame(row));
        object.add("cells", array(row.cells().stream().map(CompareJson::cell).toList()));
        return object;
    }

    private static JsonObject cell(Cell cell) {
        JsonObject object = new JsonObject();
        object.addProperty("state", cell.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        object.addProperty("function", cell.function().map(f -> f.name()).orElse(null));
        object.addProperty("effects", cell.function().map(FunctionText::effects).orElse(null));
        object.addProperty("error", cell.function().map(f -> f.error()).orElse(null));
        object.addProperty("text", cell.text());
        return object;
    }

    private static JsonObject vector(AbiMatrix matrix, int offset) {
        JsonObject object = new JsonObject();
        object.addProperty("offset", Vectors.offset(offset));
        JsonArray behaviours = new JsonArray();
        matrix.columns().forEach(column -> behaviours.add(column.vector(offset)));
        object.add("behaviours", behaviours);
        return object;
    }

    private static JsonObject hazard(Hazard hazard) {
        JsonObject object = new JsonObject();
        object.addProperty("caller", hazard.caller());
        object.addProperty("party", hazard.party());
        object.addProperty("kind", hazard.kind().text());
        object.addProperty("function", hazard.function().isEmpty() ? null : hazard.function());
        object.addProperty("call", hazard.call().isEmpty() ? null : hazard.call());
        object.addProperty("sentence", hazard.sentence());
        return object;
    }
}
