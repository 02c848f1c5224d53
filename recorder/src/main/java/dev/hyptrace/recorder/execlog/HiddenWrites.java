package dev.hyptrace.recorder.execlog;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.util.Optional;

/** Instructions that write registers which the plugin does not see: SPSRs, ELR_hyp, other modes' banks. */
final class HiddenWrites {
    private HiddenWrites() {}

    /** Whether an instruction can be one of them. Names and encodings: DDI 0406C A8.8 and B9.3. */
    static boolean in(Optional<Instruction> instruction) {
        if (instruction.isEmpty()) {
            return true;
        }
        int bits = instruction.get().encoding();
        return instruction.get().set() == InstructionSet.A32
                ? inA32(bits)
                : instruction.get().size() == 4 && inT32(bits);
    }

    private static boolean inA32(int bits) {
        boolean savedStatus = (bits & 1 << 22) != 0;
        if ((bits & 0x0fb0_00f0) == 0x0120_0000) { // MSR (register), MSR (banked register): bit 9 is 1
            return savedStatus || (bits & 1 << 9) != 0;
        }
        if ((bits & 0x0fb0_0000) == 0x0320_0000) { // MSR (immediate)
            return savedStatus;
        }
        return (bits & 0x0e50_8000) == 0x0850_0000; // LDM (user registers)
    }

    private static boolean inT32(int bits) {
        boolean savedStatus = (bits & 1 << 20) != 0;
        boolean banked = (bits & 1 << 5) != 0;
        return (bits & 0xffe0_d000) == 0xf380_8000 && (savedStatus || banked); // MSR
    }
}
