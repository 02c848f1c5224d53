package dev.hyptrace.cli.bisect;

import dev.hyptrace.diff.bisect.Build;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
            return new Build(build.toString(), sha256(build));
        }
        MessageDigest digest = digest();
        for (Path file : files) {
            digest.update(sha256(file).getBytes(StandardCharsets.US_ASCII));
        }
        return new Build(build.toString(), HexFormat.of().formatHex(digest.digest()));
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = digest();
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    static String sha256(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
