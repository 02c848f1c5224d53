package dev.hyptrace.emulator.oracle;

import dev.hyptrace.emulator.decode.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Outcomes recorded from QEMU: text, one case a line, {@code SET CODE SEED: CHANGES}.
 *
 * <p>SET is A or T (AM or TM: core registers hold addresses), CODE an A32 word or Thumb halfwords, SEED what the state before follows from (see {@link Case}), and
 * CHANGES what {@link Outcome#changes} says.
 */
final class Vectors {
    private static final int PER_LINE = 18;
    private static final int EXTENSION_PER_LINE = 110;
    private static final long SEED = 2;

    private Vectors() {}

    /** A recorded case and what QEMU changed. */
    record Vector(Case before, String changes) {}

    /** A file of vectors, compressed if its name ends so. */
    record Recording(String resource, int perLine, Predicate<Encoding> wanted) {
        static final Recording DATA_PROCESSING =
                new Recording("data-processing.vectors", PER_LINE, Cases::isDataProcessing);
        static final Recording EXTENSIONS =
                new Recording("extensions.vectors.gz", EXTENSION_PER_LINE, Cases::isExtension);

        private boolean isCompressed() {
            return resource.endsWith(".gz");
        }
    }

    /** All that are recorded in a file. */
    static List<Vector> load(Recording recording) throws IOException {
        List<Vector> vectors = new ArrayList<>();
        try (InputStream in = Vectors.class.getResourceAsStream(recording.resource);
                InputStream text = recording.isCompressed() ? new GZIPInputStream(in) : in) {
            for (String line : new String(text.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                if (!line.startsWith("#")) {
                    String[] parts = line.split(": ?", 2);
                    String[] words = parts[0].split(" ");
                    vectors.add(new Vector(Case.parse(words[0], words[1], words[2]), parts[1]));
                }
            }
        }
        return vectors;
    }

    /**
     * Records anew: {@code src/test/tools/oracle/record.sh} calls it in the module's folder.
     *
     * @param arguments the version of QEMU, for the heading
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (Recording recording : List.of(Recording.DATA_PROCESSING, Recording.EXTENSIONS)) {
            record(recording, String.join(" ", arguments));
        }
    }

    private static void record(Recording recording, String version) throws IOException, InterruptedException {
        List<Case> cases = new ArrayList<>();
        Emulator emulator = new Emulator();
        for (Case aCase : Cases.of(recording.wanted, recording.perLine, SEED)) {
            boolean left = recording.equals(Recording.DATA_PROCESSING) && Cases.isExceptionReturn(aCase);
            if (!left && emulator.run(aCase).isPresent()) {
                cases.add(aCase);
            }
        }
        List<Outcome> outcomes = new Qemu(Files.createTempDirectory("oracle")).run(cases);
        Path file = Path.of("src/test/resources/dev/hyptrace/emulator/oracle", recording.resource);
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream text = recording.isCompressed() ? new GZIPOutputStream(raw) : raw;
                PrintStream out = new PrintStream(text, false, StandardCharsets.US_ASCII)) {
            out.print("# " + version + ", -M virt -cpu cortex-a15: see Vectors.java\n");
            for (int i = 0; i < cases.size(); i++) {
                if (!outcomes.get(i).isMisalignedBranch()) {
                    out.print(cases.get(i) + ": " + outcomes.get(i).changes(cases.get(i)) + "\n");
                }
            }
        }
    }
}
