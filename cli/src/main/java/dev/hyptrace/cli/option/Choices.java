package dev.hyptrace.cli.option;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one of the values of an enumeration by what {@link Object#toString} says, and knows what to expect instead. */
public abstract class Choices<E extends Enum<E>> implements ITypeConverter<E> {
    private final E[] values;

    /** @param type the enumeration */
    protected Choices(Class<E> type) {
        this.values = type.getEnumConstants();
    }

    /** The name of a constant as users write it. */
    public static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public E convert(String text) {
        return Arrays.stream(values)
                .filter(value -> value.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "', expected "
                        + Arrays.stream(values).map(Object::toString).collect(Collectors.joining(", "))));
    }
}
