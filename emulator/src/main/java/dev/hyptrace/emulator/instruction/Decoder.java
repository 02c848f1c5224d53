package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.DirectBranch;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.Operation.Effect;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import java.util.IdentityHashMap;

/**
 * Turns instruction words into operations.
 *
 * <p>A line of a table is tied to its method when it is first met; a test holds that every line can be. A decoder is for
 * one thread; the tables beneath are shared.
 */
public final class Decoder {
    /** The instruction is UNDEFINED. */
    static final Branch UNDEFINED = Branch.of(cpu -> {
        throw ProcessorException.undefined();
    });

    private static final int ALWAYS = 14;

    /** Parameters of semantic methods that name a core register which the instruction may read. */
    private static final String REGISTER_PARAMETERS = " d n m a s t t2 dLo dHi ";

    /** Parameters of semantic methods that name a core register which the instruction writes. */
    private static final String DESTINATION_PARAMETERS = " d dLo dHi ";

    private final DecodeTable a32 = DecodeTable.a32();
    private final DecodeTable t32 = DecodeTable.t32();
    private final DecodeTable t16 = DecodeTable.t16();
    private final IdentityHashMap<Encoding, BoundEncoding> bound = new IdentityHashMap<>();

    private BoundEncoding bound(Encoding encoding) {
        return bound.computeIfAbsent(encoding, BoundEncoding::bind);
    }

    /** Whether the halfword is the first of a 32-bit Thumb instruction: DDI 0406C A6.1. */
    public static boolean isWide(int halfword) {
        return halfword >>> 11 >= 0x1d;
    }

    /** The encoding of an A32 word; null when it is UNDEFINED. */
    public Encoding lookupA32(int word) {
        return a32.lookup(word);
    }

    /** The encoding of a Thumb instruction; null when it is UNDEFINED. */
    public Encoding lookupThumb(int word, boolean wide) {
        return wide ? t32.lookup(word) : t16.lookup(word);
    }

    /** Decodes an A32 instruction at an address. */
    public Operation decodeA32(int word, int address) {
        Encoding encoding = a32.lookup(word);
        if (encoding == null) {
            return word >>> 28 == 15 ? UNDEFINED : conditional(word >>> 28, UNDEFINED);
        }
        BoundEncoding row = bound(encoding);
        Operation operation = withPc(row, word, address + 8, operation(row, word, address, 4, 0, false));
        operation = reported(row, word, operation);
        boolean ownCondition = word >>> 28 == 15 || row.handlesCondition();
        return ownCondition ? operation : conditional(word >>> 28, operation);
    }

    /**
     * Decodes a Thumb instruction at an address.
     *
     * @param wide whether it has 32 bits, the first halfword in bits [31:16]
     * @param itState the IT state before it, 0 outside an IT block
     */
    public Operation decodeThumb(int word, boolean wide, int address, int itState) {
        Encoding encoding = lookupThumb(word, wide);
        int size = wide ? 4 : 2;
        Operation operation = UNDEFINED;
        boolean ownCondition = false;
        boolean direct = false;
        if (encoding != null) {
            BoundEncoding row = bound(encoding);
            operation = operation(row, word, address, size, itState, true);
            direct = operation instanceof DirectBranch || encoding.semantics().equals("blxImmediate");
            operation = reported(row, word, withPc(row, word, address + 4, operation));
            ownCondition = row.handlesCondition();
        }
        if (!isInIt(itState)) {
            return operation;
        }
        boolean leaves = direct && itAdvance(itState) != 0;
        return inItBlock(itState, ownCondition, leaves ? leavingIt(operation) : operation);
    }

    /**
     * Whether this IT state makes the next instruction one of an IT block: InITBlock(). A condition without a mask, which
     * an exception return may leave and which is UNPREDICTABLE, does not; it stays until the next IT, as in QEMU.
     */
    public static boolean isInIt(int itState) {
        return (itState & 0xf) != 0;
    }

    /** The IT state after an instruction in this one, unless it branches. */
    public static int itAfter(int itState, int word, boolean narrow) {
        int started = itStarted(word, narrow);
        return isInIt(itState) ? itAdvance(itState) : started != 0 ? started : itState;
    }

    /** The IT state after an instruction of an IT block: ITAdvance(). */
    private static int itAdvance(int itState) {
        return (itState & 0x7) == 0 ? 0 : itState & 0xe0 | itState << 1 & 0x1f;
    }

