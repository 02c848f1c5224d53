package dev.hyptrace.recorder.ftrace;

import dev.hyptrace.recorder.text.LineParser;
import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.traces.TraceFormatException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the lines apart and hands each to the virtual processor that it is about. */
final class FtraceParser implements LineParser {
    private static final Set<String> GUEST_EVENTS = Set.of(
            "kvm_entry",
            "kvm_exit",
            "kvm_hvc",
            "kvm_hvc_arm64",
            "kvm_guest_fault",
            "kvm_wfi",
            "kvm_wfx",
            "kvm_wfx_arm64");
    private static final Set<String> MARKERS = Set.of("tracing_mark_write", "print", "bprint", "bputs");
    private static final Pattern LOST = Pattern.compile(
            " {0,64}CPU: ?(\\d{1,9}) \\[(?:LOST (?:(\\d{1,18}) )?EVENTS|(\\d{1,18}) EVENTS DROPPED|EVENTS DROPPED)\\]");
    private static final String PERF_LOST = "PERF_RECORD_LOST";
    private static final Pattern STARTED = Pattern.compile("#{3,8} CPU (\\d{1,9}) buffer started #{3,8}");
    private static final Pattern ENTRIES =
            Pattern.compile("# entries-in-buffer/entries-written: (\\d{1,18})/(\\d{1,18}) .{0,64}");
    private static final String HEADER = "# tracer: ";
    private static final int MAX_WORD = 8;
    private static final long PAGE_OFFSET = 0xfff;
    /** Exception classes that only AArch64 state has: SVC, HVC, SMC and MSR there. */
    private static final long EC_FIRST_AARCH64 = 0x15;

    private static final long EC_LAST_AARCH64 = 0x18;

    private final TextOutput out;
    private final Guests guests;
    private long number;
    private boolean plausible;
    private boolean header;
    private boolean begins;

    FtraceParser(TextOutput out) {
        this.out = out;
        this.guests = new Guests(out);
    }

    @Override
    public boolean isRecognised() {
        return out.isRecognised();
    }

    /** Whether its first line is the one with which the kernel begins a trace: a console can show such a line later. */
    boolean begins() {
        return begins;
    }

    /** A trace of other events until the first guest is entered. */
    @Override
    public boolean isPlausible() {
        return plausible || header;
    }

    /** The last number of these events is printed with eight digits at least, of which a 32-bit processor has no more. */
    @Override
    public boolean isWholeWithoutEnd(String text) {
        Optional<FtraceLine> line = FtraceLine.of(text);
        String event = line.map(FtraceLine::event).orElse("");
        int pc = text.lastIndexOf("PC: 0x");
        return (event.equals("kvm_entry") || event.equals("kvm_exit"))
                && pc >= 0
                && text.length() - pc - "PC: 0x".length() == MAX_WORD;
    }

    @Override
    public void line(String text, long lineNumber) throws TraceFormatException {
        number = lineNumber;
        if (text.isEmpty() || comment(text) || lost(text)) {
            return;
        }
        Optional<FtraceLine> line = FtraceLine.of(text);
        if (line.isEmpty()) {
            out.note(0, text);
            return;
        }
        plausible = true;
        event(line.get(), text);
    }

    @Override
    public void end() {
        guests.end();
    }

    private boolean comment(String text) {
        if (text.charAt(0) != '#') {
            return false;
        }
        header |= text.startsWith(HEADER);
        begins |= number == 1 && text.startsWith(HEADER);
        Matcher entries = ENTRIES.matcher(text);
        Matcher started = STARTED.matcher(text);
        if (entries.matches()) {
            long missing = Long.parseLong(entries.group(2)) - Long.parseLong(entries.group(1));
            if (missing > 0) {
                guests.gap(missing + " events before these were overwritten");
            }
        } else if (started.matches()) {
            guests.gap("the buffer of processor " + started.group(1) + " starts here");
        }
        return true;
    }

    private boolean lost(String text) {
        Matcher matcher = LOST.matcher(text);
        int byPerf = text.indexOf(PERF_LOST);
        if (byPerf >= 0) {
            guests.gap("events were lost, says perf: " + out.printable(text.substring(byPerf)));
        } else if (matcher.matches()) {
            String counted = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            String count = counted == null ? "" : counted + " ";
            guests.gap(count + "events of processor " + matcher.group(1) + " were lost");
        }
        return byPerf >= 0 || matcher.matches();
    }

