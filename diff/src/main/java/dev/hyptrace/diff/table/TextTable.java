package dev.hyptrace.diff.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a table that is part of the program; a mistake in one is a mistake in the build and ends it. */
public final class TextTable {
    private TextTable() {}

    /**
     * The rows of a resource.
     *
     * @param owner the class beside whose package the resource lies
     * @param name the resource's name
     * @param columns how many columns a row has; the last one takes the rest of the line
     */
    public static List<List<String>> rows(Class<?> owner, String name, int columns) {
        List<List<String>> rows = new ArrayList<>();
        int number = 0;
        for (String line : text(owner, name).split("\n", -1)) {
            number++;
            String bare = line.strip();
            if (bare.isEmpty() || bare.startsWith("#")) {
                continue;
            }
            List<String> cells = List.of(bare.split("\\s+", columns));
            if (cells.size() != columns) {
                throw new IllegalStateException(
                        name + ": line " + number + ": " + cells.size() + " columns, expected " + columns);
            }
            rows.add(cells);
        }
        return List.copyOf(rows);
    }

    private static String text(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the table " + name + " is missing beside " + owner.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
