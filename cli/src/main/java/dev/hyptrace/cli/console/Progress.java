package dev.hyptrace.cli.console;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A line on the terminal that says how far a long piece of work is. Silent where standard error is no terminal. */
public final class Progress implements AutoCloseable {
    private static final long BEFORE_FIRST_NANOS = 1_000_000_000;
    private static final long BETWEEN_NANOS = 200_000_000;

    private final Console console;
    private long next = System.nanoTime() + BEFORE_FIRST_NANOS;

    Progress(Console console) {
        this.console = console;
    }

    /** Shows the line that is supplied, if the work takes over a second and the last line is not too recent. */
    public void show(Supplier<String> line) {
        if (console.isErrTerminal() && System.nanoTime() - next >= 0) {
            console.showProgress(line.get());
            next = System.nanoTime() + BETWEEN_NANOS;
        }
    }

    /**
     * A meter for a piece of this work, which begins now.
     *
     * @param name what to call the work
     * @param total how much there is, or a negative number when that is not known; asked only when a line is shown
     */
    public Meter meter(String name, Meter.Unit unit, LongSupplier total) {
        return new Meter(this, name, unit, total, System::nanoTime);
    }

    /** Takes the line away. */
    @Override
    public void close() {
        console.clearProgress();
    }
}
