package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.util.ArrayList;
import java.util.List;

/**
 * A translation block: instructions that QEMU translated together and runs one after the other. One that was printed as bare
 * bytes has no instructions until the instruction set is known.
 */
final class Block {
    private static final int WIDE_PREFIX = 0b11101;

    private final int address;
    private final List<Code> codes;
    private final byte[] bytes;

    private Block(int address, List<Code> codes, byte[] bytes) {
        this.address = address;
        this.codes = codes;
        this.bytes = bytes;
    }

    static Block of(int address, List<Code> codes) {
        return new Block(address, List.copyOf(codes), null);
    }

    /** A block of one instruction. */
    static Block of(int address, Code code) {
        return new Block(address, List.of(code), null);
    }

    /** A block of which the bytes are known, in the order of memory, but not the instruction set. */
    static Block ofBytes(int address, byte[] bytes) {
        return new Block(address, List.of(Code.UNKNOWN), bytes);
    }

    int address() {
        return address;
    }

    Code code(int index) {
        return codes.get(index);
    }

    int size() {
        return codes.size();
    }

    boolean isBytes() {
        return bytes != null;
    }

    /** Whether its instructions can be of this set. */
    boolean isOf(InstructionSet set) {
        return codes.get(0).isT32() == (set != InstructionSet.A32);
    }

    /** The first instructions of the block; 0 stands for all. */
    Block shortened(int count) {
        return count == 0 || count >= codes.size() ? this : new Block(address, codes.subList(0, count), null);
    }

    /** The place of the instruction at this address, or -1 when none of the block begins there. */
    int indexOf(int wanted) {
        int at = address;
        for (int i = 0; i < codes.size(); i++) {
            if (at == wanted) {
                return i;
            }
            at += codes.get(i).size();
        }
        return -1;
    }

    /** Reads the bytes as instructions of the set. Bytes behind the last whole instruction are left out. */
    Block decoded(InstructionSet set, int count) {
        List<Code> decoded = new ArrayList<>();
        int at = 0;
        while (at + (set == InstructionSet.A32 ? 4 : 2) <= bytes.length) {
            Instruction instruction =
                    set == InstructionSet.A32 ? Instruction.a32(halfword(at) | halfword(at + 2) << 16) : thumb(at);
            if (instruction == null) {
                break;
            }
            decoded.add(new Code(instruction));
            at += instruction.size();
        }
        return decoded.isEmpty()
                ? of(address, Code.UNKNOWN)
                : of(address, decoded).shortened(count);
    }

    private Instruction thumb(int at) {
        int first = halfword(at);
        if (!isWide(first)) {
            return Instruction.t16(first);
        }
        return at + 4 <= bytes.length ? Instruction.t32(first << 16 | halfword(at + 2)) : null;
    }

    /** Whether a halfword is the first of a 32-bit Thumb instruction: DDI 0406C A6.1, "Thumb instruction set encoding". */
    static boolean isWide(int halfword) {
        return halfword >>> 11 >= WIDE_PREFIX;
    }

    private int halfword(int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
    }
}
