package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.console.Meter;
import dev.hyptrace.cli.console.Progress;
import dev.hyptrace.recorder.live.FollowSummary;
import dev.hyptrace.recorder.qemu.QemuListener;
import dev.hyptrace.traces.model.Hex;
import java.util.Locale;
import java.util.OptionalInt;

/** Tells the user how the recording of a live target goes. */
final class RecordingListener implements QemuListener {
    private final Console console;
    private final Progress progress;

    RecordingListener(Console console, Progress progress) {
        this.console = console;
        this.progress = progress;
    }

    @Override
    public void console(String line) {
        console.guestLine(line);
    }

    @Override
    public void complaint(String line) {
        console.say("qemu: " + line);
    }

    @Override
    public void note(String text) {
        console.say("hyptrace record: " + text);
    }

    @Override
    public void hypercall(int number, OptionalInt site, OptionalInt immediate) {
        console.say(String.format(
                Locale.ROOT,
                "hypercall %d: hvc #%s at %s",
                number,
                immediate.isPresent() ? Integer.toString(immediate.getAsInt()) : "?",
                site.isPresent() ? Hex.word(site.getAsInt()) : "an unknown address"));
    }

    @Override
    public void progress(FollowSummary soFar) {
        progress.show(() -> String.format(
                Locale.ROOT,
                "%,d hypercalls and %,d steps in %d s, %s; Ctrl-C ends the recording",
                soFar.hypercalls(),
                soFar.steps(),
                soFar.elapsed().toSeconds(),
                Meter.Unit.STEPS.rate(soFar.steps(), Math.max(1, soFar.elapsed().toMillis()) / 1000.0)));
    }
}
