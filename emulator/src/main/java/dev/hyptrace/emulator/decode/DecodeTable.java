package dev.hyptrace.emulator.decode;

import dev.hyptrace.emulator.decode.Encoding.Binding;
import dev.hyptrace.emulator.decode.Encoding.Constraint;
import dev.hyptrace.emulator.decode.Encoding.Constraint.Meaning;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The encodings of one instruction set, read from its table.
 *
 * <p>A line is {@code bits | method | encoding | architecture | heading | bindings | syntax}. Bits are a {@link Pattern},
 * which constraints may follow after commas: {@code n!=15}, where the word is of another encoding when field n is 15, and
 * {@code dn?=13/15, t?=n}, where it is UNPREDICTABLE when d or n is 13 or 15, or t is the same as n
 * ({@code t?!=n}: is not the same). Bindings are
 * {@code name=field}, {@code name=number} or {@code name=shape(field, ...)}, separated by spaces. Lines that begin with {@code #} are comments.
 *
 * <p>Where two encodings fit a word, the one whose pattern lies within the other's is meant, as the manual's "SEE" has it.
 * Two patterns of which neither lies within the other must not overlap: {@link #overlaps} lists where they do.
 */
public final class DecodeTable {
    private static final int COLUMNS = 7;
    private static final int INDEX_BITS = 12;

    /** A32's condition field. Its value 15 is the unconditional instruction space, whose patterns fix these bits. */
    private static final int CONDITION = 0xf000_0000;

    private static final String UNCONDITIONAL = "15";

    private final List<Encoding> encodings;
    private final int width;
    private final List<Encoding> specificFirst;

    /** The encodings that fit some word with these index bits, filled as they are needed. */
    private final AtomicReferenceArray<Encoding[]> index = new AtomicReferenceArray<>(1 << INDEX_BITS);

    private DecodeTable(List<Encoding> encodings, int width) {
        this.encodings = List.copyOf(encodings);
        this.width = width;
        this.specificFirst = encodings.stream()
                .sorted(Comparator.comparingInt(
                        e -> -Integer.bitCount(e.pattern().fixedMask())))
                .toList();
    }

    /** The 32-bit ARM instructions. */
    public static DecodeTable a32() {
        return A32.TABLE;
    }

    /** The 32-bit Thumb instructions, the first halfword in bits [31:16]. */
    public static DecodeTable t32() {
        return T32.TABLE;
    }

    /** The 16-bit Thumb instructions. */
    public static DecodeTable t16() {
        return T16.TABLE;
    }

    /** Each table is read when it is first asked for. */
    private static final class A32 {
        private static final DecodeTable TABLE = load(32, false, "a32.table", "vfp.table", "simd.table");
    }

    private static final class T32 {
        private static final DecodeTable TABLE = load(32, true, "t32.table", "vfp.table", "simd.table");
    }

    private static final class T16 {
        private static final DecodeTable TABLE = load(16, true, "t16.table");
    }

    /** The table of an instruction set. */
    public static DecodeTable of(InstructionSet set) {
        return switch (set) {
            case A32 -> a32();
            case T32 -> t32();
            case T16 -> t16();
        };
    }

    /** Reads tables; all but the first are those of the extensions, which are written as A32's. */
    private static DecodeTable load(int width, boolean thumb, String... resources) {
        List<Encoding> list = new ArrayList<>();
        for (String resource : resources) {
            boolean rewrite = thumb && !resource.equals(resources[0]);
            read(
                    resource,
                    (line, where) -> list.add(parse(rewrite ? ExtensionEncodings.t32(line) : line, width, where)));
        }
        return new DecodeTable(list, width);
    }

    /** What is done with a line, and where it stands. */
    private interface LineReader {
        void read(String line, String where);
    }

    private static void read(String resource, LineReader lines) {
        try (InputStream in = DecodeTable.class.getResourceAsStream(resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    lines.read(line, resource + ": line " + number);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Encoding parse(String line, int width, String where) {
        String[] columns = line.split("\\|", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException(where + ": " + columns.length + " columns, expected " + COLUMNS);
        }
        try {
            String[] bits = columns[0].split(",", -1);
            List<Constraint> constraints = new ArrayList<>();
            for (int i = 1; i < bits.length; i++) {
                constraints.addAll(constraints(bits[i].trim()));
            }
            Pattern pattern = Pattern.parse(bits[0], width);
            if (pattern.fields().getOrDefault('c', 0) == CONDITION) {
                constraints.add(new Constraint(Meaning.OTHER_ENCODING, 'c', UNCONDITIONAL));
            }
            return new Encoding(
                    pattern,
                    columns[1].trim(),
                    columns[2].trim(),
                    columns[3].trim(),
                    columns[4].trim(),
                    bindings(columns[5].trim()),
                    columns[6].trim(),
                    constraints);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    /** One for each field on the left of the sign and each value on its right. */
    private static List<Constraint> constraints(String text) {
        if (!text.matches("[a-zA-Z]+(!|\\?|\\?!)=(\\d+|[a-zA-Z])(/(\\d+|[a-zA-Z]))*")) {
            throw new IllegalArgumentException("\"" + text + "\": expected a constraint such as n!=15 or dn?=13/15");
        }
        String[] sides = text.split("[!?]+=");
        Meaning meaning = text.contains("?!")
                ? Meaning.UNPREDICTABLE_UNLESS
                : text.contains("?") ? Meaning.UNPREDICTABLE : Meaning.OTHER_ENCODING;
        List<Constraint> list = new ArrayList<>();
        for (char field : sides[0].toCharArray()) {
            for (String value : sides[1].split("/")) {
                list.add(new Constraint(meaning, field, value));
            }
        }
        return list;
    }

    private static Map<String, Binding> bindings(String text) {
        Map<String, Binding> map = new HashMap<>();
        for (String binding : text.replace(", ", ",").split(" +")) {
            if (binding.isEmpty()) {
                continue;
            }
            int equals = binding.indexOf('=');
            int open = binding.indexOf('(');
            String value = binding.substring(equals + 1);
            map.put(
                    binding.substring(0, equals),
                    open < 0
                            ? new Binding("", List.of(value))
                            : new Binding(
                                    binding.substring(equals + 1, open),
                                    Arrays.asList(binding.substring(open + 1, binding.length() - 1)
                                            .split(","))));
        }
        return map;
    }

    /** All encodings in the order of the table. */
    public List<Encoding> encodings() {
        return encodings;
    }

    /** The encoding of a word, or null when there is none: the word is UNDEFINED. */
    public Encoding lookup(int word) {
        for (Encoding encoding : candidates(indexOf(word))) {
            if (encoding.matches(word)) {
                return encoding;
            }
        }
        return null;
    }

    /** Pairs of encodings that fit a common word although neither lies within the other; empty for a sound table. */
    public List<String> overlaps() {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < encodings.size(); i++) {
            for (int j = i + 1; j < encodings.size(); j++) {
                Pattern a = encodings.get(i).pattern();
                Pattern b = encodings.get(j).pattern();
                if (a.overlaps(b) && a.isWithin(b) == b.isWithin(a) && !excluded(encodings.get(i), encodings.get(j))) {
                    list.add(encodings.get(i) + " and " + encodings.get(j));
                }
            }
        }
        return list;
    }

    /** Whether a constraint of one encoding rules out every word of the other. */
    private static boolean excluded(Encoding a, Encoding b) {
        return excludes(a, b) || excludes(b, a);
    }

    private static boolean excludes(Encoding a, Encoding b) {
        for (Constraint constraint : a.constraints()) {
            int mask = a.pattern().fields().get(constraint.field());
            boolean fixed = (b.pattern().fixedMask() & mask) == mask;
            if (fixed
                    && constraint.meaning() == Meaning.OTHER_ENCODING
                    && Character.isDigit(constraint.value().charAt(0))
                    && constraint.holds(a.pattern(), b.pattern().fixedValue())) {
                return true;
            }
        }
        return false;
    }

    /** Bits [27:20] and [7:4] of a 32-bit word, the upper 12 bits of a 16-bit one: where encodings differ most. */
    private int indexOf(int word) {
        return width == 32 ? word >>> 16 & 0xff0 | word >>> 4 & 0xf : word >>> 4 & 0xfff;
    }

    private Encoding[] candidates(int slot) {
        Encoding[] found = index.get(slot);
        if (found == null) {
            int spread = width == 32 ? 0x0ff0_00f0 : 0xfff0;
            int bits = width == 32 ? (slot & 0xff0) << 16 | (slot & 0xf) << 4 : slot << 4;
            found = specificFirst.stream()
                    .filter(e ->
                            ((e.pattern().fixedValue() ^ bits) & e.pattern().fixedMask() & spread) == 0)
                    .toArray(Encoding[]::new);
            index.set(slot, found);
        }
        return found;
    }
}
