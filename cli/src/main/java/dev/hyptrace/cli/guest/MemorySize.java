package dev.hyptrace.cli.guest;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The size of RAM.
 *
 * @param bytes between 1 MiB and 2047 MiB
 */
record MemorySize(int bytes) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([KMG]?)(?:i?B)?", Pattern.CASE_INSENSITIVE);
    private static final long SMALLEST = 1L << 20;
    private static final long LARGEST = 2047L << 20;

    /** Reads {@code 256}, {@code 256M}, {@code 1G}: without a unit it is MiB, as QEMU has it. */
    static MemorySize parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no size, expected one such as 256M");
        }
        long bytes = Long.parseLong(matcher.group(1)) << shift(matcher.group(2));
        if (bytes < SMALLEST || bytes > LARGEST) {
            throw new IllegalArgumentException("'" + text + "' is not between 1M and 2047M");
        }
        return new MemorySize((int) bytes);
    }

    private static int shift(String unit) {
        return switch (unit.toUpperCase(Locale.ROOT)) {
            case "K" -> 10;
            case "G" -> 30;
            default -> 20;
        };
    }

    /** For picocli. */
    static final class Converter implements ITypeConverter<MemorySize> {
        @Override
        public MemorySize convert(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
