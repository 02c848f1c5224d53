package dev.hyptrace.diff.abi.compare;

import dev.hyptrace.diff.abi.description.Abi;
import java.util.Locale;

/** What the slots of a vector table do that calls do not come in by. */
public final class Vectors {
    static final int CALL = 0x14;
    private static final String SPINS = "SPINS";

    private Vectors() {}

    /** What happens at a slot: {@code "loops for ever"}. */
    public static String behaviour(Abi abi, int offset) {
        return abi.slots().stream()
                .filter(slot -> slot.offset() == offset)
                .map(slot -> words(slot.behaviour()))
                .findFirst()
                .orElse(offset == CALL ? "calls come in" : "not settled: nothing is said of it");
    }

    /** The words for a slot's behaviour. */
    public static String words(String behaviour) {
        return behaviour.equals(SPINS) ? "loops for ever" : behaviour;
    }

    /** {@code "0x08"}. */
    public static String offset(int offset) {
        return String.format(Locale.ROOT, "0x%02x", offset);
    }

    /** What comes in there. */
    public static String name(int offset) {
        return switch (offset) {
            case 0x00 -> "reset (not used in Hyp mode)";
            case 0x04 -> "Undefined Instruction in Hyp mode";
            case 0x08 -> "HVC in Hyp mode";
            case 0x0c -> "Prefetch Abort in Hyp mode";
            case 0x10 -> "Data Abort in Hyp mode";
            case 0x14 -> "HVC from below, and other traps to Hyp mode";
            case 0x18 -> "IRQ";
            case 0x1c -> "FIQ";
            default -> "no vector";
        };
    }
}
