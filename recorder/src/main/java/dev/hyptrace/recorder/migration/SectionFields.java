package dev.hyptrace.recorder.migration;

import com.google.gson.JsonObject;
import dev.hyptrace.traces.TraceFormatException;
import java.util.HashMap;
import java.util.Map;

/** The fields of one section by their names. */
final class SectionFields {
    private static final int MAX_DEPTH = 16;

    private final DeviceSections bytes;
    private final Description description;
    private final Map<String, Field> fields = new HashMap<>();
    private final int start;
    private final int end;
    private int next;

    private record Field(int at, int size, int count) {}

    /**
     * Lays the described fields over the content.
     *
     * @throws TraceFormatException when they do not fill it
     */
    SectionFields(DeviceSections bytes, Description description, JsonObject device, int start, int end)
            throws TraceFormatException {
        this.bytes = bytes;
        this.description = description;
        this.start = start;
        this.end = end;
        this.next = start;
        take(device, 0);
        if (next != end) {
            throw error("the description leaves " + (end - next) + " bytes of the section");
        }
    }

    private void take(JsonObject described, int depth) throws TraceFormatException {
        if (depth > MAX_DEPTH) {
            throw error("structures more than " + MAX_DEPTH + " deep");
        }
        for (JsonObject field : description.objects(described, "fields")) {
            int count = description.number(field, "array_len", 1);
            if (field.has("struct") && field.get("struct").isJsonObject()) {
                for (int i = 0; i < count && next < end; i++) {
                    take(field.getAsJsonObject("struct"), depth + 1);
                }
            } else {
                take(description.text(field, "name"), description.number(field, "size", 0), count);
            }
        }
        for (JsonObject subsection : description.objects(described, "subsections")) {
            header(description.text(subsection, "vmsd_name"));
            take(subsection, depth + 1);
        }
    }

    private void take(String name, int size, int count) throws TraceFormatException {
        long length = (long) size * count;
        if (length > end - next) {
            throw error("the field '" + printable(name) + "' of " + length + " bytes does not fit");
        }
        fields.putIfAbsent(name, new Field(next, size, count));
        next += (int) length;
    }

    /** Of a subsection: 5, its name, its version. */
    private void header(String name) throws TraceFormatException {
        int length = name.length();
        boolean there = next + 6 + length <= end
                && bytes.u8(next) == StreamHead.SUBSECTION
                && bytes.u8(next + 1) == length
                && bytes.text(next + 2, length).equals(name);
        if (!there) {
            throw error("no subsection '" + printable(name) + "', which the description has here");
        }
        next += 6 + length;
    }

    private static String printable(String name) {
        String shown = name.length() > 60 ? name.substring(0, 60) + "..." : name;
        return shown.replaceAll("[^ -~]", "?");
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** How many elements a field has. */
    int count(String name) throws TraceFormatException {
        return field(name).count;
    }

    /** Element n of a field of four or eight bytes. */
    long value(String name, int n) throws TraceFormatException {
        Field field = field(name);
        if (n >= field.count || field.size != 4 && field.size != 8) {
            throw error("the field '" + name + "' has " + field.count + " elements of " + field.size
                    + " bytes, expected more than " + n + " of 4 or 8");
        }
        int at = field.at + n * field.size;
        return field.size == 4 ? Integer.toUnsignedLong(bytes.u32(at)) : bytes.u64(at);
    }

    private Field field(String name) throws TraceFormatException {
        Field field = fields.get(name);
        if (field == null) {
            throw error("no field '" + name + "': no 32-bit Arm processor of a QEMU that is known");
        }
        return field;
    }

    TraceFormatException error(String problem) {
        return bytes.error(start, "the section of a processor: " + problem);
    }
}
