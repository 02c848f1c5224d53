package dev.hyptrace.emulator.core;

/** What happens by itself when time, which is {@link Cpu#instructions}, has come: timers of the processor and of the board. */
public interface TimedEvents {
    /** Nothing ever happens by itself. */
    TimedEvents NONE = cpu -> Long.MAX_VALUE;

    /**
     * Lets everything happen that is due. Called when the time last returned has come, and when {@link Cpu#DEADLINE} says
     * that something has changed.
     *
     * @return the time of the next event; {@link Long#MAX_VALUE} for never
     */
    long happen(Cpu cpu);
}
