package dev.hyptrace.cli.guest;

import java.nio.charset.StandardCharsets;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** When to stop a machine. */
public sealed interface Until {
    /** When the guest switches off. */
    record PowerOff() implements Until {
        @Override
        public String toString() {
            return "the guest switches off";
        }
    }

    /**
     * When a hypercall has arrived at its vector.
     *
     * @param number which, from 1
     */
    record Hypercall(long number) implements Until {
        @Override
        public String toString() {
            return "hypercall " + number;
        }
    }

    /**
     * When so many instructions have been executed.
     *
     * @param count at least 1
     */
    record Instructions(long count) implements Until {
        @Override
        public String toString() {
            return count + " instructions";
        }
    }

    /**
     * When the guest has sent a text to its UART.
     *
     * @param text not empty
     */
    record Uart(String text) implements Until {
        @Override
        public String toString() {
            return "'" + text + "' on the UART";
        }

        byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Reads {@code hypercall:N}, {@code instructions:N} or {@code uart:TEXT}.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static Until parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        return switch (kind) {
            case "hypercall" -> new Hypercall(count(text, value));
            case "instructions" -> new Instructions(count(text, value));
            case "uart" -> uart(text, value);
            default -> throw bad(text);
        };
    }

    private static Until uart(String text, String value) {
        if (value.isEmpty()) {
            throw bad(text);
        }
        return new Uart(value);
    }

    private static long count(String text, String digits) {
        String bare = digits.replace("_", "");
        if (!bare.matches("[1-9][0-9]{0,17}")) {
            throw bad(text);
        }
        return Long.parseLong(bare);
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no condition, expected hypercall:N, instructions:N or uart:TEXT");
    }

    /** For picocli. */
    final class Converter implements ITypeConverter<Until> {
        @Override
        public Until convert(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
