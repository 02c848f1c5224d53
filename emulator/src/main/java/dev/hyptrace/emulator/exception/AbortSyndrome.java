package dev.hyptrace.emulator.exception;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.Hsr;
import dev.hyptrace.emulator.core.ProcessorException;

/**
 * HSR for aborts: DDI 0406C B3.13.6 "Use of the HSR", "ISS encoding for Prefetch Abort exceptions taken to Hyp mode" and
 * "... for Data Abort exceptions taken to Hyp mode".
 *
 * <p>IL is valid only where ISV is set, and 0 elsewhere.
 */
final class AbortSyndrome {
    private static final int S1PTW = 1 << 7;
    private static final int WNR = 1 << 6;
    private static final int CM = 1 << 8;
    /** What QEMU puts where it takes the Short-descriptor format to be in use. */
    private static final int RESERVED_STATUS = 0x3f;

    private static final int BYTE = 0;
    private static final int HALFWORD = 1;
    private static final int WORD = 2;

    private AbortSyndrome() {}

    /**
     * The syndrome of a prefetch abort. For BKPT, QEMU has IL set, although it is not valid.
     *
     * @param fromHyp whether it is taken from Hyp mode
     * @param redirected whether HCR.TGE alone makes it Hyp mode's, and QEMU's syndrome is asked for
     */
    static int prefetch(Fault fault, boolean fromHyp, boolean redirected) {
        int syndrome = of(Hsr.EC_PREFETCH_ABORT, fromHyp, iss(fault, redirected));
        return fault.type() == Fault.Type.DEBUG ? syndrome | Hsr.IL : syndrome;
    }

    /**
     * The syndrome of a data abort.
     *
     * @param access what {@link #ofInstruction} gives for the instruction
     */
    static int data(Fault fault, boolean fromHyp, boolean redirected, int access) {
        int iss = iss(fault, redirected) | (fault.maintenance() ? CM | WNR : 0) | (fault.write() ? WNR : 0);
        boolean described = !fault.onTableWalk() && !fault.maintenance() && !redirected;
        return of(Hsr.EC_DATA_ABORT, fromHyp, described ? iss | access : iss);
    }

    private static int of(int ec, boolean fromHyp, int iss) {
        return ec + (fromHyp ? 1 : 0) << 26 | iss;
    }

    private static int iss(Fault fault, boolean redirected) {
        boolean unknown = redirected && !fault.longFormat() && fault.type() != Fault.Type.DEBUG;
        int status = unknown ? RESERVED_STATUS : FaultStatus.longFormat(fault);
        return status | (fault.onTableWalk() ? S1PTW : 0);
    }

    /**
     * What ISS tells of the load or store at an address (IL, ISV, SAS, SSE, SRT); 0 for one that it does not describe: it
     * writes its base register back, transfers PC, or more than one register.
     */
    static int ofInstruction(Cpu cpu, int address, int size) {
        int first;
        int second;
        try {
            first = cpu.memory().fetchHalfword(cpu, address);
            second = size == 2 ? 0 : cpu.memory().fetchHalfword(cpu, address + 2);
        } catch (ProcessorException notFetched) {
            return 0;
        }
        if (!cpu.thumb) {
            return ofA32(second << 16 | first);
        }
        return size == 2 ? ofT16(first) : ofT32(first << 16 | second);
    }

    static int ofA32(int word) {
        boolean offsetOnly = (word >>> 24 & 1) != 0 && (word >>> 21 & 1) == 0;
        if (word >>> 28 == 15 || !offsetOnly) {
            return 0;
        }
        boolean load = (word >>> 20 & 1) != 0;
        int t = word >>> 12 & 0xf;
        int group = word >>> 25 & 7;
        if (group == 2 || group == 3 && (word & 0x10) == 0) {
            return wide((word >>> 22 & 1) != 0 ? BYTE : WORD, false, t);
        }
        int kind = word >>> 5 & 3;
        boolean extra = group == 0 && (word & 0x90) == 0x90 && kind != 0;
        return extra && (load || kind == 1) ? wide(kind & 1, kind >= 2, t) : 0;
    }

    static int ofT32(int word) {
        int size = word >>> 21 & 3;
        boolean elements = (word & 0xff10_0000) == 0xf900_0000;
        if (word >>> 25 != 0x7c || size == 3 || elements) {
            return 0;
        }
        boolean literal = (word >>> 16 & 0xf) == 15;
        boolean immediate12 = (word >>> 23 & 1) != 0;
        boolean register = (word & 0x800) == 0;
        boolean offsetOnly = (word & 0x500) == 0x400;
        boolean plain = literal || immediate12 || register || offsetOnly;
        return plain ? wide(size, (word >>> 24 & 1) != 0, word >>> 12 & 0xf) : 0;
    }

    static int ofT16(int halfword) {
        int low = halfword & 7;
        int high = halfword >>> 8 & 7;
        return switch (halfword >>> 12) {
            case 4 -> (halfword & 0x800) != 0 ? narrow(WORD, false, high) : 0;
            case 5 -> ofT16Register(halfword >>> 9 & 7, low);
            case 6 -> narrow(WORD, false, low);
            case 7 -> narrow(BYTE, false, low);
            case 8 -> narrow(HALFWORD, false, low);
            case 9 -> narrow(WORD, false, high);
            default -> 0;
        };
    }

    private static int ofT16Register(int operation, int t) {
        return switch (operation) {
            case 0, 4 -> narrow(WORD, false, t);
            case 1, 5 -> narrow(HALFWORD, false, t);
            case 2, 6 -> narrow(BYTE, false, t);
            case 3 -> narrow(BYTE, true, t);
            default -> narrow(HALFWORD, true, t);
        };
    }

    private static int wide(int size, boolean signed, int t) {
        return t == 15 ? 0 : Hsr.IL | narrow(size, signed, t);
    }

    private static int narrow(int size, boolean signed, int t) {
        return Hsr.ISV | size << 22 | (signed ? 1 << 21 : 0) | t << 16;
    }
}
