package dev.hyptrace.cli.bisect;

import dev.hyptrace.diff.bisect.Build;
import dev.hyptrace.traces.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a build: an image, a recording, or a folder of recordings. */
final class BuildFiles {
    private BuildFiles() {}

    /** The file, or the recordings in the folder by name. */
    static List<Path> of(Path build) throws IOException {
        if (!Files.isDirectory(build)) {
            return List.of(build);
        }
        try (Stream<Path> files = Files.list(build)) {
            return files.filter(file -> file.toString().endsWith(".htr"))
                    .sorted()
                    .toList();
        }
    }

    /** The build as a log knows it: by the content of its files, not by their names. */
    static Build describe(Path build) throws IOException {
        if (!Files.exists(build)) {
            throw new NoSuchFileException(build.toString());
        }
        List<Path> files = of(build);
        if (files.isEmpty()) {
            throw new IOException(build + ": a folder without recordings, expected an image, a recording or a folder of"
                    + " recordings of one build");
        }
        if (!Files.isDirectory(build)) {
            return new Build(build.toString(), Sha256.ofFile(build));
        }
        StringBuilder contents = new StringBuilder();
        for (Path file : files) {
            contents.append(Sha256.ofFile(file));
        }
        return new Build(build.toString(), Sha256.ofText(contents.toString()));
    }
}
