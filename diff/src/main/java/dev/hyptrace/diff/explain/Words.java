package dev.hyptrace.diff.explain;

import dev.hyptrace.diff.result.Place;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Reading;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Mode;
import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Values and places as sentences and tables name them. */
public final class Words {
    private static final String HYPERCALL = "hypercall";
    private static final int WIDEST_DECIMAL = 4;
    private static final String FLAGS = "NZCVQ";

    private Words() {}

    /** A field's value for people: {@code 0x40010240}, {@code SVC (0x13)}, {@code 1}; {@code ?} when absent. */
    public static String value(String field, Reading reading) {
        if (reading instanceof Reading.Bits bits) {
            return bits.width() < 32 ? narrow(field, bits) : bits.text().orElseThrow();
        }
        return reading.text().orElse(field.equals(HYPERCALL) ? "none" : "?");
    }

    private static String narrow(String field, Reading.Bits bits) {
        if (field.endsWith(".NZCVQ")) {
            return flags((int) bits.bits());
        }
        if (field.endsWith("PSR.M") || field.startsWith("SPSR_") && field.endsWith(".M")) {
            return mode((int) bits.bits());
        }
        return bits.width() <= WIDEST_DECIMAL && bits.bits() < 10
                ? Long.toString(bits.bits())
                : "0x" + Long.toHexString(bits.bits());
    }

    /** Five condition flags: {@code -Z-V-}. */
    private static String flags(int bits) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < FLAGS.length(); i++) {
            text.append((bits >>> FLAGS.length() - 1 - i & 1) != 0 ? FLAGS.charAt(i) : '-');
        }
        return text.toString();
    }

    /** A value of CPSR.M: {@code SVC (0x13)}. */
    static String mode(int encoding) {
        String hex = String.format(Locale.ROOT, "0x%02x", encoding);
        return Mode.ofStatus(encoding)
                .map(mode -> mode.name() + " (" + hex + ")")
                .orElse("no mode (" + hex + ")");
    }

    /** Where something was seen: {@code hypercall 3, return}; {@code step 1234 after hypercall 2}. */
    public static String place(Place place) {
        if (place.point() == Point.STEP) {
            String after =
                    place.leftHypercall().isPresent() && place.leftHypercall().getAsInt() > 0
                            ? " after hypercall " + place.leftHypercall().getAsInt()
                            : "";
            return "step " + (place.step().isPresent() ? place.step().getAsLong() : "?") + after;
        }
        return "hypercall " + number(place) + ", " + place.point().text();
    }

    private static String number(Place place) {
        OptionalInt left = place.leftHypercall();
        OptionalInt right = place.rightHypercall();
        if (left.isPresent() && right.isPresent() && left.getAsInt() != right.getAsInt()) {
            return left.getAsInt() + " (right: " + right.getAsInt() + ")";
        }
        return place.hypercall().isPresent()
                ? Integer.toString(place.hypercall().getAsInt())
                : "?";
    }

    /** {@code 1 step}, {@code 2 steps}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    static String hex(long word) {
        return Hex.word((int) word);
    }

    static String hex(OptionalLong word) {
        return word.isPresent() ? hex(word.getAsLong()) : "an unrecorded value";
    }

    static String hex(OptionalInt word) {
        return word.isPresent() ? Hex.word(word.getAsInt()) : "an unrecorded address";
    }

    /** {@code A, B or C}. */
    static String or(Collection<String> words) {
        StringBuilder text = new StringBuilder();
        for (Iterator<String> i = words.iterator(); i.hasNext(); ) {
            String word = i.next();
            text.append(text.isEmpty() ? "" : i.hasNext() ? ", " : " or ").append(word);
        }
        return text.toString();
    }

    static String when(Optional<Place> place) {
        return place.map(Words::place).orElse("nowhere before");
    }
}
