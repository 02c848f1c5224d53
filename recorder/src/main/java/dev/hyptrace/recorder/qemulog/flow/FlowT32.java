package dev.hyptrace.recorder.qemulog.flow;

/** {@link Flow} of T16 and T32 encodings. A condition that comes from an IT block is not in the encoding and not here. */
final class FlowT32 {
    private static final int PC = 15;

    private FlowT32() {}

    /** A 16-bit encoding. */
    static Flow narrow(int bits) {
        return switch (bits >>> 12) {
            case 0x4 -> specialData(bits);
            case 0x5, 0x6, 0x7, 0x8, 0x9, 0xc -> Flow.ACCESS;
            case 0xb -> miscellaneous(bits);
            case 0xd -> conditionalBranch(bits);
            case 0xe -> Flow.branch(Flow.ALWAYS, 4 + (bits << 21 >> 20)); // B T2
            default -> Flow.NEXT;
        };
    }

    private static Flow specialData(int bits) {
        if (bits >>> 11 == 0x9) { // LDR (literal) T1
            return Flow.ACCESS;
        }
        int to = bits >>> 4 & 8 | bits & 7;
        return switch (bits >>> 8) {
            case 0x47 -> Flow.register(Flow.ALWAYS, bits >>> 3 & 0xf); // BX T1, BLX (register) T1
            case 0x46 -> to == PC ? Flow.register(Flow.ALWAYS, bits >>> 3 & 0xf) : Flow.NEXT; // MOV (register) T1
            case 0x44 -> to == PC ? Flow.anywhere(Flow.ALWAYS, 0, false, false) : Flow.NEXT; // ADD (register) T2
            default -> Flow.NEXT;
        };
    }

    private static Flow miscellaneous(int bits) {
        if ((bits & 0xf500) == 0xb100) { // CBZ T1, CBNZ T1
            int offset = 4 + ((bits >>> 3 & 0x40) | (bits >>> 2 & 0x3e));
            return Flow.of(Flow.Kind.COMPARE_BRANCH, bits >>> 11 & 1, offset << 4 | bits & 7);
        }
        return switch (bits >>> 8) {
            case 0xbd -> Flow.anywhere(Flow.ALWAYS, bits & 0xff | 1 << 13, false, true); // POP T1 with PC
            case 0xb4, 0xb5, 0xbc -> Flow.ACCESS; // PUSH T1, POP T1
            case 0xbe -> Flow.ANYWHERE; // BKPT T1
            case 0xbf -> bits == 0xbf20 || bits == 0xbf30 ? Flow.ACCESS : Flow.NEXT; // WFE T1, WFI T1; IT and hints
            default -> Flow.NEXT;
        };
    }

    private static Flow conditionalBranch(int bits) {
        int condition = bits >>> 8 & 0xf;
        return switch (condition) {
            case 14 -> Flow.ANYWHERE; // UDF T1
            case 15 -> Flow.of(Flow.Kind.SUPERVISOR_CALL, Flow.ALWAYS, 0); // SVC T1
            default -> Flow.branch(condition, 4 + (bits << 24 >> 23)); // B T1
        };
    }

    /** A 32-bit encoding with its first halfword in bits [31:16]. */
    static Flow wide(int bits) {
        if ((bits & 0xf800_8000) == 0xf000_8000) {
            return branchOrControl(bits);
        }
        if ((bits & 0xfe40_0000) == 0xe800_0000) {
            return loadStoreMultiple(bits);
        }
        if ((bits & 0xfff0_ffe0) == 0xe8d0_f000) { // TBB T1, TBH T1
            return Flow.anywhere(Flow.ALWAYS, 0, false, true);
        }
        if ((bits & 0xff70_f000) == 0xf850_f000) { // LDR (immediate), (literal), (register) with Rt = PC
            boolean preIndexed = (bits & 0x0080_0800) == 0x0000_0800;
            return Flow.anywhere(Flow.ALWAYS, preIndexed ? 1 << (bits >>> 16 & 0xf) : 0, false, true);
        }
        boolean load = bits >>> 25 == 0b1111100 || bits >>> 25 == 0b1110100;
        boolean coprocessor = (bits & 0xec00_0000) == 0xec00_0000;
        return load || coprocessor ? Flow.ACCESS : Flow.NEXT;
    }

