package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.option.HexAddress;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.cli.view.FoundText;
import dev.hyptrace.replayer.use.KnownUse;
import dev.hyptrace.traces.TraceLookup;
import dev.hyptrace.traces.TraceLookup.Found;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace find}: who wrote, or reads, a register or a word of memory. */
@Command(
        name = "find",
        description = {
            "Finds the last step before a step that wrote a register or a word of memory, or the next step after it that"
                    + " reads one. WHAT is a register (r0, sp, SP_hyp, HVBAR) or the address of a word (0x40080000)."
                    + " Only the parts of the file are read that can hold the answer. The exit status is 1 when there is none."
        })
final class FindCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.htr", description = "A recording.")
    private Path file;

    @Option(names = "--step", required = true, paramLabel = "N", description = "The step to look from, from 0.")
    private long step;

    @ArgGroup(multiplicity = "1")
    private What what;

    private final Console console;

    /** What to find. */
    private static final class What {
        @Option(names = "--writer", paramLabel = "WHAT", description = "Who wrote it last before step N.")
        private String writer;

        @Option(names = "--reader", paramLabel = "WHAT", description = "Who reads it first after step N.")
        private String reader;
    }

    FindCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (HtrTrace trace = Traces.open(file)) {
            TraceLookup lookup = trace.lookup(new KnownUse());
            TraceLookup.Moment moment = lookup.at(step)
                    .orElseThrow(() -> new CommandException(String.format(
                            Locale.ROOT, "%s: there is no step %d, expected 0 to %d", file, step, lookup.steps() - 1)));
            boolean writer = what.writer != null;
            String wanted = writer ? what.writer : what.reader;
            Optional<Found> found = find(lookup, moment, wanted, writer);
            FoundText text = new FoundText(wanted, writer, step);
            if (found.isEmpty()) {
                console.out().write(text.nothing(reason(lookup, wanted)));
                return ExitStatus.DIFFERENT;
            }
            text.write(found.get(), console.out());
            return ExitStatus.SAME;
        }
    }

    private static Optional<Found> find(TraceLookup lookup, TraceLookup.Moment moment, String wanted, boolean writer)
            throws IOException {
        Optional<Register> register = register(wanted, moment);
        if (register.isEmpty()) {
            int address = new HexAddress().convert(wanted);
            return writer
                    ? lookup.previousWriter(moment.number(), address)
                    : lookup.nextReader(moment.number(), address);
        }
        if (register.get() == Register.PC) {
            throw new CommandException(wanted + ": every instruction writes it, expected another register");
        }
        return writer
                ? lookup.previousWriter(moment.number(), register.get())
                : lookup.nextReader(moment.number(), register.get());
    }

    /** A register by its name, or by the name that it has in the step's mode; empty for an address. */
    private static Optional<Register> register(String wanted, TraceLookup.Moment moment) {
        Optional<Register> named = Register.named(wanted);
        if (named.isPresent() || isAddress(wanted)) {
            return named;
        }
        int number =
                switch (wanted.toLowerCase(Locale.ROOT)) {
                    case "sp", "r13" -> 13;
                    case "lr", "r14" -> 14;
                    default ->
                        throw new CommandException("'" + wanted
                                + "' is neither a register, such as r0 or HVBAR, nor an address, such as 0x40080000");
                };
        return Optional.of(moment.mode()
                .orElseThrow(() -> new CommandException(
                        wanted + ": the mode of the step was not recorded; name one, such as " + wanted + "_svc"))
                .coreRegister(number));
    }

    private static boolean isAddress(String wanted) {
        return wanted.matches("0[xX][0-9a-fA-F]{1,8}|[0-9][0-9a-fA-F]{0,7}");
    }

    private static String reason(TraceLookup lookup, String wanted) throws IOException {
        return isAddress(wanted) && !lookup.hasAccesses()
                ? "the recording has no data accesses (its source does not tell them)"
                : "the recording shows none";
    }
}
