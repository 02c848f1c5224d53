package dev.hyptrace.recorder.ds5;

import dev.hyptrace.recorder.coresight.TraceContext;
import dev.hyptrace.recorder.coresight.TraceContext.Level;
import dev.hyptrace.recorder.coresight.TraceContext.Security;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as the tables have it: {@code S:0x80000554}, {@code H:?}.
 *
 * @param context what the address space says of the processor
 * @param address empty when it is not known
 */
record Ds5Place(TraceContext context, OptionalLong address) {
    private static final Pattern TEXT = Pattern.compile("(?:([A-Z0-9]{1,6}):)?(?:\\?|0x([0-9A-Fa-f]{1,16}))");

    /** Reads a cell; empty when it is no address. */
    static Optional<Ds5Place> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        OptionalLong address = matcher.group(2) == null
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseUnsignedLong(matcher.group(2), 16));
        return Optional.of(new Ds5Place(context(matcher.group(1) == null ? "" : matcher.group(1)), address));
    }

    private static TraceContext context(String space) {
        return switch (space) {
            case "S", "EL0S", "EL1S", "EL3" -> new TraceContext(Security.SECURE, Level.NOT_HYP, "");
            case "N", "EL0N", "EL1N" -> new TraceContext(Security.NON_SECURE, Level.NOT_HYP, "");
            case "H", "EL2", "EL2N" -> new TraceContext(Security.NON_SECURE, Level.HYP, "");
            default -> TraceContext.UNKNOWN;
        };
    }
}
