package dev.hyptrace.recorder.migration;

import java.io.IOException;
import java.util.Arrays;

/** What comes before the sections of the devices: the magic, the machine's configuration, RAM. */
final class StreamHead {
    static final int SECTION_START = 1;
    static final int SECTION_PART = 2;
    static final int SECTION_END = 3;
    static final int SECTION_FULL = 4;
    static final int SUBSECTION = 5;
    static final int FOOTER = 0x7e;
    private static final int CONFIGURATION = 7;
    private static final int COMMAND = 8;
    private static final byte[] MAGIC = {'Q', 'E', 'V', 'M'};
    private static final int VERSION = 3;
    private static final int MAX_DEVICES = 64 << 20;
    private static final int MAX_NAME = 255;
    private static final int MAX_CAPABILITIES = 256;
    private static final int UUID_BYTES = 16;
    private static final int DEFAULT_PAGE_BITS = 12;

    private final StreamBytes bytes;
    private final RamPages ram;
    private String machine = "";
    private int pageBits = DEFAULT_PAGE_BITS;
    private int ramSection = -1;
    private long devicesAt;

    StreamHead(StreamBytes bytes, RamSink ram) {
        this.bytes = bytes;
        this.ram = new RamPages(bytes, ram);
    }

    static boolean isMagic(byte[] head) {
        return Arrays.equals(head, MAGIC);
    }

    /** The machine type, such as {@code virt-7.2}; empty when the stream does not say it. */
    String machine() {
        return machine;
    }

    /** Where the first device begins. */
    long devicesAt() {
        return devicesAt;
    }

    /** Goes past RAM and returns everything from the first device on. */
    byte[] readToDevices() throws IOException {
        String magic = bytes.text(MAGIC.length, "QEVM, with which a migration stream begins");
        if (!magic.equals("QEVM")) {
            throw bytes.error("found '" + magic + "', expected QEVM, with which a migration stream begins");
        }
        int version = bytes.u32("the version of the stream");
        if (version != VERSION) {
            throw bytes.error("version " + Integer.toUnsignedString(version) + ", expected " + VERSION);
        }
        int type = bytes.u8("a section");
        if (type == CONFIGURATION) {
            type = configuration();
        }
        while (type != SECTION_FULL) {
            section(type);
            type = bytes.u8("a section");
        }
        devicesAt = bytes.position() - 1;
        byte[] rest = bytes.rest(MAX_DEVICES);
        byte[] devices = new byte[rest.length + 1];
        devices[0] = SECTION_FULL;
        System.arraycopy(rest, 0, devices, 1, rest.length);
        return devices;
    }

    /** The machine type and its subsections; the type of the section behind them. */
    private int configuration() throws IOException {
        int length = bytes.u32("the length of the machine type");
        if (Integer.compareUnsigned(length, MAX_NAME) > 0) {
            throw bytes.error(
                    "a machine type of " + Integer.toUnsignedString(length) + " bytes, expected up to " + MAX_NAME);
        }
        machine = bytes.text(length, "the machine type");
        int type = bytes.u8("a section");
        while (type == SUBSECTION) {
            String name = bytes.name("the name of a subsection");
            bytes.u32("the version of a subsection");
            subsection(name);
            type = bytes.u8("a section");
        }
        return type;
    }

    private void subsection(String name) throws IOException {
        switch (name) {
            case "configuration/target-page-bits" -> pageBits = bytes.u32("the size of a page");
            case "configuration/uuid" -> bytes.skip(UUID_BYTES, "the machine's UUID");
            case "configuration/capabilities" -> capabilities();
            default -> throw bytes.error("the subsection '" + name + "', which is not known");
        }
        if (pageBits < 10 || pageBits > 16) {
            throw bytes.error("pages of 2 to the " + pageBits + " bytes, expected 10 to 16");
        }
    }

    private void capabilities() throws IOException {
        int count = bytes.u32("the number of capabilities");
        if (Integer.compareUnsigned(count, MAX_CAPABILITIES) > 0) {
            throw bytes.error(Integer.toUnsignedString(count) + " capabilities, expected up to " + MAX_CAPABILITIES);
        }
        for (int i = 0; i < count; i++) {
            bytes.name("a capability");
        }
    }

    private void section(int type) throws IOException {
        switch (type) {
            case SECTION_START -> start();
            case SECTION_PART, SECTION_END -> part();
            case COMMAND -> {
                bytes.u16("a command");
                bytes.skip(bytes.u16("the length of a command"), "a command");
            }
            default ->
                throw bytes.error(
                        "a section of type " + type + ", expected 1 to 4 or 8: no device is described up to here");
        }
    }

    private void start() throws IOException {
        int id = bytes.u32("the number of a section");
        String name = bytes.name("the name of a section");
        bytes.u32("the instance of a section");
        bytes.u32("the version of a section");
        if (!name.equals("ram")) {
            throw bytes.error("the section '" + name + "' in parts, expected only RAM in parts");
        }
        ramSection = id;
        pages(id);
    }

    private void part() throws IOException {
        int id = bytes.u32("the number of a section");
        if (id != ramSection) {
            throw bytes.error("a part of section " + Integer.toUnsignedString(id) + ", which has not begun");
        }
        pages(id);
    }

    private void pages(int id) throws IOException {
        ram.read(1 << pageBits);
        int footer = bytes.u8("the end of a section");
        int again = bytes.u32("the end of a section");
        if (footer != FOOTER || again != id) {
            throw bytes.error(
                    "no footer of section " + Integer.toUnsignedString(id) + ", expected 0x7e and that number");
        }
    }
}
