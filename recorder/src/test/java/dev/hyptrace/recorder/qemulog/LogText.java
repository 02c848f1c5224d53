package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.traces.model.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a log as QEMU 7.2 does, line by line, and reads it. */
final class LogText {
    static final int SVC = 0x6000_01d3;
    static final int HYP = 0x6000_01da;
    static final int USR = 0x6000_0010;

    private final StringBuilder text = new StringBuilder();
    private final int[] registers = new int[16];
    private String world = "";
    private int place = 0x7f00_0000;

    /** The value of Rn in all registers printed from here on. */
    LogText set(int n, int value) {
        registers[n] = value;
        return this;
    }

    /** "S " or "NS " in the PSR lines from here on. */
    LogText world(String name) {
        world = name;
        return this;
    }

    LogText line(String line) {
        text.append(line).append('\n');
        return this;
    }

    LogText line(String format, Object... arguments) {
        return line(String.format(Locale.ROOT, format, arguments));
    }

    /** An IN block of A32 words. */
    LogText in(int address, int... words) {
        line("----------------").line("IN: ");
        for (int i = 0; i < words.length; i++) {
            line("0x%08x:  %08x  insn", address + 4 * i, words[i]);
        }
        return line("");
    }

    /** An IN block of Thumb code, the bytes as QEMU prints them: {@code b510}, {@code f7e0 8056}. */
    LogText inThumb(int address, String... codes) {
        line("----------------").line("IN: ");
        int at = address;
        for (String code : codes) {
            line("0x%08x:  %-9s  insn", at, code);
            at += code.length() > 4 ? 4 : 2;
        }
        return line("");
    }

    /** A Trace line of a block of one instruction, at a place of its own. */
    LogText trace(int address) {
        place += 0x40;
        return line("Trace 0: 0x%x [00000400/%08x/00000060/ff000201] ", place, address);
    }

    /** A Trace line of a block of any number of instructions. */
    LogText traceBlock(int address) {
        place += 0x40;
        return line("Trace 0: 0x%x [00000400/%08x/00000060/ff000200] ", place, address);
    }

    LogText registers(int address, int psr) {
        registers[15] = address;
        for (int n = 0; n < 16; n += 4) {
            line(
                    "R%02d=%08x R%02d=%08x R%02d=%08x R%02d=%08x",
                    n, registers[n], n + 1, registers[n + 1], n + 2, registers[n + 2], n + 3, registers[n + 3]);
        }
        return line("PSR=%08x %s %c %s%s", psr, flags(psr), (psr & 0x20) != 0 ? 'T' : 'A', world, mode(psr));
    }

    /** A single-stepped A32 instruction: IN block, Trace line, registers. */
    LogText step(int address, int word, int psr) {
        return in(address, word).trace(address).registers(address, psr);
    }

    /** The same for Thumb code. */
    LogText stepThumb(int address, String code, int psr) {
        return inThumb(address, code).trace(address).registers(address, psr | 0x20);
    }

    LogText taking(int number, String name, int from, int to, int esr) {
        return line("Taking exception %d [%s] on CPU 0", number, name)
                .line("...from EL%d to EL%d", from, to)
                .line("...with ESR 0x%x/0x%x", esr >>> 26, esr);
    }

    LogText returning(String from, String to, int target) {
        return line("Exception return from AArch32 %s to %s PC 0x%x", from, to, target);
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    Result read() throws IOException {
        return read("test.log", bytes());
    }

    static Result read(String name, byte[] bytes) throws IOException {
        List<Event> events = new ArrayList<>();
        ImportReport report = QemuLog.read(name, new ByteArrayInputStream(bytes), events::add);
        return new Result(events, report);
    }

    /** What was read, with the events by kind. */
    record Result(List<Event> events, ImportReport report) {
        <E extends Event> List<E> all(Class<E> kind) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        List<Event.Step> steps() {
            return all(Event.Step.class);
        }

        List<Event.ExceptionEntry> entries() {
            return all(Event.ExceptionEntry.class);
        }

        List<Event.ExceptionReturn> returns() {
            return all(Event.ExceptionReturn.class);
        }

        List<String> notes() {
            return all(Event.Note.class).stream().map(Event.Note::text).toList();
        }

        List<String> gaps() {
            return all(Event.Gap.class).stream().map(Event.Gap::reason).toList();
        }

        /** The order of events, a word for each: {@code step 40000000}, {@code HYPERVISOR_CALL}, {@code gap}. */
        List<String> outline() {
            return events.stream().map(Result::word).toList();
        }

        private static String word(Event event) {
            if (event instanceof Event.Step step) {
                return "step " + Integer.toHexString(step.address());
            } else if (event instanceof Event.ExceptionEntry entry) {
                return entry.kind().name();
            }
            return event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }
    }

    private static String flags(int psr) {
        String names = "NZCV";
        StringBuilder flags = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            flags.append((psr << i) < 0 ? names.charAt(i) : '-');
        }
        return flags.toString();
    }

    private static String mode(int psr) {
        return switch (psr & 0x1f) {
            case 0x10 -> "usr32";
            case 0x11 -> "fiq32";
            case 0x12 -> "irq32";
            case 0x13 -> "svc32";
            case 0x16 -> "mon32";
            case 0x17 -> "abt32";
            case 0x1a -> "hyp32";
            case 0x1b -> "und32";
            case 0x1f -> "sys32";
            default -> "???32";
        };
    }
}
