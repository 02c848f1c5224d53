package dev.hyptrace.diff.abi.text;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormatParseInfoTree;
import com.google.protobuf.TextFormatParseLocation;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.Expression;
import dev.hyptrace.diff.abi.description.ExpressionParser;
import dev.hyptrace.diff.abi.description.RegisterNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message of a description, and where each of its fields stands.
 *
 * @param file stands before positions
 * @param places null where protobuf knows none
 */
record Part(String file, Message message, TextFormatParseInfoTree places) {
    /** Reads a message of a repeated field. */
    @FunctionalInterface
    interface Reading<T> {
        T read(Part part) throws AbiFormatException;
    }

    /** The message of a field. */
    Part child(String field, int index, Message child) {
        FieldDescriptor descriptor = field(field);
        boolean known = place(descriptor, index).isPresent();
        return new Part(file, child, known ? places.getNestedTree(descriptor, index) : null);
    }

    /** Reads each message of a repeated field. */
    <T> List<T> each(String field, Reading<T> reading) throws AbiFormatException {
        List<T> list = new ArrayList<>();
        FieldDescriptor descriptor = field(field);
        for (int i = 0; i < message.getRepeatedFieldCount(descriptor); i++) {
            list.add(reading.read(child(field, i, (Message) message.getRepeatedField(descriptor, i))));
        }
        return list;
    }

    void require(String field, boolean condition, String expected) throws AbiFormatException {
        require(field, 0, condition, expected);
    }

    void require(String field, int index, boolean condition, String expected) throws AbiFormatException {
        if (!condition) {
            throw wrong(field, index, expected);
        }
    }

    /** A complaint about a field, at its place if it has one. */
    AbiFormatException wrong(String field, int index, String expected) {
        String position = place(field(field), index)
                .map(place -> ":" + (place.getLine() + 1) + ":" + (place.getColumn() + 1))
                .orElse("");
        return new AbiFormatException(file + position + ": " + field + ": " + expected);
    }

    /** The constant that is called as the value of a field: protobuf takes any number for an enum. */
    <E extends Enum<E>> E constant(String field, Enum<?> value, Class<E> type) throws AbiFormatException {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value.name())) {
                return constant;
            }
        }
        throw wrong(field, 0, "expected one of " + List.of(type.getEnumConstants()));
    }

    /** A register's name as descriptions write it. */
    String register(String field, int index, String name, Abi.Architecture architecture) throws AbiFormatException {
        RegisterNames names = RegisterNames.of(architecture);
        return names.canonical(name)
                .orElseThrow(() -> wrong(field, index, "expected a register of " + names + ", found \"" + name + "\""));
    }

    List<String> registers(String field, List<String> names, Abi.Architecture architecture) throws AbiFormatException {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            list.add(register(field, i, names.get(i), architecture));
        }
        return list;
    }

    Expression expression(String field, String text, Abi.Architecture architecture) throws AbiFormatException {
        try {
            return ExpressionParser.parse(text, architecture);
        } catch (IllegalArgumentException e) {
            throw wrong(field, 0, e.getMessage());
        }
    }

    /** Where a field stands; empty when it is not there. */
    private Optional<TextFormatParseLocation> place(FieldDescriptor field, int index) {
        List<TextFormatParseLocation> known = places == null ? List.of() : places.getLocations(field);
        return index < known.size() ? Optional.of(known.get(index)) : Optional.empty();
    }

    private FieldDescriptor field(String name) {
        return message.getDescriptorForType().findFieldByName(name);
    }
}
