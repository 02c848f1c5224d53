package dev.hyptrace.emulator.use;

import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.InstructionSet;
import dev.hyptrace.emulator.instruction.Operands;
import java.util.List;

/**
 * The registers that one instruction reads and writes, according to its encoding and the mode in which it is executed.
 *
 * <p>Written are the registers that the instruction changes if it completes and its condition passes. Read are those on which
 * depends what it writes, stores or branches to. A register that keeps a part of its value, as with MOVT and BFI, is
 * read and written; an S register is for that a register of its own. A conditional instruction reads the flags, and does not
 * for its condition's sake read what it writes. An instruction that names a register as the base or offset of an address reads
 * it, also where the memory system ignores the address (PLD).
 *
 * <p>PC is read where the address of the instruction goes into a register, memory, or the address of an access; it is
 * written by what may branch. A branch to a label, which only adds to PC, does not read it.
 *
 * <p>Left out, as not being the instruction's use of a register:
 *
 * <ul>
 *   <li>What an exception writes, also that of SVC, HVC, SMC and BKPT: LR, SPSR and ELR_hyp of the mode that is entered,
 *       CPSR, syndromes and fault addresses. An UNDEFINED word uses nothing.
 *   <li>CPSR.IT and T as instructions and branches move them on; CPSR.M, E and J, and all control registers, as that on
 *       which it depends whether and how an instruction is executed.
 *   <li>Monitors of exclusive accesses, counters that count, and that a change of mode brings other banked registers to
 *       sight.
 * </ul>
 *
 * <p>What the manual leaves UNPREDICTABLE is answered as it is encoded. Instructions that set flags and have PC as their
 * destination are exception returns, as in the manual, whatever {@link dev.hyptrace.emulator.core.QemuDeviation} says.
 *
 * @param reads what it reads
 * @param writes what it writes
 */
public record RegisterUse(RegisterSet reads, RegisterSet writes) {
    private static final int ALWAYS = 14;
    private static final RegisterSet NONE = new RegisterSet(0, false, 0, List.of());

    /**
     * What an instruction uses. Not cheap: a few microseconds; who asks for many keeps the answers.
     *
     * @param word the instruction: 32 bits, for T32 the first halfword in bits [31:16]; for T16 in bits [15:0]
     * @param inIt whether it is a Thumb instruction in an IT block: it is then conditional, and T16 sets no flags
     * @param mode the mode in which it is executed, a constant of {@link Mode}. It decides which banked register a name
     *     stands for, whose SPSR is meant, and where ERET returns to
     */
    public static RegisterUse of(InstructionSet set, int word, boolean inIt, int mode) {
        Encoding encoding = DecodeTable.of(set).lookup(word);
        if (encoding == null || encoding.pattern().isUndefined(word)) {
            return new RegisterUse(NONE, NONE);
        }
        UseTable.Line line = UseTable.line(encoding.semantics());
        UseSite site = new UseSite(Operands.of(encoding, word, set.isThumb(), inIt), mode);
        RegisterCollector reads = new RegisterCollector(mode);
        if (set == InstructionSet.A32 ? word >>> 28 < ALWAYS : inIt) {
            reads.addFlags();
        }
        return new RegisterUse(
                collect(line.reads(), site, reads), collect(line.writes(), site, new RegisterCollector(mode)));
    }

    private static RegisterSet collect(List<UseItem> items, UseSite site, RegisterCollector collector) {
        items.forEach(item -> item.collect(site, collector));
        return collector.toSet();
    }
}
