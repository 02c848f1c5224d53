package dev.hyptrace.diff.result;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Hex;
import java.util.Locale;
import java.util.Optional;

/** What one side says of a field. */
public sealed interface Reading {
    Reading ABSENT = new Absent();

    /** The reading as reports print it: {@code 0x} and 8 or 16 digits, or words; empty when absent. */
    Optional<String> text();

    static Reading known(long bits, int width) {
        return new Bits(bits, width, Optional.empty());
    }

    static Reading words(String words) {
        return new Words(words);
    }

    /**
     * A number.
     *
     * @param bits the value, right-aligned and zero-extended: that of CPSR.T is 0 or 1
     * @param width the number of bits of the field, 1 to 64
     * @param rule why it is given, when the source did not record it
     */
    record Bits(long bits, int width, Optional<DerivationRule> rule) implements Reading {
        @Override
        public Optional<String> text() {
            return Optional.of(width > 32 ? String.format(Locale.ROOT, "0x%016x", bits) : Hex.word((int) bits));
        }
    }

    /** Something that is no number, such as how a hypercall ended. */
    record Words(String words) implements Reading {
        @Override
        public Optional<String> text() {
            return Optional.of(words);
        }
    }

    /** Nothing: the side has no such call, or did not record the register. */
    record Absent() implements Reading {
        @Override
        public Optional<String> text() {
            return Optional.empty();
        }
    }
}
