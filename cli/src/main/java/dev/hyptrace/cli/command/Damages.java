package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.traces.Trace;

/** What the user is told of parts of a recording that could not be read. */
final class Damages {
    private static final int SHOWN = 5;

    private Damages() {}

    /** Says what is damaged, once all of the recording was read, and answers whether anything is. */
    static boolean tell(Console console, Trace trace) {
        trace.damage().stream()
                .limit(SHOWN)
                .forEach(damage ->
                        console.say("hyptrace: " + trace.name() + ": byte " + damage.offset() + ": " + damage.what()));
        if (trace.damage().size() > SHOWN) {
            console.say("hyptrace: " + trace.name() + ": " + (trace.damage().size() - SHOWN) + " more damaged parts");
        }
        return !trace.damage().isEmpty();
    }
}
