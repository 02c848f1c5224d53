package dev.hyptrace.recorder.gdb;

import dev.hyptrace.recorder.gdb.RegisterAliases.Meaning;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which of a stub's registers is which of hyptrace's. */
public final class RegisterMap {
    private static final int CORE_REGISTERS = 16;
    private static final int PC = 15;

    private final TargetRegister[] current = new TargetRegister[CORE_REGISTERS];
    private final EnumMap<Register, Choice> chosen = new EnumMap<>(Register.class);
    private final SortedMap<String, String> ignored = new TreeMap<>();
    private final List<String> unknown = new ArrayList<>();

    private record Choice(TargetRegister target, int line) {}

    private RegisterMap() {}

    /**
     * Maps a description's registers by the alias table.
     *
     * @throws GdbException when the target has no PC or CPSR: it is no Arm processor
     */
    public static RegisterMap of(String stub, TargetDescription description, RegisterAliases aliases)
            throws GdbException {
        RegisterMap map = new RegisterMap();
        for (TargetRegister target : description.registers()) {
            map.place(target, aliases.meaning(target.name()));
        }
        if (map.current[PC] == null || !map.chosen.containsKey(Register.CPSR)) {
            throw new GdbException(
                    GdbException.Kind.PROTOCOL,
                    stub,
                    "describes no pc and cpsr: its target is no 32-bit Arm processor");
        }
        return map;
    }

    private void place(TargetRegister target, Meaning meaning) {
        if (meaning instanceof Meaning.Named named) {
            choose(named.register(), new Choice(target, named.line()));
        } else if (meaning instanceof Meaning.Current view) {
            current[view.index()] = target;
        } else if (meaning instanceof Meaning.Ignored reason) {
            ignored.put(target.name(), reason.reason());
        } else {
            unknown.add(target.name());
        }
    }

    private void choose(Register register, Choice offered) {
        Choice held = chosen.get(register);
        if (held == null || isBetter(register, offered, held)) {
            chosen.put(register, offered);
        }
    }

    private static boolean isBetter(Register register, Choice offered, Choice held) {
        int more = useful(register, offered) - useful(register, held);
        return more != 0 ? more > 0 : offered.line < held.line;
    }

    private static int useful(Register register, Choice choice) {
        return Math.min(register.width(), choice.target.bits());
    }

    /** The stub's register for register 0 to 15 of the current mode. */
    public Optional<TargetRegister> current(int index) {
        return Optional.ofNullable(current[index]);
    }

    /** The stub's register for one of hyptrace's. */
    public Optional<TargetRegister> target(Register register) {
        return Optional.ofNullable(chosen.get(register)).map(Choice::target);
    }

    /** The registers that the stub exposes beside the current mode's sixteen and CPSR, in display order. */
    public List<Register> registers() {
        return chosen.keySet().stream()
                .filter(register -> register != Register.CPSR)
                .toList();
    }

    /** The stub's names that are left out on purpose, with the reason. */
    public SortedMap<String, String> ignored() {
        return Collections.unmodifiableSortedMap(ignored);
    }

    /** The stub's names that mean nothing here, in its order. */
    public List<String> unknown() {
        return List.copyOf(unknown);
    }
}
