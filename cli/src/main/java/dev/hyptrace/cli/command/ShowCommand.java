package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.cli.view.HypercallList;
import dev.hyptrace.cli.view.HypercallText;
import dev.hyptrace.cli.view.RememberedText;
import dev.hyptrace.cli.view.StepText;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.TraceLookup;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.InstructionUse;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace show}: shows the hypercalls of a recording, or one moment. */
@Command(
        name = "show",
        description = "Lists the hypercalls of a recording, or shows one hypercall or one step with all registers.")
final class ShowCommand implements Callable<Integer> {
    /** How many events to look through for what a processor did next, while others are busy. */
    private static final int LOOK_AHEAD = 100_000;

    @Parameters(paramLabel = "FILE.htr", description = "A recording.")
    private Path file;

    @ArgGroup
    private What what;

    @Option(
            names = "--all",
            description =
                    "With --hypercall: show registers that stay as they are, too. With --step: also those that were"
                            + " recorded before it.")
    private boolean all;

    private final Console console;

    /** What to show, instead of the list. */
    private static final class What {
        @Option(names = "--hypercall", paramLabel = "N", description = "The hypercall with this number, from 1.")
        private Integer hypercall;

        @Option(names = "--step", paramLabel = "N", description = "The step with this number, from 0.")
        private Long step;
    }

    ShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (HtrTrace trace = Traces.open(file);
                Watch watch = new Watch(console)) {
            if (what == null) {
                HypercallList.write(watch.trace(trace), console.out());
            } else if (what.hypercall != null) {
                hypercall(trace, what.hypercall);
            } else {
                step(trace, what.step);
            }
            boolean damaged = Damages.tell(console, trace);
            return watch.tell() || damaged ? ExitStatus.TROUBLE : ExitStatus.SAME;
        }
    }

    private void hypercall(HtrTrace trace, int number) throws IOException {
        Hypercall call = trace.hypercall(number)
                .orElseThrow(() -> new CommandException(file + ": there is no hypercall " + number
                        + "; hyptrace show without an option lists them, the first is 1"));
        new HypercallText(call, all).write(console.out());
    }

    private void step(HtrTrace trace, long index) throws IOException {
        if (index < 0) {
            throw new CommandException("--step " + index + ": expected 0 or more");
        }
        try (EventReader events = trace.eventsFromStep(index)) {
            if (!(events.next() instanceof Event.Step step)) {
                throw new CommandException(file + ": there is no step " + index
                        + " that can be read; hyptrace info tells how many there are");
            }
            new StepText(index, step, following(events, step.cpu())).write(console.out());
        }
        if (all) {
            Optional<TraceLookup.Moment> moment =
                    trace.lookup(InstructionUse.UNKNOWN).at(index);
            if (moment.isPresent()) {
                new RememberedText(moment.get()).write(console.out());
            }
        }
    }

    private static Optional<Event> following(EventReader events, int cpu) throws IOException {
        Event event = events.next();
        for (int i = 0; i < LOOK_AHEAD && event != null && event.cpu() != cpu; i++) {
            event = events.next();
        }
        return Optional.ofNullable(event);
    }
}
