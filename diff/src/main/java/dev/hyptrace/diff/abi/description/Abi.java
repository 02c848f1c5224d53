package dev.hyptrace.diff.abi.description;

import java.util.List;
import java.util.Optional;

/**
 * What one party does with hypercalls in one period. {@code abi.proto} is the manual of each part.
 *
 * @param name short and unique
 * @param title what it is, in a line
 * @param text what a reader should know first, by paragraphs
 * @param functions in the order of the description, at most one of them without a selector
 * @param notValidated what the handler does not look at
 * @param contractClobbers registers that every call may lose by the contract
 * @param uncertain what is not known for certain
 * @param seeAlso names of other descriptions
 * @param evidence the tests that show what is no function's own
 */
public record Abi(
        String name,
        String title,
        List<String> text,
        Party party,
        Architecture architecture,
        List<Versions> versions,
        List<Source> sources,
        Entry entry,
        List<AbiFunction> functions,
        List<String> notValidated,
        List<Slot> slots,
        List<KeepInStep> keepInStep,
        List<String> contractClobbers,
        List<String> uncertain,
        List<String> seeAlso,
        List<Evidence> evidence) {
    public Abi {
        text = List.copyOf(text);
        versions = List.copyOf(versions);
        sources = List.copyOf(sources);
        functions = List.copyOf(functions);
        notValidated = List.copyOf(notValidated);
        slots = List.copyOf(slots);
        keepInStep = List.copyOf(keepInStep);
        contractClobbers = List.copyOf(contractClobbers);
        uncertain = List.copyOf(uncertain);
        seeAlso = List.copyOf(seeAlso);
        evidence = List.copyOf(evidence);
    }

    /** Who answers. */
    public enum Party {
        /** Holds the Hyp vectors until somebody else takes over. */
        STUB("stub"),
        HYPERVISOR("hypervisor"),
        FIRMWARE("firmware"),
        /** Vectors for one call, on the way from a loader to a kernel. */
        TRAMPOLINE("trampoline");

        private final String text;

        Party(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** Whose registers are named. */
    public enum Architecture {
        AARCH32,
        AARCH64
    }

    /** Releases of a product, both ends included; an end may be empty for open. */
    public record Versions(String product, String from, String to, String note) {
        /** For people: {@code "Linux 4.12 to 5.6"}. */
        public String describe() {
            String range = from.equals(to)
                    ? from
                    : (from.isEmpty() ? "up to " + to : from + (to.isEmpty() ? " on" : " to " + to));
            return product + " " + range + (note.isEmpty() ? "" : " (" + note + ")");
        }
    }

    /** Where a statement comes from. */
    public record Source(String file, String version, String note) {}

    /**
     * How calls come in.
     *
     * @param instruction {@code HVC} or {@code SMC}
     * @param immediates those that belong to this ABI; empty for any
     * @param selector the register by which functions are told apart; empty where there is one function only
     * @param hostOnly whether calls of a guest, with another VTTBR.VMID than 0, are none of its calls
     */
    public record Entry(
            Instruction instruction, List<Integer> immediates, Optional<String> selector, boolean hostOnly) {
        public Entry {
            immediates = List.copyOf(immediates);
        }
    }

    /** The instruction of a call. */
    public enum Instruction {
        HVC,
        SMC
    }

    /** A slot of the vector table that calls do not come in by, and what happens there. */
    public record Slot(int offset, String behaviour) {}

    /**
     * The tests that show what a field of the description says.
     *
     * @param field its name in {@code abi.proto}
     */
    public record Evidence(String field, List<String> proof) {
        public Evidence {
            proof = List.copyOf(proof);
        }
    }

    /** Who must change when this changes, and why. */
    public record KeepInStep(String party, String why) {}

    /** The function that a value of the selector asks for, or the answer to unknown values; empty if nothing is said of it. */
    public Optional<AbiFunction> function(long selector) {
        Optional<AbiFunction> named = functions.stream()
                .filter(function -> !function.isForOthers() && function.isSelectedBy(selector))
                .findFirst();
        return named.or(this::others);
    }

    /** What is done for values of the selector that no function has. */
    public Optional<AbiFunction> others() {
        return functions.stream().filter(AbiFunction::isForOthers).findFirst();
    }

    /** The tests that show what a field says, by its name in {@code abi.proto}. */
    public List<String> proof(String field) {
        return evidence.stream()
                .filter(shown -> shown.field().equals(field))
                .flatMap(shown -> shown.proof().stream())
                .toList();
    }

    /** Whether calls with this immediate are calls of this ABI. */
    public boolean hasImmediate(int immediate) {
        return entry.immediates().isEmpty() || entry.immediates().contains(immediate);
    }
}
