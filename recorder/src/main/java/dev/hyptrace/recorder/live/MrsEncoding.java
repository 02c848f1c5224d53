package dev.hyptrace.recorder.live;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The instructions that bring a register of another mode into one of R0 to R12: MRS, and MRS (Banked register) of the Virtualization
 * Extensions.
 *
 * <pre>
 *  MRS Rd, SPSR          A1  cond 0001 0100 1111  Rd  0000 0000 0000     T1  11110 0 1111 1 1 1111 | 1000  Rd  0000 0000
 *  MRS Rd, (banked reg)  A1  cond 0001 0R00  M1   Rd  001M 0000 0000     T1  11110 0 1111 1 R  M1  | 1000  Rd  001M 0000
 * </pre>
 */
public final class MrsEncoding {
    private static final int A32_MRS_SPSR = 0xe14f_0000;
    private static final int T32_MRS_SPSR = 0xf3ff_8000;
    private static final int A32_MRS_BANKED = 0xe100_0200;
    private static final int T32_MRS_BANKED = 0xf3e0_8020;
    /** In {@link #SYSM}, above the five bits of M:M1: the R bit, set for an SPSR. */
    private static final int R = 0x20;

    /** The banked registers' R:M:M1, by the manual's table of their encodings. */
    private static final Map<Register, Integer> SYSM = sysm();

    private MrsEncoding() {}

    private static Map<Register, Integer> sysm() {
        EnumMap<Register, Integer> map = new EnumMap<>(Register.class);
        for (int n = 8; n <= 12; n++) {
            map.put(Register.r(n), n - 8);
            map.put(Mode.FIQ.coreRegister(n), n);
        }
        putMode(map, Mode.USR, 0x05, 0x06);
        putMode(map, Mode.FIQ, 0x0d, 0x0e);
        putMode(map, Mode.IRQ, 0x11, 0x10);
        putMode(map, Mode.SVC, 0x13, 0x12);
        putMode(map, Mode.ABT, 0x15, 0x14);
        putMode(map, Mode.UND, 0x17, 0x16);
        map.put(Register.ELR_HYP, 0x1e);
        return map;
    }

    private static void putMode(Map<Register, Integer> map, Mode mode, int sp, int lrAndSpsr) {
        map.put(mode.stackPointer(), sp);
        map.put(mode.linkRegister(), lrAndSpsr);
        mode.savedStatus().ifPresent(spsr -> map.put(spsr, R | lrAndSpsr));
    }

    /** The registers that these instructions can read in a mode and that the mode does not show as its own R0 to R14. */
    public static List<Register> readable(Mode mode) {
        if (mode == Mode.USR || mode == Mode.MON) {
            return List.of();
        }
        List<Register> list = new ArrayList<>();
        mode.savedStatus().ifPresent(list::add);
        if (mode == Mode.HYP) {
            list.add(Register.ELR_HYP);
        }
        for (Register register : SYSM.keySet()) {
            if (register != Register.ELR_HYP && !list.contains(register) && !shows(mode, register)) {
                list.add(register);
            }
        }
        return list;
    }

    private static boolean shows(Mode mode, Register register) {
        for (int n = 8; n <= 14; n++) {
            if (mode.coreRegister(n) == register) {
                return true;
            }
        }
        return false;
    }

    /** The instruction that, executed in the mode, puts the register into R{@code d}, d from 0 to 12. */
    public static Instruction mrs(int d, Register register, Mode mode, InstructionSet set) {
        boolean a32 = set == InstructionSet.A32;
        int toD = a32 ? d << 12 : d << 8;
        if (mode.savedStatus().filter(register::equals).isPresent()) {
            return a32 ? Instruction.a32(A32_MRS_SPSR | toD) : Instruction.t32(T32_MRS_SPSR | toD);
        }
        int sysm = SYSM.get(register);
        int r = sysm >> 5;
        int m = sysm >> 4 & 1;
        int m1 = sysm & 0xf;
        return a32
                ? Instruction.a32(A32_MRS_BANKED | toD | r << 22 | m1 << 16 | m << 8)
                : Instruction.t32(T32_MRS_BANKED | toD | r << 20 | m1 << 16 | m << 4);
    }
}
