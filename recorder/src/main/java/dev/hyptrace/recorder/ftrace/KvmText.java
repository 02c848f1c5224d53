package dev.hyptrace.recorder.ftrace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What KVM's events print, in each kernel's form; numbers of up to 64 bits, as printed. */
final class KvmText {
    private static final String HEX = "(?:0x)?([0-9a-fA-F]{1,16})";
    private static final Pattern ENTRY = Pattern.compile("PC: " + HEX);
    private static final Pattern EXIT =
            Pattern.compile("(?:(?:(\\w{1,32}): )?(?:HSR|ESR)_EC: " + HEX + "(?: \\([^)]{0,64}\\))?, )?PC: " + HEX);
    private static final Pattern HVC = Pattern.compile("HVC at " + HEX + " \\(r0: " + HEX + ", imm: " + HEX + "\\)?");
    private static final Pattern FAULT_OLD = Pattern.compile(
            "guest fault at PC " + HEX + " \\(hxfar " + HEX + ", ipa {1,32}" + HEX + ", hsr " + HEX + "\\)?");
    private static final Pattern FAULT =
            Pattern.compile("ipa {1,32}" + HEX + ", hsr " + HEX + ", hxfar " + HEX + ", pc " + HEX);
    private static final Pattern WAIT = Pattern.compile("guest executed wf[ie] at: " + HEX);

    private KvmText() {}

    /**
     * An exit.
     *
     * @param type what took the processor out of the guest, in KVM's words; empty in texts that do not say it
     * @param exceptionClass HSR.EC, or -1 in texts that do not say it
     */
    record Exit(String type, long exceptionClass, long pc) {}

    /** A hypercall of the guest. */
    record Hvc(long pc, long r0, long immediate) {}

    /** An abort at the second stage of translation. */
    record Fault(long pc, long hsr, long faultAddress, long ipa) {}

    /** The PC of {@code kvm_entry}. */
    static Optional<Long> entry(String text) {
        Matcher matcher = ENTRY.matcher(text);
        return matcher.matches() ? Optional.of(number(matcher, 1)) : Optional.empty();
    }

    static Optional<Exit> exit(String text) {
        Matcher matcher = EXIT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String type = matcher.group(1) == null ? "" : matcher.group(1);
        long exceptionClass = matcher.group(2) == null ? -1 : number(matcher, 2);
        return Optional.of(new Exit(type, exceptionClass, number(matcher, 3)));
    }

    static Optional<Hvc> hvc(String text) {
        Matcher matcher = HVC.matcher(text);
        return matcher.matches()
                ? Optional.of(new Hvc(number(matcher, 1), number(matcher, 2), number(matcher, 3)))
                : Optional.empty();
    }

    static Optional<Fault> fault(String text) {
        Matcher now = FAULT.matcher(text);
        if (now.matches()) {
            return Optional.of(new Fault(number(now, 4), number(now, 2), number(now, 3), number(now, 1)));
        }
        Matcher old = FAULT_OLD.matcher(text);
        return old.matches()
                ? Optional.of(new Fault(number(old, 1), number(old, 4), number(old, 2), number(old, 3)))
                : Optional.empty();
    }

    /** The PC of {@code kvm_wfi} and {@code kvm_wfx}. */
    static Optional<Long> waiting(String text) {
        Matcher matcher = WAIT.matcher(text);
        return matcher.matches() ? Optional.of(number(matcher, 1)) : Optional.empty();
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseUnsignedLong(matcher.group(group), 16);
    }
}
