package dev.hyptrace.emulator.core;

/**
 * An operation after which the next instruction is not simply the one that follows: it may write {@link Cpu#pc}, the
 * mode, the instruction set, or anything that instruction fetch depends on. It is the last of its block.
 *
 * <p>When it starts, {@link Cpu#pc} already holds the address of the following instruction.
 */
public abstract class Branch extends Operation {
    /** A branch with this effect. */
    public static Branch of(Effect effect) {
        return new Branch() {
            @Override
            public void execute(Cpu cpu) {
                effect.apply(cpu);
            }
        };
    }
}
