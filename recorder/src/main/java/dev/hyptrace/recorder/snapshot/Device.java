package dev.hyptrace.recorder.snapshot;

import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.State;
import java.util.Locale;

/** What the file of a device says. */
final class Device {
    static final String CORES = "cores";
    static final String OTHERS = "other devices";
    static final String DUMPS = "memory dumps";

    private final TextOutput out;
    private final int cpu;
    private final DeviceRegisters registers;
    private String name = "";
    private String deviceClass = "";
    private String type = "";
    private Dump dump;

    /** A piece of memory in a file of its own. */
    private static final class Dump {
        private String file = "";
        private String address = "";
        private String space = "";
        private String length = "";
    }

    Device(TextOutput out, int cpu) {
        this.out = out;
        this.cpu = cpu;
        this.registers = new DeviceRegisters(out);
    }

    DeviceRegisters registers() {
        return registers;
    }

    /** A line of the section {@code [device]}. */
    void describe(String key, String value) {
        switch (key.toLowerCase(Locale.ROOT)) {
            case "name" -> name = value;
            case "class" -> deviceClass = value;
            case "type" -> type = value;
            default -> out.note(cpu, "device: " + key + "=" + value);
        }
    }

    boolean isCore() {
        return deviceClass.isEmpty() || deviceClass.equals("core");
    }

    /** A section {@code [dump]} begins. */
    void beginDump() {
        endDump();
        dump = new Dump();
    }

    /** A line of it. */
    void dump(String key, String value) {
        switch (key.toLowerCase(Locale.ROOT)) {
            case "file" -> dump.file = value;
            case "address" -> dump.address = value;
            case "space" -> dump.space = value;
            case "length" -> dump.length = value;
            default -> out.note(cpu, "memory: " + key + "=" + value);
        }
    }

    private void endDump() {
        if (dump != null) {
            out.count(DUMPS);
            String place = dump.space.isEmpty() ? dump.address : dump.space + ":" + dump.address;
            out.note(
                    cpu,
                    "memory at " + place + (dump.length.isEmpty() ? "" : ", length " + dump.length) + " is in the file "
                            + dump.file);
            dump = null;
        }
    }

    /** The file ends. */
    void end() {
        endDump();
        String what = name + (type.isEmpty() ? "" : " (" + type + ")");
        if (!isCore()) {
            out.count(OTHERS);
            out.note(cpu, "device " + what + " of the class " + deviceClass + ": " + registers.size() + " registers");
            return;
        }
        out.count(CORES);
        State state = registers.state();
        out.add(new Event.Snapshot(cpu, out.printable("snapshot of " + what).strip(), state));
        registers
                .others()
                .forEach(line -> out.note(
                        cpu,
                        "register " + line.name() + "=" + line.text() + ", which a recording has no register for"));
    }
}
