package dev.hyptrace.recorder.qemulog.flow;

/** {@link Flow} of A32 encodings. */
final class FlowA32 {
    private static final int PC = 15;

    private FlowA32() {}

    /** Encodings with 1111 in bits [31:28]. */
    static Flow unconditional(int bits) {
        if ((bits & 0xfe00_0000) == 0xfa00_0000) { // BLX (immediate) A2
            return Flow.branch(Flow.ALWAYS, 8 + (bits << 8 >> 6) + (bits >>> 23 & 2));
        }
        if ((bits & 0xfe50_0000) == 0xf810_0000) { // RFE A1
            return Flow.anywhere(Flow.ALWAYS, writeback(bits, 1 << 21), true, true);
        }
        return Flow.ACCESS;
    }

    static Flow conditional(int bits) {
        int condition = bits >>> 28;
        return switch (bits >>> 25 & 7) {
            case 0, 1 -> dataProcessing(bits, condition);
            case 2, 3 -> loadStoreWord(bits, condition);
            case 4 -> loadStoreMultiple(bits, condition);
            case 5 -> Flow.branch(condition, 8 + (bits << 8 >> 6)); // B A1, BL A1
            default ->
                (bits & 0x0f00_0000) == 0x0f00_0000 // SVC A1
                        ? Flow.of(Flow.Kind.SUPERVISOR_CALL, condition, 0)
                        : Flow.ACCESS;
        };
    }

    /** Data-processing and miscellaneous instructions, multiplies, extra load/store instructions. */
    private static Flow dataProcessing(int bits, int condition) {
        boolean miscellaneous = (bits & 0x0190_0000) == 0x0100_0000;
        boolean register = (bits & 0x0200_0000) == 0;
        if (register && (bits & 0x90) == 0x90) {
            return (bits & 0x0100_0060) != 0 ? Flow.ACCESS : Flow.NEXT;
        }
        if (miscellaneous) {
            return register ? miscellaneous(bits, condition) : hintOrMove(bits);
        }
        boolean compare = (bits & 0x0180_0000) == 0x0100_0000;
        if (compare || (bits >>> 12 & 0xf) != PC) {
            return Flow.NEXT;
        }
        if ((bits & 0x0fff_fff0) == 0x01a0_f000) { // MOV (register) A1, no S, to PC
            return Flow.register(condition, bits & 0xf);
        }
        return Flow.anywhere(condition, 0, (bits & 1 << 20) != 0, false);
    }

    private static Flow miscellaneous(int bits, int condition) {
        int branch = bits & 0x0fff_fff0;
        if (branch == 0x012f_ff10
                || branch == 0x012f_ff20
                || branch == 0x012f_ff30) { // BX A1, BXJ A1, BLX (register) A1
            return Flow.register(condition, bits & 0xf);
        }
        if ((bits & 0x0fff_ffff) == 0x0160_006e) { // ERET A1
            return Flow.anywhere(condition, 0, true, false);
        }
        return switch (bits & 0x0ff0_00f0) {
            case 0x0140_0070 -> Flow.of(Flow.Kind.HYPERVISOR_CALL, Flow.ALWAYS, 0); // HVC A1
            case 0x0160_0070 -> Flow.of(Flow.Kind.MONITOR_CALL, condition, 0); // SMC A1
            case 0x0120_0070 -> Flow.ANYWHERE; // BKPT A1
            default -> Flow.NEXT;
        };
    }

    /** MOVW, MOVT, MSR (immediate) and hints; of these WFI and WFE can be trapped. */
    private static Flow hintOrMove(int bits) {
        return (bits & 0x0fff_fffe) == 0x0320_f002 ? Flow.ACCESS : Flow.NEXT;
    }

    private static Flow loadStoreWord(int bits, int condition) {
        if ((bits & 0x0200_0010) == 0x0200_0010) {
            return (bits & 0x0ff0_00f0) == 0x07f0_00f0 ? Flow.ANYWHERE : Flow.NEXT; // UDF A1, other media instructions
        }
        boolean loadsPc = (bits & 0x0050_f000) == 0x0010_f000; // LDR (immediate), (literal), (register) with Rt = PC
        boolean postIndexed = (bits & 1 << 24) == 0;
        int base = postIndexed ? 1 << (bits >>> 16 & 0xf) : writeback(bits, 1 << 21);
        return loadsPc ? Flow.anywhere(condition, base, false, true) : Flow.ACCESS;
    }

    private static Flow loadStoreMultiple(int bits, int condition) {
        if ((bits & 0x0010_8000) != 0x0010_8000) {
            return Flow.ACCESS;
        }
        boolean exceptionReturn = (bits & 1 << 22) != 0; // LDM (exception return) A1
        return Flow.anywhere(condition, bits | writeback(bits, 1 << 21), exceptionReturn, true);
    }

    private static int writeback(int bits, int flag) {
        return (bits & flag) != 0 ? 1 << (bits >>> 16 & 0xf) : 0;
    }
}