    private static Flow loadStoreMultiple(int bits) {
        boolean load = (bits & 1 << 20) != 0;
        int base = (bits & 1 << 21) != 0 ? 1 << (bits >>> 16 & 0xf) : 0;
        boolean system = (bits >>> 23 & 3) == 0 || (bits >>> 23 & 3) == 3;
        if (system) {
            return load ? Flow.anywhere(Flow.ALWAYS, base, true, true) : Flow.ACCESS; // RFE T1, T2; SRS T1, T2
        }
        boolean loadsPc = load && (bits & 0x8000) != 0; // LDM T2, LDMDB T1, POP T2
        return loadsPc ? Flow.anywhere(Flow.ALWAYS, bits | base, false, true) : Flow.ACCESS;
    }

    /** "Branches and miscellaneous control". */
    private static Flow branchOrControl(int bits) {
        return switch (bits >>> 12 & 5) {
            case 0 ->
                (bits >>> 23 & 7) == 7 ? control(bits) : Flow.branch(bits >>> 22 & 0xf, 4 + shortOffset(bits)); // B T3
            case 4 -> Flow.of(Flow.Kind.BRANCH, Flow.ALWAYS, 4 + longOffset(bits)); // BLX (immediate) T2
            default -> Flow.branch(Flow.ALWAYS, 4 + longOffset(bits)); // B T4, BL T1
        };
    }

    private static Flow control(int bits) {
        if ((bits & 0xffff_ff00) == 0xf3de_8f00) { // ERET T1, SUBS PC, LR T1
            return Flow.anywhere(Flow.ALWAYS, 0, true, false);
        }
        if ((bits & 0xfff0_ffff) == 0xf3c0_8f00) { // BXJ T1
            return Flow.register(Flow.ALWAYS, bits >>> 16 & 0xf);
        }
        return switch (bits & 0xfff0_f000) {
            case 0xf7e0_8000 -> Flow.of(Flow.Kind.HYPERVISOR_CALL, Flow.ALWAYS, 0); // HVC T1
            case 0xf7f0_8000 -> Flow.of(Flow.Kind.MONITOR_CALL, Flow.ALWAYS, 0); // SMC T1
            case 0xf7f0_a000 -> Flow.ANYWHERE; // UDF T2
            case 0xf3a0_8000 -> (bits & 0x7fe) == 2 ? Flow.ACCESS : Flow.NEXT; // WFE T2, WFI T2; CPS, other hints
            default -> Flow.NEXT;
        };
    }

    /** imm32 of B T3: SignExtend(S:J2:J1:imm6:imm11:'0'). */
    private static int shortOffset(int bits) {
        int s = bits << 5 >> 31;
        return s << 20
                | (bits >>> 11 & 1) << 19
                | (bits >>> 13 & 1) << 18
                | (bits >>> 16 & 0x3f) << 12
                | (bits & 0x7ff) << 1;
    }

    /** imm32 of B T4, BL T1 and BLX T2: SignExtend(S:I1:I2:imm10:imm11:'0'), where I1 is NOT(J1 EOR S), I2 NOT(J2 EOR S). */
    private static int longOffset(int bits) {
        int s = bits << 5 >> 31;
        int i1 = ~(bits >>> 13 ^ s) & 1;
        int i2 = ~(bits >>> 11 ^ s) & 1;
        return s << 24 | i1 << 23 | i2 << 22 | (bits >>> 16 & 0x3ff) << 12 | (bits & 0x7ff) << 1;
    }
}
