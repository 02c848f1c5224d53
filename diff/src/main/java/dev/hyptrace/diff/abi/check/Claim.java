package dev.hyptrace.diff.abi.check;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a description says of one thing after a call, and what the recording says of it.
 *
 * @param subject {@code ending}, {@code target}, {@code mode} or a register's name as descriptions write it
 * @param expected what the description says
 * @param found what was recorded; empty when it was not
 * @param verdict how they compare
 * @param weight whether it tells this description from one that knows nothing: more than that something is kept
 */
public record Claim(String subject, String expected, String found, Verdict verdict, boolean weight) {
    /** How a claim fares. */
    public enum Verdict {
        AGREES,
        CONTRADICTED,
        NOT_RECORDED
    }

    /** Any register that is kept as it should be, and that tells nothing more. */
    static final Claim KEPT = new Claim("registers", "kept", "kept", Verdict.AGREES, false);

    static Claim ofValue(String subject, OptionalLong expected, String expression, OptionalLong found, boolean weight) {
        String value = expected.isEmpty() ? expression : describe(expected.getAsLong(), expression);
        if (expected.isEmpty() || found.isEmpty()) {
            return new Claim(
                    subject, value, found.isEmpty() ? "" : hex(found.getAsLong()), Verdict.NOT_RECORDED, weight);
        }
        boolean agrees = expected.getAsLong() == found.getAsLong();
        return new Claim(
                subject, value, hex(found.getAsLong()), agrees ? Verdict.AGREES : Verdict.CONTRADICTED, weight);
    }

    static Claim of(String subject, String expected, String found, boolean agrees, boolean weight) {
        return new Claim(subject, expected, found, agrees ? Verdict.AGREES : Verdict.CONTRADICTED, weight);
    }

    static Claim notRecorded(String subject, String expected) {
        return new Claim(subject, expected, "", Verdict.NOT_RECORDED, true);
    }

    private static String describe(long value, String expression) {
        String hex = hex(value);
        return expression.equals(hex) || expression.equals(Long.toString(value)) ? hex : expression + " = " + hex;
    }

    /** As eight hexadecimal digits, or sixteen. */
    public static String hex(long value) {
        return String.format(Locale.ROOT, value >>> 32 == 0 ? "0x%08x" : "0x%016x", value);
    }
}
