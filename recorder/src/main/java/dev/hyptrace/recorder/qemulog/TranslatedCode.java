package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the IN blocks of a log say about instruction bytes.
 *
 * <p>QEMU prints a block when it translates it, not when it runs it. The Trace line that follows names the block's place in
 * host memory, and later Trace lines of the same block name it again: that place, with the address, is the first key. It
 * tells apart the code of two address spaces at one address. Where it leads nowhere (the log was switched on late, or lines
 * are missing), the last instruction that was printed for the address and instruction set counts.
 */
final class TranslatedCode {
    /** More distinct instructions than a boot to a login prompt executes; a full map takes some 200 MB. */
    private static final int MAX_PLACES = 1 << 20;
    /** QEMU's own limit of a block, TCG_MAX_INSNS. */
    private static final int MAX_BLOCK = 512;

    private static final byte[] OBJD = Fields.ascii("OBJD-");

    private final BoundedMap<Block> byPlace = new BoundedMap<>(MAX_PLACES, Block[]::new);
    private final BoundedMap<Code> byAddress = new BoundedMap<>(MAX_PLACES, Code[]::new);

    private boolean open;
    private boolean hasAddress;
    private int address;
    private int end;
    private final List<Code> codes = new ArrayList<>();
    private int firstHalfword = -1;
    private final byte[] bytes = new byte[MAX_BLOCK * 4];
    private int length;
    private Block fresh;

    /** An {@code IN:} line: a new block begins. */
    void begin() {
        open = true;
        hasAddress = false;
        codes.clear();
        firstHalfword = -1;
        length = 0;
        fresh = null;
    }

    /** Whether the next line can belong to a block. */
    boolean isOpen() {
        return open;
    }

    /** An empty line: the block is complete. */
    void end() {
        open = false;
    }

    /** Takes a line of an open block; false ends the block: the line is something else. */
    boolean line(Fields fields, byte[] buffer, int from, int to) {
        fields.at(buffer, from, to);
        open = to > from && (buffer[from] == '0' ? instruction(fields) : bytes(fields));
        return open;
    }

    /** {@code 0x40014970:  e1400070  hvc #0}: the bytes as eight digits, four, twice four, or none when OBJD follows. */
    private boolean instruction(Fields fields) {
        if (!fields.word() || !fields.skip(':')) {
            return false;
        }
        int at = (int) fields.value();
        if (!hasAddress) {
            hasAddress = true;
            address = at;
            end = at;
        }
        fields.skipSpaces();
        if (fields.digits(8)) {
            add(at, Instruction.a32((int) fields.value()));
        } else if (fields.digits(4)) {
            halfword(at, (int) fields.value());
            if (fields.skip(' ') && fields.digits(4)) {
                halfword(at + 2, (int) fields.value());
            }
        }
        return true;
    }

    /** A halfword of Thumb code. The disassembler prints the halves of what it does not know on two lines. */
    private void halfword(int at, int bits) {
        if (firstHalfword >= 0) {
            add(at - 2, Instruction.t32(firstHalfword << 16 | bits));
            firstHalfword = -1;
        } else if (Block.isWide(bits)) {
            firstHalfword = bits;
        } else {
            add(at, Instruction.t16(bits));
        }
    }

    private void add(int at, Instruction instruction) {
        Code code = new Code(instruction);
        byAddress.put(key(at, instruction.set()), code);
        if (at == end && codes.size() < MAX_BLOCK) {
            codes.add(code);
            end += instruction.size();
        }
    }

    /** {@code OBJD-T: dcd19fe5...}: the bytes in the order of memory, from a QEMU without a disassembler. */
    private boolean bytes(Fields fields) {
        if (!fields.skip(OBJD) || fields.until(':') == null) {
            return false;
        }
        fields.skipSpaces();
        while (length < bytes.length && fields.octet()) {
            bytes[length++] = (byte) fields.value();
        }
        return true;
    }

    /**
     * The block that a Trace line names; null when it was not printed.
     *
     * @param place the block's place in host memory
     * @param at the address of its first instruction
     * @param count how many instructions it has at most, 0 when the line does not say
     */
    Block executed(long place, int at, int count) {
        close();
        if (fresh != null && fresh.address() == at) {
            Block block = fresh.shortened(count);
            fresh = null;
            byPlace.put(place, block);
            return block;
        }
        Block known = byPlace.get(place);
        return known != null && known.address() == at ? known : null;
    }

    /** What a block of bare bytes is in this instruction set, remembered for its place. */
    Block decode(long place, Block block, InstructionSet set, int count) {
        Block decoded = block.decoded(set, count);
        byPlace.put(place, decoded);
        return decoded;
    }

    /** The last instruction printed for the address; {@link Code#UNKNOWN} when there is none. */
    Code lastAt(int at, InstructionSet set) {
        Code code = byAddress.get(key(at, set));
        return code == null ? Code.UNKNOWN : code;
    }

    /** Whether an instruction was printed for the address: -dfilter does not hide it. */
    boolean has(int at) {
        return byAddress.get(key(at, InstructionSet.A32)) != null || byAddress.get(key(at, InstructionSet.T32)) != null;
    }

    /** How many instructions were forgotten because there were too many. */
    long forgotten() {
        return byPlace.forgotten();
    }

    private void close() {
        open = false;
        if (!codes.isEmpty()) {
            fresh = Block.of(address, codes);
            codes.clear();
        } else if (hasAddress && length > 0) {
            fresh = Block.ofBytes(address, Arrays.copyOf(bytes, length));
            length = 0;
        }
    }

    private static long key(int at, InstructionSet set) {
        return Integer.toUnsignedLong(at) << 1 | (set == InstructionSet.A32 ? 0 : 1);
    }
}
