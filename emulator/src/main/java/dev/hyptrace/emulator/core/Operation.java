package dev.hyptrace.emulator.core;

/**
 * A decoded instruction with its operands bound: what the interpreter executes.
 *
 * <p>The condition has passed when it is called. An operation that writes neither PC nor any state that decides how
 * instructions are fetched or decoded (mode, instruction set, endianness, translation) is a plain {@code Operation}; one
 * that may is a {@link Branch} and ends its block.
 *
 * <p>It is an abstract class and not an interface because dispatch over many classes is the interpreter's inner loop, and a
 * virtual call costs two thirds of an interface call there. Instructions that loops are made of extend it directly; for the
 * others {@link #of} wraps a lambda expression, at the price of a second call.
 */
public abstract class Operation {
    /**
     * Executes the instruction.
     *
     * @throws ProcessorException when it is aborted or undefined; its effects are then as if it had not started, except
     *     where the manual makes them UNKNOWN
     */
    public abstract void execute(Cpu cpu);

    /** An operation with this effect. */
    public static Operation of(Effect effect) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                effect.apply(cpu);
            }
        };
    }

    /** What an operation does. */
    @FunctionalInterface
    public interface Effect {
        void apply(Cpu cpu);
    }
}
