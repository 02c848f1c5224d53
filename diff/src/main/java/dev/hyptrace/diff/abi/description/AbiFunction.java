package dev.hyptrace.diff.abi.description;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One function of an {@link Abi}. {@code abi.proto} is the manual of each part.
 *
 * @param name as its own headers name it; empty for the answer to unknown selectors
 * @param selectors the values of the selector; empty for every value that no other function has
 * @param sets registers that get a value
 * @param target for {@link Ending#JUMPS}, where to
 * @param exactClobbers registers whose value after the call means nothing, in fact
 * @param contractClobbers registers that a caller must expect to lose
 * @param error whether the answer is an error
 * @param fromHyp the same call made in Hyp mode, where something is said of it
 * @param proof the tests that show it
 * @param evidence how often it was seen, for inferred descriptions; else 0
 */
public record AbiFunction(
        String name,
        List<String> text,
        List<Selectors> selectors,
        List<Argument> arguments,
        List<Assignment> sets,
        Ending ending,
        Optional<Expression> target,
        List<String> exactClobbers,
        List<String> contractClobbers,
        boolean error,
        Optional<FromHyp> fromHyp,
        List<String> proof,
        int evidence) {
    public AbiFunction {
        text = List.copyOf(text);
        selectors = List.copyOf(selectors);
        arguments = List.copyOf(arguments);
        sets = List.copyOf(sets);
        exactClobbers = List.copyOf(exactClobbers);
        contractClobbers = List.copyOf(contractClobbers);
        proof = List.copyOf(proof);
    }

    /** How a call ends. */
    public enum Ending {
        /** At the instruction after the call, in the caller's mode. */
        RETURNS,
        /** At another address, in Hyp mode. */
        JUMPS,
        /** It loops in the handler. */
        SPINS,
        /** As the function called pleases. */
        UNSETTLED
    }

    /** Values of the selector, both ends included, as unsigned numbers. */
    public record Selectors(long from, long to) {
        public boolean contain(long value) {
            return from <= value && value <= to;
        }
    }

    /** What an argument is. */
    public enum Kind {
        VALUE,
        PHYSICAL_ADDRESS,
        /** In the handler's own address space. */
        HYP_ADDRESS
    }

    /**
     * An argument.
     *
     * @param alignment what a caller keeps to, in bytes; 0 for any
     */
    public record Argument(String register, String name, String text, Kind kind, int alignment) {
        private static final long FIRST_ADDRESS = 0x1000;
        /** The address of a Thumb function has bit 0 set, and callers pass it on. */
        private static final long THUMB = 1;

        /** Whether a caller that means this argument could pass the value. */
        public boolean accepts(long value) {
            boolean aligned = alignment == 0 || (value & ~THUMB & alignment - 1) == 0;
            return aligned && (kind == Kind.VALUE || value >= FIRST_ADDRESS && value != 0xffff_ffffL);
        }
    }

    /**
     * A register that gets a value.
     *
     * @param notHeld the bits that it does not hold: they read as 0
     */
    public record Assignment(String register, Expression value, String text, int notHeld) {}

    /** The same call made in Hyp mode. */
    public record FromHyp(Ending ending, Optional<Expression> target, List<Assignment> sets, String text) {
        public FromHyp {
            sets = List.copyOf(sets);
        }
    }

    /** Whether it is what happens to values of the selector that no other function has. */
    public boolean isForOthers() {
        return selectors.isEmpty();
    }

    public boolean isSelectedBy(long value) {
        return selectors.stream().anyMatch(range -> range.contain(value));
    }

    /** What a register gets; empty if this function does not set it. */
    public Optional<Assignment> assignment(String register) {
        return sets.stream().filter(set -> set.register().equals(register)).findFirst();
    }

    /** Every register whose value after the call is other than before it, or may be. */
    public Set<String> touched() {
        Set<String> touched = new LinkedHashSet<>();
        sets.forEach(set -> touched.add(set.register()));
        touched.addAll(exactClobbers);
        return touched;
    }
}
