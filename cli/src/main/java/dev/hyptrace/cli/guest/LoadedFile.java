package dev.hyptrace.cli.guest;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A file to put into the machine's RAM as it is.
 *
 * @param address the physical address of its first byte
 */
record LoadedFile(Path path, long address) {
    /** For picocli. */
    static final class Converter implements ITypeConverter<LoadedFile> {
        @Override
        public LoadedFile convert(String text) {
            int at = text.lastIndexOf('@');
            String address = text.substring(at + 1).replaceFirst("^0x", "");
            if (at < 1 || !address.matches("[0-9a-fA-F]{1,10}")) {
                throw new TypeConversionException("'" + text + "': expected FILE@ADDRESS, such as vmlinuz@0x49000000");
            }
            return new LoadedFile(Path.of(text.substring(0, at)), Long.parseLong(address, 16));
        }
    }
}
