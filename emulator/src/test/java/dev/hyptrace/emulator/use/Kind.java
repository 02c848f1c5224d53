package dev.hyptrace.emulator.use;

import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.Pattern;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Words of one encoding that use as many registers in the same way.
 *
 * @param bits the values of all fields of one bit
 * @param special the fields that are 13 or 15
 * @param reads how much is read
 * @param writes how much is written
 */
record Kind(int bits, Set<String> special, Size reads, Size writes) {
    /** How many registers of each sort a set has. */
    record Size(int core, int extension) {
        static Size of(RegisterSet set) {
            return new Size(Integer.bitCount(set.core()), Integer.bitCount(set.extension()));
        }
    }

    /** The kind of a word; empty where two fields are the same, as then a register may matter to neither. */
    static Optional<Kind> of(Encoding encoding, int word, RegisterUse use) {
        Pattern pattern = encoding.pattern();
        int bits = 0;
        Set<String> special = new TreeSet<>();
        Set<Integer> values = new TreeSet<>();
        for (char field : pattern.fields().keySet()) {
            int width = Integer.bitCount(pattern.fields().get(field));
            int value = pattern.field(field, word);
            bits |= width == 1 ? word & pattern.fields().get(field) : 0;
            if (width >= 3 && width <= 5 && field != 'c') {
                if (!values.add(value)) {
                    return Optional.empty();
                }
                if (value == 13 || value == 15) {
                    special.add(field + "=" + value);
                }
            }
        }
        return Optional.of(new Kind(bits, special, Size.of(use.reads()), Size.of(use.writes())));
    }
}
