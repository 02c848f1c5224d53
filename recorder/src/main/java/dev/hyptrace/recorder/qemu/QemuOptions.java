package dev.hyptrace.recorder.qemu;

import dev.hyptrace.recorder.live.FollowOptions;
import java.time.Duration;
import java.util.List;

/**
 * What to start and what to record of it.
 *
 * @param program QEMU: a name that is looked for in PATH, or a path
 * @param arguments QEMU's arguments as a user would give them; those that concern its GDB stub are the recorder's own
 * @param timeLimit the wall-clock time after which a recording ends, of one pass
 * @param scout whether to run the guest twice: once only to learn where hypercalls are made, and a second time with a
 *     breakpoint at each of these places from the start. What that gains over {@link FollowOptions#rewind} is HSR before the
 *     first HVC of each place; what it costs is the time of the first pass
 * @param follow what to record
 */
public record QemuOptions(
        String program, List<String> arguments, Duration timeLimit, boolean scout, FollowOptions follow) {

    /** The name of the program that is started if no other is named. */
    public static final String DEFAULT_PROGRAM = "qemu-system-arm";

    /** For recordings without a time limit. */
    public static final Duration NO_TIME_LIMIT = Duration.ofDays(365_000);

    public QemuOptions {
        arguments = List.copyOf(arguments);
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("a time limit of " + timeLimit + ", expected more than nothing");
        }
    }

    /** All hypercalls of a guest, until it ends. */
    public static QemuOptions of(List<String> arguments) {
        return new QemuOptions(DEFAULT_PROGRAM, arguments, NO_TIME_LIMIT, false, FollowOptions.defaults());
    }

    public QemuOptions withProgram(String name) {
        return new QemuOptions(name, arguments, timeLimit, scout, follow);
    }

    public QemuOptions withTimeLimit(Duration limit) {
        return new QemuOptions(program, arguments, limit, scout, follow);
    }

    public QemuOptions withScouting(boolean yes) {
        return new QemuOptions(program, arguments, timeLimit, yes, follow);
    }

    public QemuOptions withFollow(FollowOptions options) {
        return new QemuOptions(program, arguments, timeLimit, scout, options);
    }
}
