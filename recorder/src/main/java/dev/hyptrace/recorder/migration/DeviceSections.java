package dev.hyptrace.recorder.migration;

import com.google.gson.JsonObject;
import dev.hyptrace.traces.TraceFormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The sections of the devices, found by their headers, their footers and the description behind them. */
final class DeviceSections {
    private static final int VM_DESCRIPTION = 6;
    private static final int DESCRIPTION_HEADER = 5;

    private final String name;
    private final long base;
    private final byte[] bytes;
    private int end;
    private Description description;

    private DeviceSections(String name, long base, byte[] bytes) {
        this.name = name;
        this.base = base;
        this.bytes = bytes;
    }

    /**
     * Takes the end of a stream apart.
     *
     * @param base where it begins in the stream
     */
    static DeviceSections of(String name, long base, byte[] bytes) throws TraceFormatException {
        DeviceSections sections = new DeviceSections(name, base, bytes);
        sections.findDescription();
        return sections;
    }

    /** It is behind the byte 0 that ends the sections, and reaches to the end of the stream. */
    private void findDescription() throws TraceFormatException {
        for (int at = 1; at + DESCRIPTION_HEADER <= bytes.length; at++) {
            if (bytes[at] == VM_DESCRIPTION
                    && bytes[at - 1] == 0
                    && u32(at + 1) == bytes.length - at - DESCRIPTION_HEADER
                    && u32(at + 1) > 0) {
                int start = at + DESCRIPTION_HEADER;
                end = at - 1;
                description = new Description(
                        name, base + start, new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
                return;
            }
        }
        throw error(
                bytes.length,
                "the stream ends without the description of its devices (0x00, 0x06, a size and JSON of that size)");
    }

    /** The fields of every section of this name, in their order. */
    List<SectionFields> named(String wanted) throws TraceFormatException {
        List<SectionFields> found = new ArrayList<>();
        int at = 0;
        while (at < end) {
            Header header = header(at);
            if (header == null) {
                throw error(at, "no header of a section, expected 0x04, a number, a name, an instance and a version");
            }
            int footer = footer(header);
            JsonObject device = description.device(header.name, header.instance);
            if (header.name.equals(wanted)) {
                if (device == null || description.number(device, "version", 0) != header.version) {
                    throw error(at, "the section '" + wanted + "', which the description has not in this version");
                }
                found.add(new SectionFields(this, description, device, header.content, footer));
            }
            at = footer + DESCRIPTION_HEADER;
        }
        return found;
    }

    /** @param version of a part of RAM, 0 */
    private record Header(int id, String name, int instance, int version, int content) {}

    private Header header(int at) {
        int type = at < end ? bytes[at] : 0;
        if (type == StreamHead.SECTION_PART || type == StreamHead.SECTION_END) {
            return at + 5 <= end ? new Header(u32(at + 1), "ram", 0, 0, at + 5) : null;
        }
        if (type != StreamHead.SECTION_FULL && type != StreamHead.SECTION_START || at + 6 > end) {
            return null;
        }
        int length = bytes[at + 5] & 0xff;
        int behind = at + 6 + length;
        if (length == 0 || behind + 8 > end) {
            return null;
        }
        String text = new String(bytes, at + 6, length, StandardCharsets.ISO_8859_1);
        return new Header(u32(at + 1), text, u32(behind), u32(behind + 4), behind + 8);
    }

    /** Where the footer of a section is: before another section that is described, or at the end. */
    private int footer(Header header) throws TraceFormatException {
        for (int at = header.content; at + DESCRIPTION_HEADER <= end; at++) {
            if (bytes[at] == StreamHead.FOOTER && u32(at + 1) == header.id && isSection(at + DESCRIPTION_HEADER)) {
                return at;
            }
        }
        throw error(header.content, "the section '" + header.name.replaceAll("[^ -~]", "?") + "' has no footer");
    }

    private boolean isSection(int at) throws TraceFormatException {
        if (at == end) {
            return true;
        }
        Header next = header(at);
        return next != null && (next.name.equals("ram") || description.device(next.name, next.instance) != null);
    }

    int u8(int at) {
        return bytes[at] & 0xff;
    }

    int u32(int at) {
        return u8(at) << 24 | u8(at + 1) << 16 | u8(at + 2) << 8 | u8(at + 3);
    }

    long u64(int at) {
        return (long) u32(at) << 32 | u32(at + 4) & 0xffff_ffffL;
    }

    String text(int at, int length) {
        return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }

    TraceFormatException error(int at, String problem) {
        return new TraceFormatException(name, "byte " + (base + at), problem);
    }
}
