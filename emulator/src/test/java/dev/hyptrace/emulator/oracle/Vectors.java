package dev.hyptrace.emulator.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Outcomes recorded from QEMU: text, one case a line, {@code SET CODE SEED: CHANGES}.
 *
 * <p>SET is A or T, CODE an A32 word or Thumb halfwords, SEED what the state before follows from (see {@link Case}), and
 * CHANGES what {@link Outcome#changes} says.
 */
final class Vectors {
    private static final String RESOURCE = "data-processing.vectors";
    private static final int PER_LINE = 18;
    private static final long SEED = 2;

    private Vectors() {}

    /** A recorded case and what QEMU changed. */
    record Vector(Case before, String changes) {}

    /** All that are recorded. */
    static List<Vector> load() throws IOException {
        List<Vector> vectors = new ArrayList<>();
        try (InputStream in = Vectors.class.getResourceAsStream(RESOURCE)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
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
        Path directory = Files.createTempDirectory("oracle");
        List<Case> cases = new ArrayList<>();
        Emulator emulator = new Emulator();
        for (Case aCase : Cases.of(Cases::isDataProcessing, PER_LINE, SEED)) {
            if (!Cases.isExceptionReturn(aCase) && emulator.run(aCase).isPresent()) {
                cases.add(aCase);
            }
        }
        List<Outcome> outcomes = new Qemu(directory).run(cases);
        Path file = Path.of("src/test/resources/dev/hyptrace/emulator/oracle", RESOURCE);
        try (PrintStream out = new PrintStream(file.toFile(), StandardCharsets.US_ASCII)) {
            out.print("# " + String.join(" ", arguments) + ", -M virt -cpu cortex-a15: see Vectors.java\n");
            for (int i = 0; i < cases.size(); i++) {
                if (!outcomes.get(i).isMisalignedBranch()) {
                    out.print(cases.get(i) + ": " + outcomes.get(i).changes(cases.get(i)) + "\n");
                }
            }
        }
    }
}
