package dev.hyptrace.cli.watch;

import dev.hyptrace.cli.console.BrokenPipeException;
import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.console.Progress;
import dev.hyptrace.cli.option.Interruption;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.HtrTrace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Watches a command that reads recordings: shows how far it is, and ends its reading when the user interrupts (Ctrl-C), so that it
 * tells what it found so far. To be closed after the last word of the command.
 */
public final class Watch implements AutoCloseable {
    private final Console console;
    private final Progress progress;
    private final BooleanSupplier interrupted;
    private final Runnable end;
    private final List<WatchedTrace> traces = new ArrayList<>();

    public Watch(Console console) {
        this(console, new Interruption(() -> {}));
    }

    private Watch(Console console, Interruption interruption) {
        this(console, interruption::isRequested, interruption::close);
    }

    /** Watches for another kind of interruption. */
    Watch(Console console, BooleanSupplier interrupted, Runnable end) {
        this.console = console;
        this.progress = console.progress();
        this.interrupted = interrupted;
        this.end = end;
    }

    public Progress progress() {
        return progress;
    }

    /** Whether the work is to end. */
    public boolean isInterrupted() {
        return interrupted.getAsBoolean();
    }

    /**
     * Ends work that cannot be ended otherwise.
     *
     * @throws CommandException when the user has interrupted
     */
    public void check() {
        if (isInterrupted()) {
            throw new CommandException("interrupted; the rest is not done");
        }
    }

    /**
     * The same recording, watched: each of its readers shows how far it is, and ends early when the user interrupts. It is closed
     * with the one that is given.
     */
    public Trace trace(HtrTrace trace) {
        WatchedTrace watched = new WatchedTrace(trace, this);
        traces.add(watched);
        return watched;
    }

    /** Says which recordings were not read to their ends, and answers whether any was not. */
    public boolean tell() {
        boolean cut = false;
        for (WatchedTrace trace : traces) {
            if (trace.isCut()) {
                console.say("hyptrace: " + trace.name() + ": interrupted; this is what the first " + trace.amount()
                        + " show");
                cut = true;
            }
        }
        return cut;
    }

    @Override
    public void close() throws IOException {
        try {
            progress.close();
            console.flush();
        } catch (BrokenPipeException e) {
            // Whoever asked has read enough.
        } finally {
            end.run();
        }
    }
}
