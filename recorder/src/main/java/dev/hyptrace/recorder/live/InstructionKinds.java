package dev.hyptrace.recorder.live;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;

/** The few instructions that a recorder must know when it sees them. */
final class InstructionKinds {
    private static final int ALWAYS = 0xe;

    private InstructionKinds() {}

    /** WFI, which may not end while interrupts are held back. */
    static boolean isWfi(Instruction instruction) {
        int word = instruction.encoding();
        if (a32(instruction)) {
            return (word & 0x0fff_ffff) == 0x0320_f003;
        }
        return instruction.size() == 2 ? word == 0xbf30 : word == 0xf3af_8003;
    }

    /** MCR, MCRR and their second forms: the instructions that write system registers. */
    static boolean writesCoprocessor(Instruction instruction) {
        int word = instruction.encoding();
        int mask = a32(instruction) ? 0x0fff_ffff : 0xefff_ffff;
        int top = a32(instruction) ? 0 : 0xe000_0000;
        return instruction.size() == 4
                && ((word & mask & 0xff10_0010) == (top | 0x0e00_0010)
                        || (word & mask & 0xfff0_0000) == (top | 0x0c40_0000));
    }

    /** CPS and MSR to CPSR, which change the mode and go on with the next instruction. */
    static boolean writesMode(Instruction instruction) {
        int word = instruction.encoding();
        if (a32(instruction)) {
            return (word & 0xfff3_fe20) == 0xf102_0000
                    || word >>> 28 != 0xf
                            && ((word & 0x0ff0_fff0) == 0x0120_f000
                                    || (word & 0x0ff0_f000) == 0x0320_f000 && (word & 0x000f_0000) != 0);
        }
        return instruction.size() == 4 && ((word & 0xfff0_f0ff) == 0xf380_8000 || (word & 0xffff_f900) == 0xf3af_8100);
    }

    /** ERET, RFE, SUBS PC, LR and its relatives, LDM (exception return). */
    static boolean isExceptionReturn(Instruction instruction) {
        int word = instruction.encoding();
        if (a32(instruction)) {
            return word >>> 28 == 0xf
                    ? (word & 0xfe50_ffff) == 0xf810_0a00
                    : (word & 0x0fff_ffff) == 0x0160_006e || isDataProcessingToPc(word) || isLoadMultipleReturn(word);
        }
        return instruction.size() == 4
                && ((word & 0xffff_ff00) == 0xf3de_8f00
                        || (word & 0xffd0_ffff) == 0xe810_c000
                        || (word & 0xffd0_ffff) == 0xe990_c000);
    }

    /** B, BL, BLX (immediate), CBZ: where it goes was fixed when the code was built. */
    static boolean isFixed(Instruction instruction) {
        int word = instruction.encoding();
        if (a32(instruction)) {
            return (word & 0x0e00_0000) == 0x0a00_0000;
        }
        if (instruction.size() == 2) {
            boolean conditional = word >>> 12 == 0xd && (word >>> 8 & 0xf) < ALWAYS;
            return conditional || word >>> 11 == 0b11100 || (word & 0xf500) == 0xb100;
        }
        boolean conditional = (word & 0xf800_d000) == 0xf000_8000 && (word >>> 23 & 7) != 7;
        return conditional || (word & 0xf800_d000) == 0xf000_9000 || (word & 0xf800_c000) == 0xf000_c000;
    }

    /** Whether the instruction is executed whatever the flags are, as far as its encoding says. */
    static boolean isUnconditional(Instruction instruction) {
        return !a32(instruction) || instruction.encoding() >>> 28 >= ALWAYS;
    }

    private static boolean isDataProcessingToPc(int word) {
        boolean immediate = (word & 1 << 25) != 0;
        boolean compares = (word & 0x0180_0000) == 0x0100_0000;
        boolean multiplies = !immediate && (word & 0x90) == 0x90;
        return (word & 0x0c10_f000) == 0x0010_f000 && !compares && !multiplies;
    }

    private static boolean isLoadMultipleReturn(int word) {
        return (word & 0x0e50_8000) == 0x0850_8000;
    }

    private static boolean a32(Instruction instruction) {
        return instruction.set() == InstructionSet.A32;
    }
}
