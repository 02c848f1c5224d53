package dev.hyptrace.cli.bisect;

import dev.hyptrace.diff.bisect.ExplainedByAbis;
import dev.hyptrace.diff.bisect.Property;
import dev.hyptrace.diff.bisect.SameAsRecording;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** All that must hold of a build. */
final class Properties implements Closeable {
    private final List<Property> all;

    Properties(List<Property> all) {
        this.all = List.copyOf(all);
    }

    List<Property> all() {
        return all;
    }

    /** Those that say more of a build than a comparison with another one does. */
    List<Property> ofAbis() {
        return all.stream()
                .filter(property -> property instanceof ExplainedByAbis)
                .toList();
    }

    String description() {
        return all.stream().map(Property::description).collect(Collectors.joining("; "));
    }

    @Override
    public void close() throws IOException {
        for (Property property : all) {
            if (property instanceof SameAsRecording same) {
                same.close();
            }
        }
    }
}
