package dev.hyptrace.cli.command;

import dev.hyptrace.cli.bisect.BisectOptions;
import dev.hyptrace.cli.bisect.LogFile;
import dev.hyptrace.cli.bisect.Series;
import dev.hyptrace.cli.bisect.SessionText;
import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.diff.bisect.Bisection;
import dev.hyptrace.diff.bisect.Build;
import dev.hyptrace.diff.bisect.EndException;
import dev.hyptrace.diff.bisect.Finding;
import dev.hyptrace.diff.bisect.SessionLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace bisect}: finds the first bad build of a series. */
@Command(
        name = "bisect",
        description = {
            "Finds the build that broke something, in a series in order of age: tests both ends and then the middle of what is"
                    + " left. A build is an image, which is run on the built-in machine, a recording (.htr), or a folder of"
                    + " recordings. One that does not boot, or is not the same each time, is skipped and named.",
            "Without --against, --abi and --without, good is what does the same as the first build."
        },
        footer = {
            "",
            "Exit status: 0 the first bad build is found, 1 it is one of several because some cannot be tested, 2 trouble.",
            "Example: hyptrace bisect --against good.htr --log session.txt -- build-*/zImage"
        })
final class BisectCommand implements Callable<Integer> {
    @Option(
            names = "--good",
            paramLabel = "BUILD",
            description = "The good end: one of the series, or one to put before it. Default: the first.")
    private Path good;

    @Option(
            names = "--bad",
            paramLabel = "BUILD",
            description = "The bad end: one of the series, or one to put behind it. Default: the last.")
    private Path bad;

    @Mixin
    private BisectOptions options;

    @Option(names = "--log", paramLabel = "FILE", description = "Write down what was tested, and what it showed.")
    private Path log;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description =
                    "Take from such a log what it answers, and test only the rest. Without builds, those that the log"
                            + " names are meant.")
    private Path replayed;

    @Option(names = "--force", description = "Replace the log if it exists.")
    private boolean force;

    @Parameters(paramLabel = "BUILD", arity = "0..*", description = "The series, the oldest build first.")
    private List<Path> builds = List.of();

    private final Console console;

    BisectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        LogFile file = new LogFile(log, replayed, force);
        List<Path> series = Series.of(builds, good, bad, file.known());
        List<Build> described = BisectOptions.describe(series);
        try (Watch watch = new Watch(console);
                BisectOptions.Session session = options.session(series, Abis::named, watch)) {
            SessionLog known = file.answers(session.question(), described);
            return searched(session, known, file);
        } catch (EndException e) {
            throw new CommandException(e.getMessage());
        }
    }

    private int searched(BisectOptions.Session session, SessionLog known, LogFile file)
            throws IOException, EndException {
        SessionText text = new SessionText(console.out(), known.builds());
        text.begin();
        try (file) {
            Finding finding = new Bisection(session.test(), known, file).run(text);
            text.finish(finding);
            return finding.isExact() ? ExitStatus.SAME : ExitStatus.DIFFERENT;
        } finally {
            console.flush();
        }
    }
}
