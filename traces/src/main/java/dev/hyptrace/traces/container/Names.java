package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The dictionaries of a file: indices for registers, rules, modes, exception kinds and instruction sets.
 *
 * <p>A file that is written has the model's own names in their order, so that an index is an ordinal. A file that is read may
 * have others in another order; one that is not known here is null and an error only where it is used.
 */
final class Names {
    private static final Names OWN = new Names(
            Register.all(),
            List.of(DerivationRule.values()),
            List.of(Mode.values()),
            List.of(ExceptionKind.values()),
            List.of(InstructionSet.values()));

    private final List<Register> registers;
    private final List<DerivationRule> rules;
    private final List<Mode> modes;
    private final List<ExceptionKind> exceptionKinds;
    private final List<InstructionSet> instructionSets;

    private Names(
            List<Register> registers,
            List<DerivationRule> rules,
            List<Mode> modes,
            List<ExceptionKind> exceptionKinds,
            List<InstructionSet> instructionSets) {
        this.registers = registers;
        this.rules = rules;
        this.modes = modes;
        this.exceptionKinds = exceptionKinds;
        this.instructionSets = instructionSets;
    }

    /** The dictionaries that this version writes. */
    static Names own() {
        return OWN;
    }

    static Names of(dev.hyptrace.traces.container.proto.Names message) {
        return new Names(
                resolve(message.getRegistersList(), Register::named),
                resolve(message.getRulesList(), name -> constant(DerivationRule.values(), name)),
                resolve(message.getModesList(), name -> constant(Mode.values(), name)),
                resolve(message.getExceptionKindsList(), name -> constant(ExceptionKind.values(), name)),
                resolve(message.getInstructionSetsList(), name -> constant(InstructionSet.values(), name)));
    }

    private static <T> List<T> resolve(List<String> names, Function<String, Optional<T>> find) {
        List<T> found = new ArrayList<>(names.size());
        names.forEach(name -> found.add(find.apply(name).orElse(null)));
        return found;
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] constants, String name) {
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    dev.hyptrace.traces.container.proto.Names toMessage() {
        dev.hyptrace.traces.container.proto.Names.Builder message =
                dev.hyptrace.traces.container.proto.Names.newBuilder();
        registers.forEach(register -> message.addRegisters(register.manualName()));
        rules.forEach(rule -> message.addRules(rule.name()));
        modes.forEach(mode -> message.addModes(mode.name()));
        exceptionKinds.forEach(kind -> message.addExceptionKinds(kind.name()));
        instructionSets.forEach(set -> message.addInstructionSets(set.name()));
        return message.build();
    }

    int registerCount() {
        return registers.size();
    }

    Register register(int index) throws CorruptChunkException {
        return get(registers, index, "register");
    }

    /** The register of an index; null when it is not known here. */
    Register registerOrNull(int index) {
        return registers.get(index);
    }

    /** The index of a register, or -1. */
    int indexOf(Register register) {
        return registers.indexOf(register);
    }

    /** The bits that a register can have; all when it is not known here. */
    long registerMask(int index) {
        Register register = registers.get(index);
        return register == null ? -1 : register.mask();
    }

    /** The index of the register PC, or -1. */
    int programCounter() {
        return indexOf(Register.PC);
    }

    DerivationRule rule(int index) throws CorruptChunkException {
        return get(rules, index, "derivation rule");
    }

    ExceptionKind exceptionKind(int index) throws CorruptChunkException {
        return get(exceptionKinds, index, "exception kind");
    }

    InstructionSet instructionSet(int index) throws CorruptChunkException {
        return get(instructionSets, index, "instruction set");
    }

    /** The mode of an index that counts from 1; none for 0. */
    Optional<Mode> mode(int indexFromOne) throws CorruptChunkException {
        return indexFromOne == 0 ? Optional.empty() : Optional.of(get(modes, indexFromOne - 1, "mode"));
    }

    private static <T> T get(List<T> list, int index, String what) throws CorruptChunkException {
        if (index < 0 || index >= list.size()) {
            throw new CorruptChunkException(
                    "the index of a " + what + " is " + index + ", expected less than " + list.size());
        }
        T found = list.get(index);
        if (found == null) {
            throw new CorruptChunkException("a " + what + " is used that this version does not know");
        }
        return found;
    }
}
