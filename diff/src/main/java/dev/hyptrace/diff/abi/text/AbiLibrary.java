package dev.hyptrace.diff.abi.text;

import dev.hyptrace.diff.abi.description.Abi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The descriptions that are part of the program: {@code library/*.abi}, in the order of {@code library/list}. */
public final class AbiLibrary {
    private static final List<Abi> ALL = load();
    private static final Map<String, Abi> BY_NAME =
            ALL.stream().collect(Collectors.toMap(Abi::name, abi -> abi, (a, b) -> a, TreeMap::new));

    private AbiLibrary() {}

    /** All of them, related ones together and older ones first. */
    public static List<Abi> all() {
        return ALL;
    }

    public static Optional<Abi> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static List<Abi> load() {
        return resource("list")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(AbiLibrary::description)
                .toList();
    }

    /** A mistake in a description is a mistake in the build. */
    private static Abi description(String name) {
        String file = name + ".abi";
        try {
            Abi abi = AbiReader.parse(file, resource(file));
            if (!abi.name().equals(name)) {
                throw new IllegalStateException(file + ": the name is " + abi.name());
            }
            return abi;
        } catch (AbiFormatException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static String resource(String file) {
        try (InputStream in = AbiLibrary.class.getResourceAsStream("/dev/hyptrace/diff/abi/library/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no library/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