    /** The IT state that a 16-bit instruction establishes: that of IT, 0 for any other. */
    private static int itStarted(int word, boolean narrow) {
        return narrow && (word & 0xff00) == 0xbf00 && (word & 0xf) != 0 ? word & 0xff : 0;
    }

    /** The operation of a word; a branch that sets flags where QEMU deviates so. */
    private static Operation operation(BoundEncoding row, int word, int address, int size, int itState, boolean thumb) {
        Operation manual = row.operation(word, address, size, itState, thumb);
        if (!row.setsFlagsAndPc(word, itState)) {
            return manual;
        }
        Operation flagSetting = row.operationToR0(word, address, size, itState, thumb);
        return Branch.of(cpu -> {
            if (!cpu.follows(QemuDeviation.FLAG_SETTING_BRANCHES)) {
                manual.execute(cpu);
                return;
            }
            int r0 = cpu.r[0];
            flagSetting.execute(cpu);
            int target = cpu.r[0];
            cpu.r[0] = r0;
            cpu.aluWritePc(target);
        });
    }

    /** A branch to a label that is not the last in its IT block, UNPREDICTABLE: it ends the block, as in QEMU. */
    private static Branch leavingIt(Operation branch) {
        return Branch.of(cpu -> {
            cpu.itState = 0;
            cpu.listener().unpredictable(cpu, "a branch within an IT block ends the block");
            branch.execute(cpu);
        });
    }

    /** Lets an operation that names R15 as an operand find the value there that reading PC gives. */
    private static Operation withPc(BoundEncoding row, int word, int value, Operation operation) {
        if (!row.names(REGISTER_PARAMETERS, 15, word)) {
            return operation;
        }
        return likewise(operation, cpu -> {
            cpu.r[15] = value;
            operation.execute(cpu);
        });
    }

    /**
     * The operation of a word that is UNPREDICTABLE, with a report of it. Where should-be bits are wrong it is UNDEFINED or
     * the bits are ignored; where the line says so for the values of fields, it does what the fields say, and writing R15 as
     * an ordinary register is a branch. All that is as in QEMU.
     */
    private static Operation reported(BoundEncoding row, int word, Operation operation) {
        Encoding encoding = row.encoding();
        if (!encoding.pattern().shouldBitsHold(word)) {
            return encoding.pattern().isUndefined(word)
                    ? unpredictable(encoding + " with wrong should-be bits is UNDEFINED", UNDEFINED)
                    : unpredictable(encoding + " with wrong should-be bits ignores them", operation);
        }
        Encoding.Constraint constraint = encoding.unpredictable(word);
        if (constraint == null) {
            return operation;
        }
        boolean writesPc = !(operation instanceof Branch) && row.names(DESTINATION_PARAMETERS, 15, word);
        Operation chosen = writesPc ? branchAfter(operation) : operation;
        return unpredictable(encoding + " with " + constraint + " executes as encoded", chosen);
    }

    private static Branch branchAfter(Operation operation) {
        return Branch.of(cpu -> {
            operation.execute(cpu);
            cpu.branchWritePc(cpu.r[15]);
        });
    }

    private static Operation conditional(int condition, Operation operation) {
        return condition == ALWAYS
                ? operation
                : likewise(operation, cpu -> {
                    if (cpu.conditionPassed(condition)) {
                        operation.execute(cpu);
                    }
                });
    }

    /**
     * An operation in an IT block. CPSR.IT moves on before it executes: what it would otherwise be is only seen by a
     * handler of an exception that the instruction itself causes, and the interpreter puts that right.
     */
    private static Operation inItBlock(int itState, boolean ownCondition, Operation operation) {
        int condition = ownCondition ? ALWAYS : itState >>> 4;
        int after = itAdvance(itState);
        return likewise(operation, cpu -> {
            cpu.itState = after;
            if (cpu.conditionPassed(condition)) {
                operation.execute(cpu);
            }
        });
    }

    /** The wrapper, as a {@link Branch} if what it wraps is one. */
    private static Operation likewise(Operation wrapped, Effect wrapper) {
        return wrapped instanceof Branch ? Branch.of(wrapper) : Operation.of(wrapper);
    }

    /** An operation that first reports that the instruction is UNPREDICTABLE and what was chosen. */
    static Operation unpredictable(String choice, Operation chosen) {
        return likewise(chosen, cpu -> {
            cpu.listener().unpredictable(cpu, choice);
            chosen.execute(cpu);
        });
    }
}
