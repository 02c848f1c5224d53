package dev.hyptrace.recorder.gdb;

import dev.hyptrace.traces.model.Register;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table {@code register-aliases.txt}: what a stub's register name means. Its head is its manual. */
public final class RegisterAliases {
    private static final String RESOURCE = "register-aliases.txt";
    private static final RegisterAliases STANDARD = load();

    /** What a name means. */
    public sealed interface Meaning {
        /** The manual's register. {@code line} orders names of one register, top of the table first. */
        record Named(Register register, int line) implements Meaning {}

        /** Register 0 to 15 of the current mode. */
        record Current(int index) implements Meaning {}

        /** Not recorded, and why. */
        record Ignored(String reason) implements Meaning {}

        /** Nothing is known of it. */
        record Unknown() implements Meaning {}
    }

    private record Line(String name, Meaning meaning) {
        Line lowered() {
            return new Line(name.toLowerCase(Locale.ROOT), meaning);
        }

        boolean fits(String other) {
            int star = name.indexOf('*');
            return star < 0
                    ? name.equals(other)
                    : other.length() >= name.length() - 1
                            && other.startsWith(name.substring(0, star))
                            && other.endsWith(name.substring(star + 1));
        }
    }

    private final List<Line> lines;
    private final List<Line> lowered;

    private RegisterAliases(List<Line> lines) {
        this.lines = List.copyOf(lines);
        this.lowered = lines.stream().map(Line::lowered).toList();
    }

    /** The table that comes with hyptrace. */
    public static RegisterAliases standard() {
        return STANDARD;
    }

    /** What a stub's register name means. */
    public Meaning meaning(String name) {
        return meaning(lines, name);
    }

    /** What a name means whose letters a producer made small, such as {@code vbar_el2}. */
    public Meaning meaningOfLowered(String name) {
        return meaning(lowered, name);
    }

    private static Meaning meaning(List<Line> lines, String name) {
        for (Line line : lines) {
            if (line.fits(name)) {
                return line.meaning;
            }
        }
        return Register.named(name)
                .<Meaning>map(register -> new Meaning.Named(register, lines.size()))
                .orElseGet(Meaning.Unknown::new);
    }

    private static RegisterAliases load() {
        try (InputStream stream = RegisterAliases.class.getResourceAsStream(RESOURCE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            List<Line> lines = new ArrayList<>();
            int number = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                if (!text.isBlank() && !text.startsWith("#")) {
                    lines.add(line(text.trim(), number));
                }
            }
            return new RegisterAliases(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    private static Line line(String text, int number) {
        String[] parts = text.split("\\s+", 3);
        if (parts.length < 3) {
            throw new IllegalStateException(RESOURCE + " line " + number + " has no meaning: " + text);
        }
        Meaning meaning =
                switch (parts[1]) {
                    case "=" ->
                        new Meaning.Named(
                                Register.named(parts[2])
                                        .orElseThrow(() -> new IllegalStateException(
                                                RESOURCE + " line " + number + " names no register: " + text)),
                                number);
                    case "@" -> new Meaning.Current(Integer.parseInt(parts[2]));
                    case "!" -> new Meaning.Ignored(parts[2]);
                    default -> throw new IllegalStateException(RESOURCE + " line " + number + ": " + text);
                };
        return new Line(parts[0], meaning);
    }
}
