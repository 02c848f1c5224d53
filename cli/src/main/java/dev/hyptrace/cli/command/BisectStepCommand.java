package dev.hyptrace.cli.command;

import dev.hyptrace.cli.bisect.BisectOptions;
import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.diff.bisect.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hyptrace bisect step}: one test, for {@code git bisect run}. */
@Command(
        name = "step",
        description = "Tests one build, for use under git bisect run.",
        footer = {
            "",
            "Exit status: 0 good, 1 bad, 125 cannot be tested, 2 the command line is wrong. git takes 2 for bad: try the"
                    + " command once before git does.",
            "Example: git bisect run sh -c 'make -s zImage || exit 125; hyptrace bisect step --against good.htr zImage'"
        })
final class BisectStepCommand implements Callable<Integer> {
    @Mixin
    private BisectOptions options;

    @Parameters(paramLabel = "BUILD", description = "An image, a recording, or a folder of recordings.")
    private Path build;

    private final Console console;

    BisectStepCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!options.hasProperty()) {
            throw new CommandException("bisect step needs --against, --abi or --without: what makes a build good");
        }
        try (Watch watch = new Watch(console)) {
            Observation observation = options.test(build, Abis::named, watch);
            console.out().append(build + ": " + observation.verdict().text() + "\n");
            for (String line : observation.evidence()) {
                console.out().append("  " + line + "\n");
            }
            return switch (observation.verdict()) {
                case GOOD -> ExitStatus.SAME;
                case BAD -> ExitStatus.DIFFERENT;
                case SKIP -> ExitStatus.UNTESTABLE;
            };
        }
    }
}
