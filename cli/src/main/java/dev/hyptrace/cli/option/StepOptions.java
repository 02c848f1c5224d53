package dev.hyptrace.cli.option;

import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.recorder.live.FollowOptions;
import dev.hyptrace.recorder.live.StepWindow;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** What to record of a live target. */
public final class StepOptions {
    @Option(names = "--limit", paramLabel = "N", description = "End after N hypercalls.")
    private Integer limit;

    @Option(
            names = "--steps",
            description = "Record each instruction, not only those of hypercalls: from --from, or from where the target"
                    + " stands, to --to or the end.")
    private boolean steps;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            converter = HexAddress.class,
            description = "With --steps: the address at which to begin.")
    private Integer from;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            converter = HexAddress.class,
            description = "With --steps and --from: the address before which to end.")
    private Integer to;

    /** What to record. */
    public FollowOptions follow() {
        if (limit != null && limit < 1) {
            throw new CommandException("--limit " + limit + ": expected at least 1 hypercall");
        }
        if (from != null && !steps || to != null && from == null) {
            throw new CommandException(from == null ? "--to needs --steps and --from" : "--from needs --steps");
        }
        FollowOptions options = FollowOptions.defaults();
        options = limit == null ? options : options.withLimit(limit);
        if (!steps) {
            return options;
        }
        return from == null ? options.withStepsFromStart(Long.MAX_VALUE) : options.withWindows(List.of(window()));
    }

    private StepWindow window() {
        return new StepWindow(from, to == null ? OptionalInt.empty() : OptionalInt.of(to), Long.MAX_VALUE, 1);
    }
}