    private void event(FtraceLine line, String text) throws TraceFormatException {
        boolean ofKvm = line.event().startsWith("kvm_");
        if (ofKvm) {
            out.count(line.event());
        }
        boolean aboutGuest = GUEST_EVENTS.contains(line.event());
        if (aboutGuest && isTaken(line)) {
            return;
        }
        if (aboutGuest) {
            out.problem(
                    number,
                    line.event() + " says '" + out.printable(line.text())
                            + "', expected what KVM prints on a 32-bit Arm processor");
        }
        if (line.event().equals("kvm_emulate_cp15_imp")) {
            guests.known(line.thread()).ifPresent(GuestProcessor::trapped);
        }
        if (ofKvm || MARKERS.contains(line.event())) {
            note(line, text);
        } else {
            out.count("events that are not of KVM");
        }
    }

    private void note(FtraceLine line, String text) {
        Optional<GuestProcessor> processor = guests.known(line.thread());
        if (processor.isPresent()) {
            processor.get().note(text);
        } else {
            out.note(0, text);
        }
    }

    private boolean isTaken(FtraceLine line) throws TraceFormatException {
        return switch (line.event()) {
            case "kvm_entry" -> entry(line);
            case "kvm_exit" -> exit(line);
            case "kvm_hvc", "kvm_hvc_arm64" -> hypercall(line);
            case "kvm_guest_fault" -> fault(line);
            default -> waiting(line);
        };
    }

    private boolean entry(FtraceLine line) throws TraceFormatException {
        Optional<Long> pc = KvmText.entry(line.text());
        if (pc.isPresent()) {
            int address = address(pc.get());
            processor(line).entry(address);
        }
        return pc.isPresent();
    }

    private boolean exit(FtraceLine line) throws TraceFormatException {
        Optional<KvmText.Exit> exit = KvmText.exit(line.text());
        if (exit.isPresent()) {
            long exceptionClass = exit.get().exceptionClass();
            if (exceptionClass >= EC_FIRST_AARCH64 && exceptionClass <= EC_LAST_AARCH64) {
                throw new TraceFormatException(
                        out.name(), "line " + number, "an exit of a guest in AArch64 state, expected AArch32");
            }
            int address = address(exit.get().pc());
            processor(line).exit(new GuestExit(exit.get().type(), exceptionClass, address));
        }
        return exit.isPresent();
    }

    private boolean hypercall(FtraceLine line) throws TraceFormatException {
        Optional<KvmText.Hvc> hvc = KvmText.hvc(line.text());
        if (hvc.isEmpty() || hvc.get().immediate() >>> 16 != 0) {
            return false;
        }
        int address = address(hvc.get().pc());
        int r0 = address(hvc.get().r0());
        int immediate = (int) hvc.get().immediate();
        processor(line).detail(address, exit -> exit.hypercall(r0, immediate));
        return true;
    }

    private boolean fault(FtraceLine line) throws TraceFormatException {
        Optional<KvmText.Fault> fault = KvmText.fault(line.text());
        if (fault.isPresent()) {
            int address = address(fault.get().pc());
            int hsr = address(fault.get().hsr());
            int faultAddress = address(fault.get().faultAddress());
            GuestProcessor processor = processor(line);
            processor.detail(address, exit -> exit.fault(hsr, faultAddress));
            processor.note(String.format("abort at IPA 0x%010x", ipa(fault.get())));
        }
        return fault.isPresent();
    }

    /** KVM prints the page, which is what HPFAR holds; where in the page is in the virtual address. */
    private static long ipa(KvmText.Fault fault) {
        return fault.ipa() | fault.faultAddress() & PAGE_OFFSET;
    }

    /** {@code kvm_wfi} and {@code kvm_wfx}. */
    private boolean waiting(FtraceLine line) throws TraceFormatException {
        Optional<Long> pc = KvmText.waiting(line.text());
        if (pc.isPresent()) {
            int address = address(pc.get());
            processor(line).detail(address, GuestExit::trapped);
        }
        return pc.isPresent();
    }

    private GuestProcessor processor(FtraceLine line) {
        out.recognise();
        return guests.of(line);
    }

    /** An address or a register of the guest. */
    private int address(long value) throws TraceFormatException {
        if (value >>> 32 != 0) {
            throw new TraceFormatException(
                    out.name(),
                    "line " + number,
                    String.format(
                            "0x%016x in an event of KVM, expected the 32 bits of a guest in AArch32 state", value));
        }
        return (int) value;
    }
}
