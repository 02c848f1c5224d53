package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.option.Choices;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.diff.abi.catalogue.Catalogue;
import dev.hyptrace.diff.abi.catalogue.Entry;
import dev.hyptrace.diff.abi.catalogue.Recognition;
import dev.hyptrace.diff.abi.check.AnsweredCalls;
import dev.hyptrace.diff.abi.check.CallCheck.Level;
import dev.hyptrace.diff.abi.check.CheckedParty;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.report.CheckText;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.model.Hypercall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace abi check}: a recording against descriptions. */
@Command(
        name = "check",
        description = {
            "Holds each hypercall of a recording against ABI descriptions: tells the parties apart that answered, names the"
                    + " description that explains each, and says when caller and stub do not speak the same ABI.",
            "A divergence that is known by name is named under the call that shows it.",
            "Exit status: 0 every call is explained, 1 one is not, caller and stub differ, or there is a known bug, 2 trouble."
        })
final class AbiCheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.htr", description = "A recording.")
    private Path file;

    @Option(
            names = "--abi",
            paramLabel = "ABI",
            description =
                    "Hold it against this description only: a name that abi list prints, or a file. Repeatable: one for"
                            + " each party.")
    private List<String> abis = List.of();

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            converter = LevelConverter.class,
            description =
                    "exact: everything that the handler is known to leave alone must be kept; contract: registers that"
                            + " the contract gives up may change. Default: exact.")
    private Level level = Level.EXACT;

    private final Console console;

    /** Reads {@code exact} and {@code contract}. */
    static final class LevelConverter extends Choices<Level> {
        LevelConverter() {
            super(Level.class);
        }
    }

    AbiCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<Abi> library = library();
        try (HtrTrace trace = Traces.open(file);
                Watch watch = new Watch(console)) {
            List<Hypercall> calls = calls(watch.trace(trace));
            if (calls.isEmpty()) {
                throw new CommandException(file + ": holds no hypercall, so that nothing was checked");
            }
            List<CheckedParty> parties = CheckedParty.of(calls, library, level, AbiLibrary.all());
            List<Recognition> known = Catalogue.recognised(calls);
            new CheckText(console.out()).with(known).write(parties);
            boolean damaged = Damages.tell(console, trace);
            if (watch.tell() || damaged) {
                return ExitStatus.TROUBLE;
            }
            return status(parties, known);
        }
    }

    private List<Abi> library() throws IOException {
        if (abis.isEmpty()) {
            return AbiLibrary.all();
        }
        List<Abi> named = new ArrayList<>();
        for (String name : abis) {
            named.add(Abis.named(name));
        }
        return named;
    }

    private List<Hypercall> calls(Trace trace) throws IOException {
        AnsweredCalls answered = AnsweredCalls.of(trace);
        if (!answered.isAll()) {
            console.say("hyptrace abi check: " + file + ": the first " + AnsweredCalls.MOST + " hypercalls only");
        }
        return answered.calls();
    }

    private static int status(List<CheckedParty> parties, List<Recognition> known) {
        boolean sound =
                known.stream().noneMatch(recognition -> recognition.entry().kind() == Entry.Kind.BUG);
        return sound && parties.stream().allMatch(CheckedParty::isSound) ? ExitStatus.SAME : ExitStatus.DIFFERENT;
    }
}
