package dev.hyptrace.recorder.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a column is.
 *
 * @param kind the kind
 * @param moment of a register, which state of a hypercall it is of
 * @param target of {@link Kind#FIXED_NAME}, the register
 * @param pair of {@link Kind#REGISTER} and {@link Kind#VALUE}, which of them belong together
 */
record Role(Kind kind, Moment moment, Optional<RegisterTarget> target, int pair) {
    enum Kind {
        ADDRESS,
        ENCODING,
        SET,
        MODE,
        CPU,
        TIME,
        NOTE,
        KIND,
        GAP,
        IMMEDIATE,
        REGISTER,
        VALUE,
        /** A register's value; the column is called for it. */
        FIXED_NAME
    }

    enum Moment {
        CALL,
        VECTOR,
        AFTER
    }

    private static final int MAX_PAIR = 99;

    /**
     * What a text in a map means.
     *
     * @throws IllegalArgumentException when it means nothing
     */
    static Role of(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        for (Moment moment : Moment.values()) {
            String prefix = moment.name().toLowerCase(Locale.ROOT) + ".";
            if (name.startsWith(prefix)) {
                return register(name.substring(prefix.length()), moment);
            }
        }
        for (Kind kind : Kind.values()) {
            if (kind != Kind.FIXED_NAME && kind.name().equalsIgnoreCase(name)) {
                return new Role(kind, Moment.CALL, Optional.empty(), 1);
            }
        }
        if (name.matches("(register|value)\\.[1-9][0-9]?")) {
            int dot = name.indexOf('.');
            Kind kind = name.startsWith("r") ? Kind.REGISTER : Kind.VALUE;
            return new Role(kind, Moment.CALL, Optional.empty(), Integer.parseInt(name, dot + 1, name.length(), 10));
        }
        return register(name, Moment.CALL);
    }

    private static Role register(String name, Moment moment) {
        RegisterTarget target = RegisterTarget.named(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + name + "' is no role and no register, expected one of "
                                + names() + ", or a register such as R0, SP_hyp, sp, HSR"));
        return new Role(Kind.FIXED_NAME, moment, Optional.of(target), MAX_PAIR);
    }

    private static List<String> names() {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.FIXED_NAME)
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
