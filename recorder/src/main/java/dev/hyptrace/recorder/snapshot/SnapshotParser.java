package dev.hyptrace.recorder.snapshot;

import dev.hyptrace.recorder.text.LineParser;
import dev.hyptrace.recorder.text.TextOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a file of a snapshot: the index, or that of a device. */
final class SnapshotParser implements LineParser {
    private static final int MAX_DEVICES = 256;
    private static final int MAX_REGISTERS = 4096;
    private static final String DUMP = "dump";

    private final TextOutput out;
    private final Device device;
    private final List<String> files = new ArrayList<>();
    private String section = "";
    private boolean isIndex;
    private boolean isDevice;

    SnapshotParser(TextOutput out, int cpu) {
        this.out = out;
        this.device = new Device(out, cpu);
    }

    /** The files of the devices that an index names. */
    List<String> files() {
        return List.copyOf(files);
    }

    /** Whether this was the file of a processor. */
    boolean isCore() {
        return isDevice && device.isCore();
    }

    @Override
    public boolean isRecognised() {
        return out.isRecognised();
    }

    @Override
    public boolean isPlausible() {
        return false;
    }

    /** A register's last digits can be missing. */
    @Override
    public boolean isWholeWithoutEnd(String text) {
        return text.startsWith("[") && text.endsWith("]");
    }

    @Override
    public void line(String text, long number) {
        String line = text.strip();
        if (line.isEmpty() || line.startsWith(";") || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("[") && line.endsWith("]")) {
            begin(line.substring(1, line.length() - 1).strip().toLowerCase(Locale.ROOT));
            return;
        }
        int equals = line.indexOf('=');
        if (equals <= 0 || section.isEmpty()) {
            other(line, number);
            return;
        }
        value(
                line,
                line.substring(0, equals).strip(),
                line.substring(equals + 1).strip(),
                number);
    }

    private void begin(String name) {
        section = name;
        if (name.equals("snapshot")) {
            isIndex = true;
            out.recognise();
        } else if (isDevice && name.startsWith(DUMP)) {
            device.beginDump();
        }
    }

    private void other(String line, long number) {
        if (out.isRecognised()) {
            out.problem(number, "'" + out.printable(line) + "', expected a section or NAME=VALUE");
        }
        out.note(0, line);
    }

    private void value(String line, String key, String value, long number) {
        if (section.equals("device")) {
            if (key.equalsIgnoreCase("class")) {
                isDevice = true;
                out.recognise();
            }
            device.describe(key, value);
        } else if (isDevice && section.equals("regs")) {
            register(line, number);
        } else if (isDevice && section.startsWith(DUMP)) {
            device.dump(key, value);
        } else if (isIndex && section.equals("device_list")) {
            file(value, number);
        } else {
            out.note(0, "[" + section + "] " + line);
        }
    }

    private void file(String name, long number) {
        if (files.size() < MAX_DEVICES) {
            files.add(name);
        } else {
            out.problem(number, "more than " + MAX_DEVICES + " devices, the rest is left out");
        }
    }

    private void register(String line, long number) {
        Optional<RegisterText> register = RegisterText.of(line);
        if (register.isEmpty()) {
            out.problem(number, "'" + out.printable(line) + "', expected a register such as 'SP_HYP=0x00080902'");
        } else if (device.registers().size() == MAX_REGISTERS) {
            out.problem(number, "more than " + MAX_REGISTERS + " registers, this one is left out");
        } else if (!device.registers().add(register.get())) {
            out.problem(number, "the register " + out.printable(register.get().name()) + " again, which is left out");
        }
    }

    @Override
    public void end() {
        if (isDevice) {
            device.end();
        }
    }
}
