package dev.hyptrace.emulator.use;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.ExampleWords;
import dev.hyptrace.emulator.decode.InstructionSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link RegisterUse} says of random words of every encoding, against their execution. */
class RegisterUsePropertyTest {
    private static final long SEED = 20240607;
    /** Executions of an encoding that are compared; more with -Duse.trials. */
    private static final int TRIALS = Integer.getInteger("use.trials", 90);
    /** After so many words of a kind, one must have used all that it is said to use. */
    private static final int ENOUGH = 20;

    private static final int STATES = 2048;
    private static final int STATES_OF_A_WORD = 3;
    /** After how many more the search for one ends in which everything named matters. */
    private static final int MOST_TRIALS = 3_000 + TRIALS;

    /** Encodings of which a read register never matters, and why. */
    private static final Map<String, String> READS_WITHOUT_EFFECT = Map.of(
            "preloadImmediate", "its address is a hint",
            "preloadRegister", "its address is a hint",
            "mcr", "what it writes is compared by SystemRegisterUseTest",
            "mcrr", "what it writes is compared by SystemRegisterUseTest");

    /** Encodings of which a written register never changes, and why. */
    private static final Map<String, String> WRITES_WITHOUT_EFFECT = Map.of();

    private final List<int[]> states = states();
    private final Laboratory laboratory = new Laboratory();
    private final List<String> failures = new ArrayList<>();

    /** States to choose from: making them takes longer than executing instructions in them. */
    private static List<int[]> states() {
        Random random = new Random(SEED);
        return Stream.generate(() -> Trial.state(random)).limit(STATES).toList();
    }

    @ParameterizedTest
    @EnumSource(InstructionSet.class)
    void use_ofRandomWords_agreesWithExecution(InstructionSet set) {
        for (Encoding encoding : DecodeTable.of(set).encodings()) {
            new Examination(set, encoding).examine();
        }
        assertEquals("", String.join("\n", failures), "seed " + SEED);
    }

    /** What was seen of words of one kind. */
    private static final class Tally {
        private int count;
        private boolean allReadsMatter;
        private boolean allWritesHappen;

        Tally(Encoding encoding) {
            allReadsMatter = READS_WITHOUT_EFFECT.containsKey(encoding.semantics());
            allWritesHappen = WRITES_WITHOUT_EFFECT.containsKey(encoding.semantics());
        }

        boolean isExplained() {
            return allReadsMatter && allWritesHappen;
        }

        @Override
        public String toString() {
            return " of " + count + (allReadsMatter ? "" : ", reads") + (allWritesHappen ? "" : ", writes");
        }
    }

    /** All trials of one encoding. */
    private final class Examination {
        private final InstructionSet set;
        private final Encoding encoding;
        private final ExampleWords words;
        private final Random random;
        private final Tally whole;
        /** By kinds of words, of the core registers and D registers only. */
        private final Map<Kind, Tally> tallies = new HashMap<>();

        private int compared;

        Examination(InstructionSet set, Encoding encoding) {
            this.set = set;
            this.encoding = encoding;
            words = new ExampleWords(encoding, SEED);
            whole = new Tally(encoding);
            random = new Random(SEED ^ encoding.pattern().toString().hashCode());
        }

        void examine() {
            int most = failures.size() + 2;
            for (int i = 0; i < MOST_TRIALS && failures.size() < most; i++) {
                if (compared >= TRIALS && whole.isExplained() && unexplained().isEmpty()) {
                    return;
                }
                Trial trial = Trial.next(set, encoding, words, random);
                if (trial != null) {
                    int address = 4 * random.nextInt(1 << 20);
                    int elsewhere = address ^ 4 * (1 + random.nextInt(1000));
                    RegisterUse use = trial.use();
                    for (int j = 0; j < STATES_OF_A_WORD; j++) {
                        compare(trial, use, address, elsewhere);
                    }
                }
            }
            if (compared < TRIALS) {
                failures.add(set + " " + encoding + ": only " + compared + " trials");
            }
            if (failures.size() < most && !whole.isExplained()) {
                failures.add(set + " " + encoding + ": never uses all that it is said to use" + whole);
            }
            if (failures.size() < most) {
                unexplained()
                        .forEach(kind -> failures.add(set + " " + encoding + ": never uses all that it is said to use: "
                                + kind + tallies.get(kind)));
            }
        }

