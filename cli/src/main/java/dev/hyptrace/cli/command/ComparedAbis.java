package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.diff.abi.check.AnsweredCalls;
import dev.hyptrace.diff.abi.check.Attribution;
import dev.hyptrace.diff.abi.check.Attribution.Candidate;
import dev.hyptrace.diff.abi.check.CallCheck.Level;
import dev.hyptrace.diff.abi.check.Claim;
import dev.hyptrace.diff.abi.compare.Column;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.infer.Inferred;
import dev.hyptrace.diff.abi.infer.Likeness;
import dev.hyptrace.diff.abi.report.ProbeText;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import dev.hyptrace.replayer.probe.ProbeReport;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The descriptions that operands stand for: one for a name or a file, one for each party of a recording and each occupant of an image. */
final class ComparedAbis {
    private static final int ELF = 0x7f45_4c46;
    private static final int ZIMAGE = 0x1828_6f01;
    private static final int ZIMAGE_OFFSET = 0x24;

    private final Console console;
    private final ProbeOptions probes;
    private boolean complete = true;

    ComparedAbis(Console console, ProbeOptions probes) {
        this.console = console;
        this.probes = probes;
    }

    /** Whether each party of each recording is compared. */
    boolean isComplete() {
        return complete;
    }

    List<Column> of(String operand) throws IOException {
        if (operand.endsWith(".htr")) {
            return recording(Path.of(operand));
        }
        return isImage(operand) ? image(Path.of(operand)) : List.of(Column.of(Abis.named(operand)));
    }

    /** Whether it is an ELF file or a zImage; raw code cannot be told from anything else. */
    private static boolean isImage(String operand) throws IOException {
        Path file = Path.of(operand);
        if (AbiLibrary.named(operand).isPresent() || !Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            ByteBuffer start = ByteBuffer.wrap(in.readNBytes(ZIMAGE_OFFSET + 4));
            return start.capacity() == ZIMAGE_OFFSET + 4
                    && (start.getInt(0) == ELF || start.getInt(ZIMAGE_OFFSET) == ZIMAGE);
        }
    }

    /** Each occupant of the Hyp vectors that probing finds: the known description that it equals, or what it does. */
    private List<Column> image(Path file) throws IOException {
        List<Column> columns = new ArrayList<>();
        for (ProbeReport report : probes.probe(file, console)) {
            int number = report.occupant().number();
            ProbeText.infer(report, AbiLibrary.all())
                    .map(found -> column(file, number, found))
                    .ifPresent(columns::add);
        }
        return columns;
    }

    private static Column column(Path file, int number, Inferred found) {
        List<Abi> equal = found.equal().stream().map(Likeness::known).toList();
        List<Abi> abis = equal.isEmpty() ? List.of(found.abi()) : equal;
        String how = equal.isEmpty() ? "as probed" : "equal to " + abis.get(0).name() + " when probed";
        return new Column(
                file.getFileName() + ":" + number,
                abis.get(0),
                abis.subList(1, abis.size()),
                "occupant " + number + " of the Hyp vectors of " + file + ", " + how);
    }

    private List<Column> recording(Path file) throws IOException {
        try (HtrTrace trace = Traces.open(file);
                Watch watch = new Watch(console)) {
            AnsweredCalls answered = AnsweredCalls.of(watch.trace(trace));
            if (answered.calls().isEmpty()) {
                throw new CommandException(file + ": holds no hypercall, so that nothing is known of its ABI");
            }
            if (!answered.isAll()) {
                console.say("hyptrace abi compare: " + file + ": the first " + AnsweredCalls.MOST + " hypercalls only");
            }
            List<Column> columns = new ArrayList<>();
            for (Attribution party : Attribution.of(answered.calls(), AbiLibrary.all(), Level.EXACT)) {
                party(file, party, columns);
            }
            complete &= !Damages.tell(console, trace) && !watch.tell();
            return columns;
        }
    }

    private void party(Path file, Attribution party, List<Column> columns) {
        String vectors = party.base().isPresent()
                ? "the vectors at " + Claim.hex(party.base().getAsLong())
                : "vectors that were not recorded";
        if (party.best().isEmpty()) {
            complete = false;
            console.say("hyptrace abi compare: " + file + ": no description explains " + vectors
                    + ", so that they are not compared" + closest(party)
                    + "; hyptrace abi check " + file + " says what contradicts it");
            return;
        }
        Candidate best = party.best().get(0);
        String others = party.best().size() == 1
                ? ""
                : "; its calls do not tell it from "
                        + names(party.best().subList(1, party.best().size()));
        String name = file.getFileName() + ":" + (columns.size() + 1);
        List<Abi> alternatives =
                party.best().stream().skip(1).map(Candidate::abi).toList();
        columns.add(new Column(
                name, best.abi(), alternatives, best.abi().name() + " explains " + vectors + " of " + file + others));
    }

    private static String closest(Attribution party) {
        return party.closest().isEmpty() ? "" : "; closest is " + names(party.closest());
    }

    private static String names(List<Candidate> candidates) {
        return candidates.stream().map(c -> c.abi().name()).collect(Collectors.joining(" or "));
    }
}
