package dev.hyptrace.emulator.instruction;

import java.util.List;

/** The classes that hold semantic methods: static, package-private, returning an operation. */
final class InstructionGroups {
    static final List<Class<?>> ALL = List.of(
            BitFields.class,
            Branches.class,
            DataProcessingImmediate.class,
            DataProcessingRegister.class,
            DataProcessingShiftedRegister.class,
            Divide.class,
            HalfwordMultiply.class,
            LoadStore.class,
            Multiply.class,
            PackingAndExtension.class,
            ParallelAddSubtract.class,
            Saturating.class,
            Shifts.class);

    private InstructionGroups() {}
}
