package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.option.Interruption;
import dev.hyptrace.cli.option.OutputFile;
import dev.hyptrace.cli.option.RecordingOutput;
import dev.hyptrace.recorder.live.FollowSummary;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;

/** Records a live target until it ends. */
interface LiveTarget {
    FollowSummary record(EventSink sink) throws IOException;

    /**
     * Records a target into a file, and tells the user how it ended.
     *
     * @throws IOException when the target or the file fails; not after Ctrl-C, which may have reached the target, too
     */
    static void record(
            LiveTarget target,
            TraceHeader header,
            OutputFile.Required output,
            Interruption interruption,
            Console console)
            throws IOException {
        String end;
        RecordingOutput out = output.createLive(header);
        try (out) {
            end = target.record(out).end().text();
        } catch (IOException e) {
            if (!interruption.isRequested()) {
                console.say("hyptrace record: " + out.summary());
                throw e;
            }
            end = FollowSummary.End.REQUESTED.text();
        }
        console.flush();
        console.say("hyptrace record: " + end);
        console.say("hyptrace record: " + out.summary());
    }
}
