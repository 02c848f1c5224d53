package dev.hyptrace.emulator.use;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The rules by which registers follow from operands, read from {@code use.table} and {@code aside.table}.
 *
 * <p>A line is {@code names | reads | writes}. In {@code use.table} names are those of semantics, and items are:
 *
 * <ul>
 *   <li>{@code n}, {@code t2}, {@code dLo}: the core register whose number this operand is; {@code 14}: R14.
 *   <li>{@code flags}; a name in capitals, where {@code SPSR} is the current mode's; {@code register}, what MRC and MCR name;
 *       {@code banked}, what MRS and MSR (Banked register) name.
 *   <li>{@code l.list}, {@code l.userList}: a register list, of the current mode or of User mode;
 *       {@code mode.stackPointer}: SP of a mode.
 *   <li>{@code vd.q}: registers of the extensions, by {@link ExtensionShape}.
 * </ul>
 *
 * <p>{@code ?} and a {@link UseCondition} may follow an item. In {@code aside.table} names and items are registers of CP14 and
 * CP15: what is accessed besides the register that the instruction names. Lines that begin with {@code #} are comments.
 */
final class UseTable {
    private static final int COLUMNS = 3;
    private static final Map<String, Line> LINES = load("use.table", UseTable::items);
    private static final Map<String, Aside> ASIDE =
            load("aside.table", columns -> new Aside(words(columns[1]), words(columns[2])));
    private static final Aside NOTHING = new Aside(List.of(), List.of());

    private UseTable() {}

    /** What instructions of one kind read and write. */
    record Line(List<UseItem> reads, List<UseItem> writes) {}

    /** Names of registers that are accessed besides the one that an instruction names. */
    private record Aside(List<String> reads, List<String> writes) {}

    /**
     * The line for a name of semantics.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Line line(String semantics) {
        Line line = LINES.get(semantics);
        if (line == null) {
            throw new IllegalArgumentException("use.table has no line for " + semantics);
        }
        return line;
    }

    /** All names that have a line. */
    static Set<String> names() {
        return LINES.keySet();
    }

    /** All registers that have a line in {@code aside.table}. */
    static Set<String> asideNames() {
        return ASIDE.keySet();
    }

    /** The registers of CP14 and CP15 that are accessed besides the one of this name. */
    static List<String> aside(String register, boolean writes) {
        Aside aside = ASIDE.getOrDefault(register, NOTHING);
        return writes ? aside.writes : aside.reads;
    }

    private static Line items(String[] columns) {
        return new Line(
                words(columns[1]).stream()
                        .map(word -> UseItem.parse(word, false))
                        .toList(),
                words(columns[2]).stream()
                        .map(word -> UseItem.parse(word, true))
                        .toList());
    }

    private static List<String> words(String column) {
        return column.isBlank() ? List.of() : Arrays.asList(column.trim().split(" +"));
    }

    // ---- reading a table ------------------------------------------------------------------------------------------

    private static <L> Map<String, L> load(String resource, Function<String[], L> parser) {
        Map<String, L> lines = new HashMap<>();
        try (InputStream in = UseTable.class.getResourceAsStream(resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    put(lines, line, parser, resource + ": line " + number);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableMap(lines);
    }

    private static <L> void put(Map<String, L> lines, String text, Function<String[], L> parser, String where) {
        String[] columns = text.split("\\|", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException(where + ": " + columns.length + " columns, expected " + COLUMNS);
        }
        try {
            L line = parser.apply(columns);
            for (String name : words(columns[0])) {
                if (lines.put(name, line) != null) {
                    throw new IllegalArgumentException(name + " has two lines");
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }
}
