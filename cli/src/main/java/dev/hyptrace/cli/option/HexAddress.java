package dev.hyptrace.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an address as every report prints it: hexadecimal, with or without {@code 0x}. */
public final class HexAddress implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
        if (!digits.matches("[0-9a-fA-F]{1,8}")) {
            throw new TypeConversionException("'" + text + "' is no address, expected one such as 0x40010240");
        }
        return Integer.parseUnsignedInt(digits, 16);
    }
}
