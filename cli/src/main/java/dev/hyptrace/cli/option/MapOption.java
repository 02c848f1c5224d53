package dev.hyptrace.cli.option;

import dev.hyptrace.diff.address.AddressMapParser;
import dev.hyptrace.diff.address.AddressMaps;
import dev.hyptrace.traces.model.AddressMap;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which addresses of two recordings correspond. */
public final class MapOption {
    @Option(
            names = "--map",
            paramLabel = "A=B+SIZE",
            converter = Converter.class,
            description = "Addresses from A on in the left recording correspond to those from B on in the right one."
                    + " Can be repeated.")
    private List<AddressMap> maps = new ArrayList<>();

    /** The maps that were given. */
    public AddressMaps maps() {
        return new AddressMaps(maps, List.of(), List.of());
    }

    /** For picocli. */
    static final class Converter implements ITypeConverter<AddressMap> {
        @Override
        public AddressMap convert(String text) {
            try {
                return AddressMapParser.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
