package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which lines a log has for the exceptions of one processor, given the events so far.
 *
 * <p>The importer and the writer both ask this. Most lines follow from the events. Those that do not, such as a syndrome that an
 * interrupt found left by something that was not logged, the importer keeps as notes before the event they belong to ({@link
 * #notImplied}), and the writer puts them back in their places.
 */
final class LineHistory {
    static final String SECURE = "Secure state";
    static final String NON_SECURE = "Non-secure state";
    private static final Pattern TAKING =
            Pattern.compile("Taking exception \\d{1,9} \\[[^\\]\\p{Cntrl}]{0,80}\\] on CPU \\d{1,4}");
    private static final Pattern LEVELS = Pattern.compile("\\.\\.\\.from EL\\d{1,9} to EL\\d{1,9}");
    private static final Pattern ESR = Pattern.compile("\\.\\.\\.with ESR 0x[0-9a-f]{1,2}/0x([0-9a-f]{1,8})");
    private static final Pattern RETURN =
            Pattern.compile("Exception return from AArch32 \\S{3} to \\S{3} PC 0x[0-9a-f]{1,8}");
    private static final Pattern SWITCH =
            Pattern.compile("AArch32 mode switch from \\S{3} to (\\S{3}) PC 0x[0-9a-f]{1,8}");
    private static final List<Pattern> KEPT = List.of(TAKING, LEVELS, ESR, RETURN);

    private final int cpu;
    private State status = State.unknown();
    private Optional<Mode> mode = Optional.empty();
    private boolean modeIsInStatus;
    private RegisterBlock.World world = RegisterBlock.World.NOT_SAID;
    private Event.Step last;
    private int syndrome;
    private final String[] kept = new String[KEPT.size()];

    LineHistory(int cpu) {
        this.cpu = cpu;
    }

    /** What QEMU says of the Security state beside the registers. */
    RegisterBlock.World world() {
        return world;
    }

    /** An event is over. */
    void follow(Event event) {
        if (event instanceof Event.Step step) {
            last = step;
            if (step.before().size() > 1) {
                status = step.before();
                modeIsInStatus = true;
            }
        } else if (event instanceof Event.Note note) {
            follow(note.text());
        } else {
            followTransition(event);
        }
    }

    private void followTransition(Event event) {
        last = null;
        if (event instanceof Event.ExceptionEntry entry) {
            syndrome = syndrome(entry.kind(), entry.from(), entry.to(), entry.atVector())
                    .orElse(syndrome);
            isIn(entry.to().or(() -> entry.atVector().mode()));
            forget();
        } else if (event instanceof Event.ExceptionReturn left) {
            isIn(left.to());
            forget();
        } else if (event instanceof Event.Snapshot snapshot) {
            isIn(snapshot.state().mode());
        }
    }

    private void isIn(Optional<Mode> now) {
        mode = now;
        modeIsInStatus = false;
    }

    private Optional<Mode> mode() {
        return modeIsInStatus ? status.mode() : mode;
    }

    private void forget() {
        Arrays.fill(kept, null);
    }

    private void follow(String note) {
        if (note.equals(SECURE)) {
            world = RegisterBlock.World.SECURE;
        } else if (note.equals(NON_SECURE)) {
            world = RegisterBlock.World.NON_SECURE;
        } else if (note.startsWith("A")) {
            Matcher switched = SWITCH.matcher(note);
            if (switched.matches()) {
                isIn(ExceptionLines.mode(switched.group(1)));
            }
        } else if (handled(note) != null) {
            syndrome = syndrome(handled(note), Optional.empty(), Optional.empty(), State.unknown())
                    .orElse(syndrome);
            forget();
        } else {
            keep(note);
        }
    }

    private void keep(String note) {
        for (int i = 0; i < kept.length; i++) {
            if (KEPT.get(i).matcher(note).matches()) {
                kept[i] = note;
            }
        }
    }

    /** Whether the note is a line that follows, with its own text, or says what another line shows. */
    static boolean isLine(String note) {
        return note.equals(SECURE)
                || note.equals(NON_SECURE)
                || SWITCH.matcher(note).matches()
                || KEPT.stream().anyMatch(pattern -> pattern.matcher(note).matches());
    }

    static boolean isSwitch(String note) {
        return SWITCH.matcher(note).matches();
    }

    /** The exception that a note says QEMU handled itself; null when it says something else. */
    static ExceptionKind handled(String note) {
        if (!note.endsWith(" handled as PSCI call") && !note.endsWith(" handled as semihosting call")) {
            return null;
        }
        for (ExceptionKind kind : ExceptionKind.values()) {
            if (note.startsWith(kind.manualName() + " handled as ")) {
                return kind;
            }
        }
        return null;
    }

    private OptionalInt syndrome(ExceptionKind kind, Optional<Mode> from, Optional<Mode> to, State at) {
        Matcher line = kept[2] == null ? null : ESR.matcher(kept[2]);
        return line != null && line.matches()
                ? OptionalInt.of(Integer.parseUnsignedInt(line.group(1), 16))
                : expected(kind, from, to, at).syndrome();
    }

    private ExceptionHead expected(ExceptionKind kind, Optional<Mode> from, Optional<Mode> to, State at) {
        Optional<Instruction> called = last == null ? Optional.empty() : last.instruction();
        boolean secure = world == RegisterBlock.World.SECURE;
        boolean hypCall = to.isEmpty() && kind == ExceptionKind.HYPERVISOR_CALL;
        return ExceptionHead.expected(
                kind,
                hypCall ? Optional.of(Mode.HYP) : to,
                at,
                new ExceptionHead.Before(from.or(this::mode), secure, called, syndrome));
    }

    /** The lines of an exception up to its syndrome. */
    List<String> taking(ExceptionKind kind, Optional<Mode> from, Optional<Mode> to, State at) {
        ExceptionHead head = expected(kind, from, to, at);
        List<String> lines = new ArrayList<>();
        lines.add(kept[0] != null ? kept[0] : head.taking(cpu));
        lines.add(kept[1] != null ? kept[1] : head.levels());
        OptionalInt esr = syndrome(kind, from, to, at);
        if (esr.isPresent()) {
            lines.add(ExceptionHead.esr(esr.getAsInt()));
        }
        return lines;
    }

    /** The line of an exception return; null when there is none, because the mode stays. */
    String returning(Event.ExceptionReturn left) {
        return kept[3] != null ? kept[3] : expected(left.from(), left.to(), left.after());
    }

    private static String expected(Optional<Mode> from, Optional<Mode> to, State after) {
        if (from.equals(to) || !after.isKnown(Register.PC)) {
            return null;
        }
        return returning(from, to, (int) after.require(Register.PC));
    }

    private static String returning(Optional<Mode> from, Optional<Mode> to, int target) {
        return "Exception return from AArch32 " + name(from) + " to " + name(to) + " PC 0x"
                + Integer.toHexString(target);
    }

    private static String name(Optional<Mode> mode) {
        return mode.map(Mode::suffix).orElse("???");
    }

    /** The lines of an exception that was read which do not follow from what is known of it. */
    List<String> notImplied(ExceptionHead read, ExceptionKind kind, Optional<Mode> from, Optional<Mode> to, State at) {
        ExceptionHead head = expected(kind, from, to, at);
        List<String> lines = new ArrayList<>();
        if (head.number() != read.number() || !head.name().equals(read.name())) {
            addWhole(lines, read.taking(cpu));
        }
        if (read.from() >= 0 && (head.from() != read.from() || head.to() != read.to())) {
            lines.add(read.levels());
        }
        if (read.syndrome().isPresent() && !read.syndrome().equals(head.syndrome())) {
            lines.add(ExceptionHead.esr(read.syndrome().getAsInt()));
        }
        return lines;
    }

    /** A name that no QEMU gives, with characters that command a terminal, is not kept. */
    private static void addWhole(List<String> lines, String taking) {
        if (TAKING.matcher(taking).matches()) {
            lines.add(taking);
        }
    }

    /** The line of an exception return that was read, if it does not follow from the event; null if it does. */
    static String notImplied(Optional<Mode> from, Optional<Mode> to, int target, State after) {
        String line = returning(from, to, target);
        return line.equals(expected(from, to, after)) ? null : line;
    }
}
