package dev.hyptrace.recorder.gdb;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The registers of a target in ascending order of their numbers, which is the order in which a {@code g} packet holds them.
 */
public record TargetDescription(List<TargetRegister> registers) {
    public TargetDescription {
        registers = registers.stream()
                .sorted(Comparator.comparingInt(TargetRegister::number))
                .toList();
    }

    /** The first register of this name, by number. */
    public Optional<TargetRegister> named(String name) {
        return registers.stream()
                .filter(register -> register.name().equals(name))
                .findFirst();
    }
}