        /** Kinds of words of which enough were executed, and none used all that it is said to use. */
        private List<Kind> unexplained() {
            return tallies.entrySet().stream()
                    .filter(entry -> entry.getValue().count >= ENOUGH
                            && !entry.getValue().isExplained())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private void compare(Trial unmarked, RegisterUse use, int address, int elsewhere) {
            int[] state = anyState();
            Trial trial = unmarked.markedFor(encoding, state);
            Outcome outcome = laboratory.run(trial, state, address);
            if (outcome == null) {
                return;
            }
            compared++;
            checkWrites(trial, use, state, outcome);
            checkReads(trial, use, state, outcome, use.reads().hasCore(15) ? address : elsewhere);
            note(whole, trial, use, state, outcome, address);
            if (outcome.isComplete() && trial.isUnconditional()) {
                Kind.of(encoding, trial.word(), use)
                        .map(kind -> tallies.computeIfAbsent(kind, k -> new Tally(encoding)))
                        .ifPresent(tally -> note(tally, trial, Singles.numbered(use), state, outcome, address));
            }
        }

        private void note(Tally tally, Trial trial, RegisterUse use, int[] state, Outcome outcome, int address) {
            tally.count++;
            tally.allWritesHappen |= !tally.allWritesHappen && writesHappen(trial, use, state, outcome);
            tally.allReadsMatter |= !tally.allReadsMatter && readsMatter(trial, use, state, outcome, address);
        }

        private int[] anyState() {
            return states.get(random.nextInt(states.size()));
        }

        /** Whatever changes is written. */
        private void checkWrites(Trial trial, RegisterUse use, int[] state, Outcome outcome) {
            for (int i = 0; i < state.length; i++) {
                Slot slot = Slot.ALL.get(i);
                if (outcome.changes(i) && !slot.isIn(use.writes(), trial.mode())) {
                    fail(trial, use, slot + " changes");
                }
            }
            if (branches(outcome) && !use.writes().hasCore(15)) {
                fail(trial, use, "PC changes");
            }
        }

        private boolean branches(Outcome outcome) {
            return outcome.branches(set == InstructionSet.T16 ? 2 : 4);
        }

        /** With other values in all that is not read, nothing else comes of it. */
        private void checkReads(Trial trial, RegisterUse use, int[] state, Outcome outcome, int elsewhere) {
            int[] other = state.clone();
            int[] values = anyState();
            for (int i = 0; i < state.length; i++) {
                if (!Slot.ALL.get(i).isIn(use.reads(), trial.mode())) {
                    other[i] = values[i];
                }
            }
            Outcome changed = laboratory.run(trial, other, elsewhere);
            String difference = changed == null ? "UNPREDICTABLE" : outcome.difference(changed);
            if (difference != null) {
                fail(trial, use, difference + " depends on what is not read");
            }
        }

        private boolean writesHappen(Trial trial, RegisterUse use, int[] state, Outcome outcome) {
            for (RegisterSet one : Singles.of(use.writes())) {
                boolean happens = one.hasCore(15) ? branches(outcome) : !Slot.isPlace(one);
                for (int i = 0; i < state.length; i++) {
                    happens |= outcome.changes(i) && Slot.ALL.get(i).isIn(one, trial.mode());
                }
                if (!happens) {
                    return false;
                }
            }
            return true;
        }

        /** Whether each register that is read has, with another value, another effect. */
        private boolean readsMatter(Trial trial, RegisterUse use, int[] state, Outcome outcome, int address) {
            for (RegisterSet one : Singles.of(use.reads())) {
                if (one.hasCore(15) || Slot.isPlace(one)) {
                    int[] other = state.clone();
                    for (int i = 0; i < state.length; i++) {
                        if (Slot.ALL.get(i).isIn(one, trial.mode())) {
                            other[i] = anyState()[i];
                        }
                    }
                    Outcome changed = laboratory.run(trial, other, one.hasCore(15) ? address + 64 : address);
                    if (changed != null && outcome.difference(changed) == null) {
                        return false;
                    }
                }
            }
            return true;
        }

        private void fail(Trial trial, RegisterUse use, String what) {
            failures.add(String.format(Locale.ROOT, "%s: %s: %s, %s", encoding, trial, what, use));
        }
    }
}
