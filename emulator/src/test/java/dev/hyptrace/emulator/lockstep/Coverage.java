package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.InstructionSet;
import dev.hyptrace.emulator.instruction.Groups;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many instructions of each class were executed in each instruction set, by the mode of a world in which their trial started. */
final class Coverage {
    private final World world;
    private final Map<String, long[]> byClass = new TreeMap<>();
    private final Map<String, Long> leftOut = new TreeMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final Set<Encoding> lines = new HashSet<>();
    private long trials;
    private long sequences;
    private long bigEndian;
    private long worldChanges;
    private long total;

    Coverage(World world) {
        this.world = world;
    }

    /**
     * Counts a trial.
     *
     * @param executed how many of its instructions were executed, if it does not branch back
     * @param result what came of it
     */
    synchronized void count(Trial trial, int executed, Result result) {
        trials++;
        worldChanges += world == World.SECURE && result.isOutsideSecureState() ? 1 : 0;
        sequences += trial.code.length > 2 ? 1 : 0;
        bigEndian += (trial.state()[Trial.CPSR] & Psr.E) != 0 ? 1 : 0;
        int column = world.indexOf(trial.mode) + (trial.thumb ? world.modes() : 0);
        for (int i = 0; i < Math.min(executed, trial.code.length); i++) {
            Encoding encoding = encoding(trial, i);
            lines.add(encoding);
            byClass.computeIfAbsent(Groups.nameOf(encoding), key -> new long[2 * world.modes()])[column]++;
            total++;
        }
    }

    /** Counts a trial that is not compared, for a reason in a few words. */
    synchronized void leaveOut(Trial trial, String reason) {
        reasons.merge(reason, 1L, Long::sum);
        leftOut.merge(Groups.nameOf(encoding(trial, trial.code.length - 1)), 1L, Long::sum);
    }

    private static Encoding encoding(Trial trial, int index) {
        int word = trial.code[index];
        InstructionSet set =
                trial.thumb ? word >>> 16 == 0 ? InstructionSet.T16 : InstructionSet.T32 : InstructionSet.A32;
        return DecodeTable.of(set).lookup(word);
    }

    /** How many instructions were executed. */
    synchronized long total() {
        return total;
    }

    synchronized long trials() {
        return trials;
    }

    /** A table: a line for each class, a column for each mode, A32 and Thumb. */
    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-28s", world.option()));
        for (int i = 0; i < 2 * world.modes(); i++) {
            String set = i < world.modes() ? "a32/" : "thumb/";
            text.append(String.format(Locale.ROOT, "%10s", set + Mode.name(world.mode(i % world.modes()))));
        }
        text.append(String.format(Locale.ROOT, "%12s%n", "left out"));
        for (Map.Entry<String, long[]> entry : byClass.entrySet()) {
            text.append(String.format(Locale.ROOT, "%-28s", entry.getKey()));
            for (long count : entry.getValue()) {
                text.append(String.format(Locale.ROOT, "%10d", count));
            }
            text.append(String.format(Locale.ROOT, "%12d%n", leftOut.getOrDefault(entry.getKey(), 0L)));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%s: %d instructions of %d encodings in %d trials (%d sequences, %d big-endian, %d to the other world); left out %s%n",
                        world.option(),
                        total,
                        lines.size(),
                        trials,
                        sequences,
                        bigEndian,
                        worldChanges,
                        reasons))
                .toString();
    }
}
