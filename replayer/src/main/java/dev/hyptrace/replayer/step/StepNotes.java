package dev.hyptrace.replayer.step;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.ExceptionType;
import java.util.Optional;

/** What the emulator said while it executed one instruction. */
final class StepNotes implements CpuListener {
    private Optional<ExceptionType> taken = Optional.empty();
    private Optional<String> unpredictable = Optional.empty();

    void clear() {
        taken = Optional.empty();
        unpredictable = Optional.empty();
    }

    /** The exception that was taken, SVC, HVC and SMC included. */
    Optional<ExceptionType> taken() {
        return taken;
    }

    /** Puts back what was noted before. */
    void set(Optional<ExceptionType> type, Optional<String> choice) {
        taken = type;
        unpredictable = choice;
    }

    /** What was chosen, when the instruction is UNPREDICTABLE. */
    Optional<String> unpredictable() {
        return unpredictable;
    }

    @Override
    public void exceptionTaken(Cpu cpu, ExceptionType type, int address) {
        taken = Optional.of(type);
    }

    @Override
    public void unpredictable(Cpu cpu, String choice) {
        unpredictable = Optional.of(choice);
    }
}
