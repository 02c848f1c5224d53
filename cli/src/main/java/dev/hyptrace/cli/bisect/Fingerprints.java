package dev.hyptrace.cli.bisect;

import dev.hyptrace.cli.guest.BoardOptions;
import dev.hyptrace.cli.guest.Uarts;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.diff.bisect.Observation;
import dev.hyptrace.replayer.probe.ProbeReport;
import dev.hyptrace.replayer.probe.Prober;
import dev.hyptrace.traces.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That what comes to sit behind HVBAR answers all calls as it did before. It takes an image: a recording cannot be asked.
 *
 * @param expected the fingerprints of the occupants, in their order
 */
record Fingerprints(List<String> expected) {
    private static final Pattern FINGERPRINT = Pattern.compile("\\bfingerprint ([0-9a-f]{64})\\b");
    private static final long MOST_BYTES = 64 << 20;

    Fingerprints {
        expected = List.copyOf(expected);
    }

    /** Those that {@code abi probe} printed into a file. */
    static Fingerprints read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new CommandException(file + ": is too long for what abi probe prints");
        }
        List<String> found = new ArrayList<>();
        Matcher matcher = FINGERPRINT.matcher(Files.readString(file));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        if (found.isEmpty()) {
            throw new CommandException(file + ": holds no fingerprint, expected what abi probe prints");
        }
        return new Fingerprints(found);
    }

    String description() {
        return "fingerprints " + Sha256.ofText(String.join(" ", expected));
    }

    Observation judge(BoardOptions board, Path image, long instructions) throws IOException {
        if (Runs.isRecording(image)) {
            return Observation.skip("a recording has no fingerprint, only an image has");
        }
        Prober.Limits limits = Prober.Limits.NONE.withInstructions(instructions);
        List<String> found = new Prober(board.boot(image, Uarts.NOWHERE), limits)
                .run().reports().stream().map(ProbeReport::fingerprint).toList();
        if (found.isEmpty()) {
            return Observation.skip("HVBAR was not written, so that there is nothing to probe");
        }
        for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
            String is = i < found.size() ? found.get(i) : "missing";
            String was = i < expected.size() ? expected.get(i) : "none";
            if (!is.equals(was)) {
                return Observation.bad(
                        "occupant " + (i + 1) + " of the Hyp vectors: fingerprint " + is + ", expected " + was);
            }
        }
        return Observation.good("all fingerprints are as expected: " + found.size());
    }
}
