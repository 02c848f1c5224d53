package dev.hyptrace.replayer.probe;

import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Locale;

/** An ending in words. */
final class Words {
    private Words() {}

    /**
     * @param vector the state at the vector
     * @param end the state at the end
     */
    static String of(Ending ending, State vector, State end, Symbols symbols) {
        long slot = vector.require(Register.PC) - vector.require(Register.HVBAR);
        String how = ending.kind().text() + place(ending, end, symbols);
        return ending.kind() == Ending.Kind.NOT_TAKEN
                ? how
                : String.format(Locale.ROOT, "vector 0x%02x, %s", slot, how);
    }

    private static String place(Ending ending, State end, Symbols symbols) {
        return switch (ending.kind()) {
            case RETURNS, NOT_TAKEN -> "";
            case RETURNS_ELSEWHERE -> " to " + target(ending, symbols) + " in " + mode(end);
            case ENTERS -> " " + target(ending, symbols) + " in " + mode(end);
            case SPINS, RUNS_ON -> " at " + symbols.address(ending.address());
            case TOUCHES_DEVICE -> " at " + symbols.word(Integer.toUnsignedLong(ending.address()));
            case CALLS_FIRMWARE -> " from " + symbols.address(ending.address());
        };
    }

    private static String target(Ending ending, Symbols symbols) {
        return symbols.target(ending.address()).orElseGet(() -> symbols.address(ending.address()));
    }

    private static String mode(State state) {
        long cpsr = state.require(Register.CPSR);
        String mode = Mode.ofStatus(cpsr).map(Mode::name).orElse("no mode").toLowerCase(Locale.ROOT);
        return mode + (InstructionSet.ofStatus(cpsr) == InstructionSet.A32 ? " arm" : " thumb");
    }
}
