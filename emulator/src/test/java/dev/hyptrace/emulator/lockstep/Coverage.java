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

/** How many instructions of each class were executed in each mode and instruction set. */
final class Coverage {
    private final Map<String, long[]> byClass = new TreeMap<>();
    private final Map<String, Long> leftOut = new TreeMap<>();
    private final Set<Encoding> lines = new HashSet<>();
    private long trials;
    private long sequences;
    private long bigEndian;
    private long total;

    /**
     * Counts a trial.
     *
     * @param executed how many of its instructions were executed, if it does not branch back
     */
    synchronized void count(Trial trial, int executed) {
        trials++;
        sequences += trial.code.length > 2 ? 1 : 0;
        bigEndian += (trial.state()[Trial.CPSR] & Psr.E) != 0 ? 1 : 0;
        int column = column(trial.mode) + (trial.thumb ? Trial.MODES.length : 0);
        for (int i = 0; i < Math.min(executed, trial.code.length); i++) {
            Encoding encoding = encoding(trial, i);
            lines.add(encoding);
            byClass.computeIfAbsent(Groups.nameOf(encoding), key -> new long[2 * Trial.MODES.length])[column]++;
            total++;
        }
    }

    synchronized void leaveOut(Trial trial) {
        leftOut.merge(Groups.nameOf(encoding(trial, trial.code.length - 1)), 1L, Long::sum);
    }

    private static int column(int mode) {
        int column = 0;
        while (Trial.MODES[column] != mode) {
            column++;
        }
        return column;
    }

    private static Encoding encoding(Trial trial, int index) {
        int word = trial.code[index];
        InstructionSet set =
                trial.thumb ? word >>> 16 == 0 ? InstructionSet.T16 : InstructionSet.T32 : InstructionSet.A32;
        return DecodeTable.of(set).lookup(word);
    }

    synchronized long total() {
        return total;
    }

    /** A table: a line for each class, a column for each mode, A32 and Thumb. */
    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-28s", "class"));
        for (int i = 0; i < 2 * Trial.MODES.length; i++) {
            String set = i < Trial.MODES.length ? "a32/" : "thumb/";
            text.append(String.format(Locale.ROOT, "%10s", set + Mode.name(Trial.MODES[i % Trial.MODES.length])));
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
                        "%d instructions of %d encodings in %d trials (%d sequences, %d big-endian)%n",
                        total,
                        lines.size(),
                        trials,
                        sequences,
                        bigEndian))
                .toString();
    }
}
