package dev.hyptrace.recorder.openocd;

import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** The table {@code coprocessor-registers.txt}: how MRC names the registers of CP15, and which mode may read them. */
public final class CoprocessorTable {
    private static final String RESOURCE = "coprocessor-registers.txt";
    private static final Map<Register, Entry> ENTRIES = load();

    /** The lowest level that may read a register. */
    public enum Level {
        PL1,
        PL2,
        S
    }

    /**
     * One line.
     *
     * @param operands coprocessor, opc1, CRn, CRm, opc2, as OpenOCD's {@code arm mrc} takes them
     */
    public record Entry(String operands, Level level) {
        /** Whether MRC reads it in a mode of the Non-secure state, or in Monitor mode. */
        boolean isReadableIn(Mode mode) {
            return switch (level) {
                case PL1 -> mode != Mode.USR;
                case PL2 -> mode == Mode.HYP;
                case S -> mode == Mode.MON;
            };
        }
    }

    private CoprocessorTable() {}

    /** All lines, in display order of the registers. */
    public static Map<Register, Entry> entries() {
        return ENTRIES;
    }

    private static Map<Register, Entry> load() {
        Map<Register, Entry> entries = new EnumMap<>(Register.class);
        try (InputStream stream = CoprocessorTable.class.getResourceAsStream(RESOURCE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] words = line.trim().split(" +");
                    String operands = String.join(" ", words[1], words[2], words[3], words[4], words[5]);
                    entries.put(Register.named(words[0]).orElseThrow(), new Entry(operands, Level.valueOf(words[6])));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
        return Collections.unmodifiableMap(entries);
    }
}
