package dev.hyptrace.traces.hypercall;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.util.Optional;

/**
 * How an instruction of a handler can go to an address that it takes from a register or from memory.
 *
 * <p>Only these can leave a handler for code that it was not linked with: the address in {@code B} and {@code BL} is fixed
 * when the handler is built. The masks are those of the encodings in DDI 0406C, A8.8 "Alphabetical list of instructions" and
 * B9.3 "Alphabetical list of instructions", under the names given at each.
 */
enum HandlerBranch {
    /** It goes nowhere but to the next instruction or to an address fixed in its encoding. */
    NONE,
    /** A call, which leaves a return address in LR: BLX (register). */
    CALL,
    /** A jump: BX, MOV PC, ADD PC, LDR PC, LDM with PC, POP with PC, TBB, an exception return. */
    JUMP;

    private static final int PC = 15;

    /** What the instruction does; {@link #NONE} when its encoding was not recorded. */
    static HandlerBranch of(Optional<Instruction> instruction) {
        return instruction.map(HandlerBranch::of).orElse(NONE);
    }

    /** Whether it returns from an exception, as far as Hyp mode has such instructions. */
    static boolean isExceptionReturn(Optional<Instruction> instruction) {
        return instruction
                .filter(i -> i.set() == InstructionSet.A32
                        ? isEretA1(i.encoding())
                        : i.size() == 4 && isEretT1(i.encoding()))
                .isPresent();
    }

    private static boolean isEretA1(int bits) {
        return bits >>> 28 != 0xf && (bits & 0x0fff_ffff) == 0x0160_006e;
    }

    private static boolean isEretT1(int bits) {
        return (bits & 0xffff_ff00) == 0xf3de_8f00;
    }

    private static HandlerBranch of(Instruction instruction) {
        int bits = instruction.encoding();
        if (instruction.set() == InstructionSet.A32) {
            return bits >>> 28 == 0xf ? NONE : a32(bits);
        }
        return instruction.size() == 2 ? t16(bits) : t32(bits);
    }

    private static HandlerBranch a32(int bits) {
        if ((bits & 0x0fff_fff0) == 0x012f_ff30) { // BLX (register) A1
            return CALL;
        }
        boolean jump = (bits & 0x0fff_fff0) == 0x012f_ff10 // BX A1
                || (bits & 0x0fff_fff0) == 0x012f_ff20 // BXJ A1
                || isEretA1(bits)
                || isDataProcessingToPc(bits)
                || isLoadToPc(bits)
                || (bits & 0x0e10_8000) == 0x0810_8000; // LDM* with PC in the list
        return jump ? JUMP : NONE;
    }

    /** Data-processing instructions with a result in Rd = PC: MOV, ADD, SUB and their like. */
    private static boolean isDataProcessingToPc(int bits) {
        boolean immediate = (bits >>> 25 & 7) == 1;
        boolean register = (bits >>> 25 & 7) == 0 && (bits & 0x90) != 0x90;
        boolean compareOrMiscellaneous = (bits >>> 23 & 3) == 2;
        return (immediate || register) && !compareOrMiscellaneous && (bits >>> 12 & 0xf) == PC;
    }

    /** LDR (immediate), LDR (literal) and LDR (register) with Rt = PC. */
    private static boolean isLoadToPc(int bits) {
        boolean media = (bits & 0x0200_0010) == 0x0200_0010;
        return (bits & 0x0c50_f000) == 0x0410_f000 && !media;
    }

    private static HandlerBranch t16(int bits) {
        if ((bits & 0xff87) == 0x4780) { // BLX (register) T1
            return CALL;
        }
        boolean jump = (bits & 0xff87) == 0x4700 // BX T1
                || (bits & 0xff87) == 0x4487 // ADD (register) T2 with Rdn = PC
                || (bits & 0xff87) == 0x4687 // MOV (register) T1 with Rd = PC
                || (bits & 0xff00) == 0xbd00; // POP T1 with PC
        return jump ? JUMP : NONE;
    }

    private static HandlerBranch t32(int bits) {
        boolean loadMultiple = (bits & 0xfe50_8000) == 0xe810_8000 && (bits >>> 24 & 1) != (bits >>> 23 & 1);
        boolean jump = loadMultiple // LDM T2, LDMDB T1, POP T2, with PC
                || (bits & 0xff70_f000) == 0xf850_f000 // LDR with Rt = PC, all forms
                || (bits & 0xfff0_ffe0) == 0xe8d0_f000 // TBB, TBH T1
                || (bits & 0xfff0_ffff) == 0xf3c0_8f00 // BXJ T1
                || isEretT1(bits); // SUBS PC, LR T1 as well
        return jump ? JUMP : NONE;
    }
}
