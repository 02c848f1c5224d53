package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.lockstep.Trial.Profile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Trials with a hash of the result that each had on QEMU, compressed.
 *
 * <p>A count; of each trial a byte with the mode (index in its {@link World}), bit 3 for Thumb and the profile from bit 4 on,
 * a byte with the number of instructions, and the instructions; then all hashes, of 24 bits. The seed of a trial's state is its
 * number; a trial of no instructions stands for one that could not be compared and has no hash.
 */
final class Slice {
    private static final String FOLDER = "src/test/resources/dev/hyptrace/emulator/lockstep";
    private static final int TRIALS = 160_000;
    private static final int SECURE_TRIALS = 30_000;
    private static final long SEED = 20_07;
    private static final int THUMB = 8;

    private Slice() {}

    private static String resource(World world) {
        return world == World.SECURE ? "lockstep-secure.bin.gz" : "lockstep.bin.gz";
    }

    /** A trial and the hash of its result. */
    record Recorded(Trial trial, int hash) {}

    static List<Recorded> load(World world) throws IOException {
        try (InputStream resource = Slice.class.getResourceAsStream(resource(world));
                DataInputStream in = new DataInputStream(new GZIPInputStream(resource, 1 << 16))) {
            int count = in.readInt();
            List<Trial> trials = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                trials.add(readTrial(in, world, i));
            }
            List<Recorded> recorded = new ArrayList<>();
            for (Trial trial : trials) {
                if (trial.code.length > 0) {
                    recorded.add(new Recorded(trial, in.readUnsignedByte() << 16 | in.readUnsignedShort()));
                }
            }
            return recorded;
        }
    }

    private static Trial readTrial(DataInputStream in, World world, int seed) throws IOException {
        int flags = in.readUnsignedByte();
        boolean thumb = (flags & THUMB) != 0;
        int[] code = new int[in.readUnsignedByte()];
        for (int i = 0; i < code.length; i++) {
            code[i] = in.readInt();
        }
        return new Trial(world, thumb, code, world.mode(flags & 7), Profile.values()[flags >>> 4], seed);
    }

    /**
     * Records anew: {@code src/test/tools/oracle/record.sh} calls it in the module's folder.
     *
     * @param arguments the worlds
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (String world : arguments) {
            record(World.valueOf(world.toUpperCase(Locale.ROOT)));
        }
    }

    private static void record(World world) throws IOException, InterruptedException {
        List<Trial> trials = trials(world);
        Guest guest = new Guest(world, Files.createTempDirectory("lockstep"));
        Comparison comparison = new Comparison(world, guest, new Coverage(world));
        Map<Trial, Result> results = new HashMap<>();
        for (int from = 0; from < trials.size(); from += Guest.MOST) {
            results.putAll(comparison.results(trials.subList(from, Math.min(trials.size(), from + Guest.MOST))));
        }
        Path file = Path.of(FOLDER, resource(world));
        Files.createDirectories(file.getParent());
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            write(out, trials, results);
        }
    }

    /** Sorted, so that they compress well. */
    private static List<Trial> trials(World world) {
        Generator generator = new Generator(world, SEED);
        List<Trial> trials = new ArrayList<>();
        while (trials.size() < (world == World.SECURE ? SECURE_TRIALS : TRIALS)) {
            trials.add(generator.next());
        }
        trials.sort(Comparator.comparing((Trial trial) -> trial.thumb)
                .thenComparing(trial -> trial.code.length)
                .thenComparing(trial -> trial.code[0], Integer::compareUnsigned));
        List<Trial> numbered = new ArrayList<>();
        for (Trial trial : trials) {
            numbered.add(new Trial(world, trial.thumb, trial.code, trial.mode, trial.profile, numbered.size()));
        }
        return numbered;
    }

    private static void write(DataOutputStream out, List<Trial> trials, Map<Trial, Result> results) throws IOException {
        out.writeInt(trials.size());
        for (Trial trial : trials) {
            int mode = trial.world.indexOf(trial.mode);
            out.writeByte(mode | (trial.thumb ? THUMB : 0) | trial.profile.ordinal() << 4);
            boolean compared = results.containsKey(trial);
            out.writeByte(compared ? trial.code.length : 0);
            for (int i = 0; compared && i < trial.code.length; i++) {
                out.writeInt(trial.code[i]);
            }
        }
        for (Trial trial : trials) {
            if (results.containsKey(trial)) {
                int hash = results.get(trial).hash();
                out.writeByte(hash >>> 16);
                out.writeShort(hash);
            }
        }
    }
}
