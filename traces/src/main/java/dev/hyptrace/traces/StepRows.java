package dev.hyptrace.traces;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.List;

/**
 * Consecutive steps of one processor, all of which know the same registers of 32 bits, as numbers in arrays and not as an
 * {@link Event.Step} each. None of them is an HVC, none has data accesses, and each has its instruction.
 */
public final class StepRows {
    /** How many steps it has room for. */
    public static final int CAPACITY = 1024;

    private final int[] addresses = new int[CAPACITY];
    private final int[] encodings = new int[CAPACITY];
    private final byte[] kinds = new byte[CAPACITY];

    private int cpu;
    private List<Register> registers;
    private State example;
    private int width;
    private int[] values;
    private int count;

    /**
     * @param registers that each step knows, in {@link Register#ordinal} order, each 32 bits wide
     * @throws IllegalArgumentException when they are not
     */
    public StepRows(int cpu, List<Register> registers) {
        this.cpu = cpu;
        learn(registers);
    }

    /** Empties the rows and makes them as if they were new. */
    public void reuse(int newCpu, List<Register> newRegisters) {
        cpu = newCpu;
        count = 0;
        if (!newRegisters.equals(registers)) {
            learn(newRegisters);
        }
    }

    private void learn(List<Register> known) {
        example = exampleOf(known);
        registers = example.registers();
        width = registers.size();
        if (values == null || values.length < CAPACITY * width) {
            values = new int[CAPACITY * width];
        }
    }

    private static State exampleOf(List<Register> registers) {
        State.Builder builder = State.builder();
        for (Register register : registers) {
            if (register.width() != 32) {
                throw new IllegalArgumentException(register + " is " + register.width() + " bits wide, expected 32");
            }
            builder.known(register, 0);
        }
        State example = builder.build();
        if (!example.registers().equals(registers)) {
            throw new IllegalArgumentException(registers + " are not in order");
        }
        return example;
    }

    public boolean isFull() {
        return count == CAPACITY;
    }

    /**
     * Adds a step; there must be room.
     *
     * @param size of the instruction, 2 or 4 bytes
     * @return where in {@link #values} the values of its registers are to be put, in the order given
     */
    public int add(int address, int encoding, InstructionSet set, int size) {
        addresses[count] = address;
        encodings[count] = encoding;
        kinds[count] = (byte) (set.ordinal() << 3 | size);
        return count++ * width;
    }

    /** The values of all steps. */
    public int[] values() {
        return values;
    }

    public int cpu() {
        return cpu;
    }

    public int size() {
        return count;
    }

    /** How many registers each step knows. */
    public int width() {
        return width;
    }

    /** A state that knows what each step does. */
    public State example() {
        return example;
    }

    public int address(int step) {
        return addresses[step];
    }

    public int encoding(int step) {
        return encodings[step];
    }

    public InstructionSet instructionSet(int step) {
        return InstructionSet.values()[instructionSetIndex(step)];
    }

    /** The place of {@link #instructionSet} among all instruction sets. */
    public int instructionSetIndex(int step) {
        return kinds[step] >>> 3;
    }

    /** The size of a step's instruction in bytes. */
    public int instructionSize(int step) {
        return kinds[step] & 7;
    }

    /** A step as an event. */
    public Event.Step step(int step) {
        long[] bits = new long[width];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Integer.toUnsignedLong(values[step * width + i]);
        }
        return new Event.Step(
                cpu,
                addresses[step],
                new Instruction(encodings[step], instructionSet(step), instructionSize(step)),
                example.withValues(bits));
    }
}
