package dev.hyptrace.recorder.table;

import dev.hyptrace.recorder.gdb.RegisterAliases;
import dev.hyptrace.recorder.gdb.RegisterAliases.Meaning;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a register's name in a table means.
 *
 * @param fixed the register, when it is the same in every mode
 * @param index else which of the current mode's: R0 to R15, or {@link #SAVED_STATUS}
 */
record RegisterTarget(Optional<Register> fixed, int index) {
    static final int SAVED_STATUS = 16;
    private static final int FIRST_BANKED = 8;
    private static final int PC = 15;
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "r13", "sp", "r14", "lr", "r15", "pc", "sb", "r9", "sl", "r10", "fp", "r11", "ip", "r12", "lr_hyp",
            "lr_usr");

    /** What a name means; empty when it means nothing. */
    static Optional<RegisterTarget> named(String text) {
        String name = text.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^r13_", "sp_")
                .replaceFirst("^r14_", "lr_");
        name = OTHER_NAMES.getOrDefault(name, name);
        if (name.equals("spsr")) {
            return Optional.of(new RegisterTarget(Optional.empty(), SAVED_STATUS));
        }
        Meaning meaning = RegisterAliases.standard().meaningOfLowered(name);
        if (meaning instanceof Meaning.Current current) {
            boolean everywhere = current.index() < FIRST_BANKED || current.index() == PC;
            return Optional.of(
                    everywhere
                            ? of(Mode.SVC.coreRegister(current.index()))
                            : new RegisterTarget(Optional.empty(), current.index()));
        }
        return meaning instanceof Meaning.Named named ? Optional.of(of(named.register())) : Optional.empty();
    }

    private static RegisterTarget of(Register register) {
        return new RegisterTarget(Optional.of(register), 0);
    }

    /** Whether it takes the mode to know which register it is. */
    boolean needsMode() {
        return fixed.isEmpty();
    }

    /** The register in a mode; empty when the mode is not known or has none. */
    Optional<Register> in(Mode mode) {
        if (fixed.isPresent() || mode == null) {
            return fixed;
        }
        return index == SAVED_STATUS ? mode.savedStatus() : Optional.of(mode.coreRegister(index));
    }
}
