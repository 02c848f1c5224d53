package dev.hyptrace.recorder.migration;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.hyptrace.traces.TraceFormatException;
import java.util.ArrayList;
import java.util.List;

/** The description of the devices' sections, in JSON. */
final class Description {
    private final String name;
    private final long position;
    private final JsonArray devices;

    Description(String name, long position, String json) throws TraceFormatException {
        this.name = name;
        this.position = position;
        JsonElement root;
        try {
            root = JsonParser.parseString(json);
        } catch (JsonParseException | IllegalStateException | StackOverflowError damaged) {
            throw error("no JSON: " + String.valueOf(damaged.getMessage()).replaceAll("\\s+", " "));
        }
        if (!root.isJsonObject()) {
            throw error("no JSON object");
        }
        this.devices = array(root.getAsJsonObject(), "devices");
    }

    /** The device of this name and instance; null when none is described. */
    JsonObject device(String wanted, int instance) throws TraceFormatException {
        for (JsonElement device : devices) {
            if (device.isJsonObject()
                    && text(device.getAsJsonObject(), "name").equals(wanted)
                    && number(device.getAsJsonObject(), "instance_id", 0) == instance) {
                return device.getAsJsonObject();
            }
        }
        return null;
    }

    /** The objects of an array, none when it is not there. */
    List<JsonObject> objects(JsonObject parent, String member) throws TraceFormatException {
        List<JsonObject> objects = new ArrayList<>();
        if (!parent.has(member)) {
            return objects;
        }
        for (JsonElement element : array(parent, member)) {
            if (!element.isJsonObject()) {
                throw error("'" + member + "' holds something else than objects");
            }
            objects.add(element.getAsJsonObject());
        }
        return objects;
    }

    private JsonArray array(JsonObject parent, String member) throws TraceFormatException {
        JsonElement element = parent.get(member);
        if (element == null || !element.isJsonArray()) {
            throw error("no array '" + member + "'");
        }
        return element.getAsJsonArray();
    }

    String text(JsonObject parent, String member) throws TraceFormatException {
        JsonElement element = parent.get(member);
        if (element == null || !element.isJsonPrimitive()) {
            throw error("no text '" + member + "'");
        }
        return element.getAsString();
    }

    /** A number from 0 to 2<sup>31</sup> - 1. */
    int number(JsonObject parent, String member, int otherwise) throws TraceFormatException {
        JsonElement element = parent.get(member);
        if (element == null) {
            return otherwise;
        }
        String digits = element.isJsonPrimitive() ? element.getAsString() : "";
        if (!digits.matches("[0-9]{1,9}")) {
            throw error("'" + member + "' is no number from 0 to 999999999");
        }
        return Integer.parseInt(digits);
    }

    private TraceFormatException error(String problem) {
        return new TraceFormatException(name, "byte " + position, "the description of the devices: " + problem);
    }
}
