package dev.hyptrace.emulator.instruction;

import java.util.List;

/** The classes that hold semantic methods: static, package-private, returning an operation. */
final class InstructionGroups {
    static final List<Class<?>> ALL = List.of(
            BankedRegister.class,
            BitFields.class,
            Branches.class,
            Coprocessor.class,
            DataProcessingImmediate.class,
            DataProcessingRegister.class,
            DataProcessingShiftedRegister.class,
            Divide.class,
            ExceptionHandling.class,
            FloatingPointConversions.class,
            FloatingPointDataProcessing.class,
            FloatingPointLoadStore.class,
            FloatingPointSystem.class,
            FloatingPointTransfer.class,
            HalfwordMultiply.class,
            LoadStoreDual.class,
            LoadStoreMultiple.class,
            Loads.class,
            Miscellaneous.class,
            Multiply.class,
            PackingAndExtension.class,
            ParallelAddSubtract.class,
            Saturating.class,
            Shifts.class,
            SimdFloatingPoint.class,
            SimdLoadStore.class,
            SimdMiscellaneous.class,
            SimdPermute.class,
            SimdScalar.class,
            SimdShift.class,
            SimdThreeDifferent.class,
            SimdThreeSame.class,
            StatusRegister.class,
            Stores.class,
            Synchronization.class,
            UnprivilegedLoadStore.class);

    private InstructionGroups() {}
}
