package dev.hyptrace.recorder.migration;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code coprocessor-registers.txt}: which index is which register. Its head is its manual. */
final class CoprocessorRegisters {
    private static final String RESOURCE = "coprocessor-registers.txt";
    private static final long AARCH32_WORD = 0x4020_0000_0000_0000L;
    private static final long AARCH32_DOUBLEWORD = 0x4030_0000_0000_0000L;
    private static final long AARCH64 = 0x6030_0000_0013_0000L;
    /** Set by QEMU where it emulates, for all but Secure copies; KVM has no such bit. */
    private static final long NON_SECURE = 1L << 29;

    private static final List<Line> LINES = load();

    /** @param index without {@link #NON_SECURE} */
    private record Line(Register register, long index, boolean high) {
        boolean isAArch32() {
            return (index & 0xf000_0000_0000_0000L) == 0x4000_0000_0000_0000L;
        }
    }

    private CoprocessorRegisters() {}

    /** Adds what the arrays of indexes and values hold. */
    static void add(SectionFields fields, State.Builder state) throws TraceFormatException {
        Map<Long, Long> values = new HashMap<>();
        int count = fields.count("cpreg_vmstate_indexes");
        boolean emulated = false;
        for (int i = 0; i < count; i++) {
            long index = fields.value("cpreg_vmstate_indexes", i);
            emulated |= isEmulated(index);
            values.put(index, fields.value("cpreg_vmstate_values", i));
        }
        for (Line line : LINES) {
            long index = line.isAArch32() && emulated ? line.index | NON_SECURE : line.index;
            if (values.containsKey(index) && !state.has(line.register)) {
                state.known(line.register, part(line, values.get(index)) & line.register.mask());
            }
        }
        if (emulated && state.has(Register.SCR)) {
            addSecure(values, state);
        }
    }

    private static boolean isEmulated(long index) {
        return index >>> 60 == 4 && (index & NON_SECURE) != 0;
    }

    private static void addSecure(Map<Long, Long> values, State.Builder state) {
        for (Line line : LINES) {
            Register secure = Register.named(line.register.manualName() + "_s").orElse(null);
            if (secure != null && line.isAArch32() && values.containsKey(line.index)) {
                state.known(secure, values.get(line.index) & secure.mask());
            }
        }
    }

    private static long part(Line line, long value) {
        return line.high ? value >>> 32 : value;
    }

    private static List<Line> load() {
        try (InputStream stream = CoprocessorRegisters.class.getResourceAsStream(RESOURCE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            List<Line> lines = new ArrayList<>();
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                if (!text.isBlank() && !text.startsWith("#")) {
                    lines.add(line(text));
                }
            }
            return List.copyOf(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    private static Line line(String text) {
        String[] sides = text.split(" = ");
        Register register = Register.named(sides[0])
                .orElseThrow(() -> new IllegalStateException(RESOURCE + " names no register: " + text));
        boolean high = sides[1].endsWith(" high");
        String[] words = sides[1].replace(" high", "").split(" ");
        int[] n = Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
        return new Line(register, index(words[0], n), high);
    }

    private static long index(String space, int[] n) {
        if (space.equals("s")) {
            return AARCH64 | n[0] << 14 | n[1] << 11 | n[2] << 7 | n[3] << 3 | n[4];
        }
        long coprocessor = Long.parseLong(space.substring(1)) << 16;
        return n.length == 2
                ? AARCH32_DOUBLEWORD | coprocessor | n[1] << 7 | n[0] << 3
                : AARCH32_WORD | coprocessor | n[1] << 11 | n[2] << 7 | n[0] << 3 | n[3];
    }
}
