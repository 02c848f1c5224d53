package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.InstructionSet;
import dev.hyptrace.emulator.disassembly.Disassembler;
import dev.hyptrace.emulator.instruction.Decoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** Executes trials on both and finds where they differ. */
final class Comparison {
    private static final Set<String> LEAVE_IT =
            Set.of("mrsBanked", "msrBanked", "mcr", "mrc", "mcrr", "mrrc", "srs", "vmrs");

    private final World world;
    private final Processor processor;
    private final Guest guest;
    private final Coverage coverage;

    Comparison(World world, Guest guest, Coverage coverage) {
        this.world = world;
        this.processor = new Processor(world);
        this.guest = guest;
        this.coverage = coverage;
    }

    /** A trial with two results. */
    record Difference(Trial trial, Result qemu, Result here) {
        /** The trial as text and as assembler, and of both results what the other has not. */
        @Override
        public String toString() {
            return "--reproduce " + trial + "\n  " + disassembly() + "\n  QEMU: " + qemu.differences(here.words)
                    + "\n  here: " + here.differences(qemu.words);
        }

        private String disassembly() {
            StringJoiner text = new StringJoiner("; ");
            for (int word : trial.code) {
                InstructionSet set =
                        trial.thumb ? word >>> 16 == 0 ? InstructionSet.T16 : InstructionSet.T32 : InstructionSet.A32;
                text.add(new Disassembler().disassemble(word, set, Layout.CODE));
            }
            return text.toString();
        }
    }

    /** Those that differ. Trials that cannot be compared are counted as such. */
    List<Difference> differences(List<Trial> candidates) throws IOException, InterruptedException {
        List<Trial> trials = new ArrayList<>();
        List<Result> here = new ArrayList<>();
        List<Integer> executed = new ArrayList<>();
        for (Trial trial : candidates) {
            Optional<Result> result = processor.run(trial);
            if (processor.isExcluded()) {
                coverage.leaveOut(trial, "by instruction");
            } else if (result.isPresent()) {
                trials.add(trial);
                here.add(result.get());
                executed.add(processor.executed());
            } else {
                coverage.leaveOut(trial, "without outcome");
            }
        }
        return trials.isEmpty() ? List.of() : differences(trials, here, executed);
    }

    private List<Difference> differences(List<Trial> trials, List<Result> here, List<Integer> executed)
            throws IOException, InterruptedException {
        List<Result> qemu = guest.run(trials);
        List<Difference> found = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            if (!isComparable(trials.get(i), qemu.get(i), here.get(i))) {
                coverage.leaveOut(trials.get(i), "by outcome");
                continue;
            }
            coverage.count(trials.get(i), executed.get(i), here.get(i));
            if (!qemu.get(i).isSameAs(here.get(i))) {
                found.add(new Difference(trials.get(i), qemu.get(i), here.get(i)));
            }
        }
        return found;
    }

    private static boolean isComparable(Trial trial, Result qemu, Result here) {
        boolean staleIt = trial.thumb && !qemu.isSameAs(here) && (qemu.isSameButForIt(here) || hasStaleIt(trial));
        boolean partial = !qemu.isSameAs(here) && qemu.isSameButForPartOfAccess(here);
        return !qemu.isMisalignedBranch() && !qemu.illegalState && !staleIt && !partial;
    }

    /** Whether instructions follow an IT block with an instruction at its end that leaves IT bits in QEMU. */
    private static boolean hasStaleIt(Trial trial) {
        int itState = 0;
        boolean stale = false;
        for (int i = 0; i < trial.code.length - 1; i++) {
            int word = trial.code[i];
            boolean narrow = word >>> 16 == 0;
            Encoding encoding = DecodeTable.of(narrow ? InstructionSet.T16 : InstructionSet.T32)
                    .lookup(word);
            int after = Decoder.itAfter(itState, word, narrow);
            stale |= Decoder.isInIt(itState)
                    && !Decoder.isInIt(after)
                    && encoding != null
                    && LEAVE_IT.contains(encoding.semantics());
            itState = after;
        }
        return stale;
    }

    /** What QEMU does, for those trials that can be compared. */
    Map<Trial, Result> results(List<Trial> candidates) throws IOException, InterruptedException {
        Map<Trial, Result> here = new HashMap<>();
        for (Trial trial : candidates) {
            processor.run(trial).filter(result -> !processor.isExcluded()).ifPresent(r -> here.put(trial, r));
        }
        List<Trial> trials = candidates.stream().filter(here::containsKey).toList();
        List<Result> qemu = guest.run(trials);
        Map<Trial, Result> results = new HashMap<>();
        for (int i = 0; i < trials.size(); i++) {
            if (isComparable(trials.get(i), qemu.get(i), here.get(trials.get(i)))) {
                results.put(trials.get(i), qemu.get(i));
            }
        }
        return results;
    }

    /** The same difference with as few instructions as show one. */
    Difference shrink(Difference difference) throws IOException, InterruptedException {
        Trial trial = difference.trial;
        for (int length = 1; length < trial.code.length; length++) {
            List<Trial> parts = new ArrayList<>();
            for (int start = 0; start + length <= trial.code.length; start++) {
                int[] part = new int[length];
                System.arraycopy(trial.code, start, part, 0, length);
                parts.add(trial.withCode(part));
            }
            List<Difference> shorter = new Comparison(world, guest, new Coverage(world)).differences(parts);
            if (!shorter.isEmpty()) {
                return shorter.get(0);
            }
        }
        return difference;
    }
}
